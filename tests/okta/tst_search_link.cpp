// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/SearchLink.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace octotrail;
using namespace octotrail::okta;
using namespace Qt::StringLiterals;

class TestSearchLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void console();
    void consoleOfCustomDomains();
    void curlIsGivenWhatIsMeant();
};

void TestSearchLink::console()
{
    const event::TimeRange range{
        *event::parseTimestamp("2026-11-23T08:00:00Z"), *event::parseTimestamp("2026-11-24T08:00:00Z")};
    const QString filter = u"actor.alternateId eq \"a+b&c@example.com\" and uuid pr"_s;
    const auto url = consoleUrl(QUrl(u"https://acme.oktapreview.com"_s), {filter, {}, range}, u"Europe/Berlin"_s);
    QVERIFY(url);
    QCOMPARE(url->host(), u"acme-admin.oktapreview.com"_s);
    QCOMPARE(url->path(), u"/report/system_log_2"_s);
    const QString text = url->toString(QUrl::FullyEncoded);
    QVERIFY2(text.contains(u"search=actor.alternateId%20eq%20%22a%2Bb%26c%40example.com%22%20and%20uuid%20pr"_s),
        qPrintable(text));
    QVERIFY(text.contains(u"fromTime=2026-11-23T08%3A00%3A00.000Z&toTime=2026-11-24T08%3A00%3A00.000Z"_s));
    QVERIFY(text.contains(u"locale=Europe%2FBerlin"_s));
    const auto words = consoleUrl(QUrl(u"https://acme.okta.com"_s), {{}, u"ada warn"_s, {}}, u"UTC"_s);
    QVERIFY(words);
    QVERIFY(words->toString(QUrl::FullyEncoded).contains(u"search=ada%20warn"_s));
    QVERIFY(!words->toString().contains(u"fromTime"_s));
}

void TestSearchLink::consoleOfCustomDomains()
{
    const auto refused = consoleUrl(QUrl(u"https://login.example.com"_s), {}, u"UTC"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().sentence.contains(u"login.example.com"_s));
    QVERIFY(!consoleUrl(QUrl(u"http://127.0.0.1:8080"_s), {}, u"UTC"_s));
}

/// The shell itself says what curl would be given, whatever stands in the filter.
void TestSearchLink::curlIsGivenWhatIsMeant()
{
    const QString filter = u"displayMessage co \"it's $HOME `id` \\\\ \\\" !x\" and uuid pr"_s;
    const QString command = curlCommand(
        QUrl(u"https://acme.okta.com"_s), {filter, {}, {*event::parseTimestamp("2026-11-23T08:00:00Z"), {}}});
    QVERIFY(command.contains(u"$OKTA_API_TOKEN"_s));
    QTemporaryDir folder;
    QFile curl(folder.filePath(u"curl"_s));
    QVERIFY(curl.open(QIODevice::WriteOnly));
    curl.write("#!/bin/sh\nprintf '%s\\n' \"$@\"\necho \"stdin: $(cat)\"\n");
    curl.close();
    QVERIFY(curl.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
    environment.insert(u"OKTA_API_TOKEN"_s, u"not-a-token"_s);
    shell.setProcessEnvironment(environment);
    shell.start(u"sh"_s, {u"-c"_s, command});
    QVERIFY(shell.waitForFinished(30'000));
    const QStringList given = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(given.contains(u"filter="_s + filter), qPrintable(given.join(u'\n')));
    QVERIFY(given.contains(u"https://acme.okta.com/api/v1/logs"_s));
    QVERIFY(given.contains(u"since=2026-11-23T08:00:00.000Z"_s));
    // The token comes where no list of processes shows it.
    QVERIFY(given.contains(u"stdin: header = \"Authorization: SSWS not-a-token\""_s));
    QCOMPARE(given.filter(u"not-a-token"_s).size(), 1);
}

QTEST_GUILESS_MAIN(TestSearchLink)
#include "tst_search_link.moc"
