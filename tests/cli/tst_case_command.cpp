// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"
#include "SampleEvents.h"
#include "store/Store.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

namespace {

QByteArray content(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

unsigned modeOf(const QString &file)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(file).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
}

} // namespace

/// case, and what export and verify do for those who hand something on.
class TestCaseCommand : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    Outcome in(const QString &store, const QStringList &arguments, const QByteArray &input = {},
        const QStringList &environment = {}) const
    {
        return run(QStringList{u"--store"_s, path(store)} + arguments, input, environment);
    }

    void import(const QString &store, int first, int last)
    {
        QCOMPARE(in(store, {u"import"_s, u"-"_s}, sampleLines(first, last)).code, 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void makesNew()
    {
        const Outcome made = run({u"case"_s, u"new"_s, path(u"new.duckdb"_s)});
        QCOMPARE(made.code, 0);
        QCOMPARE(modeOf(path(u"new.duckdb"_s)), 0600U);
        QCOMPARE(in(u"new.duckdb"_s, {u"count"_s}).out, QByteArray("0\n"));
        const Outcome again = run({u"case"_s, u"new"_s, path(u"new.duckdb"_s)});
        QCOMPARE(again.code, 2);
        QVERIFY(again.err.contains("there already"));
        QCOMPARE(run({u"case"_s}).code, 2);
    }

    void copies()
    {
        import(u"a.duckdb"_s, 0, 500);
        const Outcome copied = in(u"a.duckdb"_s, {u"case"_s, u"copy"_s, path(u"b.duckdb"_s)});
        QVERIFY2(copied.code == 0, copied.err.constData());
        QCOMPARE(copied.lastMessage(), "copied 500 events, verified");
        const QByteArray head = copied.out.trimmed().split(' ').last();
        QCOMPARE(modeOf(path(u"b.duckdb"_s)), 0600U);
        for (const QString &store : {u"a.duckdb"_s, u"b.duckdb"_s}) {
            const Outcome verified = in(store, {u"verify"_s});
            QCOMPARE(verified.code, 0);
            QVERIFY(verified.out.startsWith("sound 500 events"));
            QVERIFY(verified.out.trimmed().endsWith(head));
        }
        QCOMPARE(in(u"a.duckdb"_s, {u"case"_s, u"copy"_s, path(u"b.duckdb"_s)}).code, 2);
        QCOMPARE(in(u"a.duckdb"_s, {u"case"_s, u"copy"_s, u"--replace"_s, path(u"b.duckdb"_s)}).code, 0);
        QCOMPARE(in(u"a.duckdb"_s, {u"case"_s, u"copy"_s, u"--replace"_s, path(u"a.duckdb"_s)}).code, 2);
        QCOMPARE(in(u"none.duckdb"_s, {u"case"_s, u"copy"_s, path(u"c.duckdb"_s)}).code, 1);
    }

    void merges()
    {
        import(u"a.duckdb"_s, 0, 100);
        import(u"b.duckdb"_s, 50, 200);
        import(u"c.duckdb"_s, 150, 300);
        const Outcome merged = in(u"a.duckdb"_s, {u"case"_s, u"merge"_s, path(u"b.duckdb"_s), path(u"c.duckdb"_s)});
        QVERIFY2(merged.code == 0, merged.err.constData());
        QCOMPARE(merged.lastMessage(), "merged 200 events, 100 duplicates");
        QCOMPARE(in(u"a.duckdb"_s, {u"count"_s}).out, QByteArray("300\n"));
        QCOMPARE(in(u"a.duckdb"_s, {u"export"_s, u"--format"_s, u"ndjson"_s}).out, sampleLines(0, 300));
        QCOMPARE(in(u"a.duckdb"_s, {u"case"_s, u"merge"_s, path(u"a.duckdb"_s)}).code, 2);
        QCOMPARE(in(u"a.duckdb"_s, {u"case"_s, u"merge"_s, path(u"none.duckdb"_s)}).code, 1);
    }

    void severalReadAtOnce()
    {
        import(u"a.duckdb"_s, 0, 100);
        const auto store = *store::Store::open(path(u"b.duckdb"_s));
        // Held by another process, as a window does that reads only.
        auto other = start({u"--store"_s, path(u"a.duckdb"_s), u"--read-only"_s, u"sql"_s, u"-"_s});
        QVERIFY(other->waitForStarted());
        const Outcome read = in(u"a.duckdb"_s, {u"--read-only"_s, u"count"_s});
        QVERIFY2(read.code == 0, read.err.constData());
        QCOMPARE(read.out, QByteArray("100\n"));
        other->write("SELECT count(*) FROM events");
        other->closeWriteChannel();
        QCOMPARE(finish(*other).code, 0);
        const Outcome refused = in(u"a.duckdb"_s, {u"--read-only"_s, u"import"_s, u"-"_s}, sampleLines(100, 101));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("reading only"), refused.err.constData());
        // Whoever writes is alone.
        QCOMPARE(in(u"b.duckdb"_s, {u"--read-only"_s, u"count"_s}).code, 1);
    }

    void redacts_data()
    {
        QTest::addColumn<QString>("format");
        for (const char *format : {"ndjson", "json", "csv", "parquet", "html", "pdf"}) {
            QTest::newRow(format) << QString::fromLatin1(format);
        }
    }

    void redacts()
    {
        QFETCH(const QString, format);
        import(u"a.duckdb"_s, 0, 100);
        const QString file = path(u"out."_s + format);
        const QStringList arguments{u"export"_s, u"--redact"_s, u"suggested,client.zone"_s, u"--redact-key-env"_s,
            u"CASE_KEY"_s, u"--manifest"_s, u"-o"_s, file};
        const Outcome exported = in(u"a.duckdb"_s, arguments, {}, {u"CASE_KEY=correct horse battery"_s});
        QVERIFY2(exported.code == 0, exported.err.constData());
        QCOMPARE(exported.lastMessage(), "exported 100 events");
        const QByteArray bytes = content(file);
        QVERIFY(!bytes.isEmpty());
        QCOMPARE(modeOf(file), 0600U);
        for (int n = 0; n < 100; ++n) {
            const QByteArray user = "user" + QByteArray::number(n % 37) + "@example.com";
            QVERIFY2(!bytes.contains(user), user.constData());
            QVERIFY(!bytes.contains("203.0.113." + QByteArray::number(n)));
        }
        QVERIFY(!bytes.contains("Salesforce"));
        const QJsonObject manifest = QJsonDocument::fromJson(content(file + u".manifest.json"_s)).object();
        QCOMPARE(manifest[u"redacted"_s].toBool(), true);
        QVERIFY(!content(file + u".manifest.json"_s).contains("correct horse"));
        const Outcome verified = run({u"verify"_s, u"--manifest"_s, file + u".manifest.json"_s});
        QCOMPARE(verified.code, 0);
        QVERIFY(verified.out.startsWith("sound 1 files, 100 events"));
        // The same passphrase gives the same file again, where the format has no time of its own.
        if (format != u"pdf"_s && format != u"html"_s && format != u"parquet"_s) {
            QCOMPARE(in(u"a.duckdb"_s, arguments, {}, {u"CASE_KEY=correct horse battery"_s}).code, 0);
            QCOMPARE(content(file), bytes);
        }
        QFile changed(file);
        QVERIFY(changed.open(QIODevice::Append));
        changed.write(" ");
        changed.close();
        const Outcome altered = run({u"verify"_s, u"--manifest"_s, file + u".manifest.json"_s});
        QCOMPARE(altered.code, 1);
        QVERIFY(altered.out.startsWith("altered"));
    }

    void verifiesManifests()
    {
        import(u"a.duckdb"_s, 0, 100);
        import(u"b.duckdb"_s, 0, 3);
        const QString file = path(u"out.parquet"_s);
        QCOMPARE(in(u"a.duckdb"_s, {u"export"_s, u"-o"_s, file}).code, 0);
        const QString manifest = file + u".manifest.json"_s;
        const Outcome alone = run({u"verify"_s, u"--manifest"_s, manifest});
        QCOMPARE(alone.code, 0);
        QVERIFY(alone.err.contains("--store"));
        QVERIFY(alone.err.contains("not counted"));
        const QStringList verify{u"verify"_s, u"--manifest"_s, manifest};
        QCOMPARE(in(u"a.duckdb"_s, verify).code, 0);
        const Outcome elsewhere = in(u"b.duckdb"_s, verify);
        QCOMPARE(elsewhere.code, 1);
        QVERIFY(elsewhere.out.startsWith("altered 1 files, 100 events"));
        QCOMPARE(in(u"none.duckdb"_s, verify).code, 1);
        // As whoever exported it noted it down.
        const qsizetype at = alone.out.indexOf("manifest ") + 9;
        const QString digest = QString::fromLatin1(alone.out.mid(at, 64));
        QCOMPARE(run(verify + QStringList{u"--digest"_s, digest}).code, 0);
        QCOMPARE(run(verify + QStringList{u"--digest"_s, QString(64, u'a')}).code, 1);
        QCOMPARE(run(verify + QStringList{u"--digest"_s, u"abc"_s}).code, 2);
        QCOMPARE(run({u"verify"_s, u"--digest"_s, digest}).code, 2);
    }

    void refusals_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no such field") << QStringList{u"--redact"_s, u"actor..id"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("uuid") << QStringList{u"--redact"_s, u"uuid"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("no key") << QStringList{
            u"--redact"_s, u"actor"_s, u"--redact-key-env"_s, u"CASE_NONE"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("short key") << QStringList{
            u"--redact"_s, u"actor"_s, u"--redact-key-env"_s, u"CASE_SHORT"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("key of nothing") << QStringList{u"--redact-key-env"_s, u"CASE_SHORT"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("manifest of nothing") << QStringList{u"--manifest"_s, u"--format"_s, u"csv"_s};
        QTest::newRow("PDF to nowhere") << QStringList{u"--format"_s, u"pdf"_s};
        QTest::newRow("zone") << QStringList{u"--format"_s, u"html"_s, u"--zone"_s, u"Mars/Base"_s};
        QTest::newRow("profile") << QStringList{
            u"--redact"_s, u"actor"_s, u"--fields"_s, u"actor.profile.email"_s, u"--format"_s, u"csv"_s};
    }

    void refusals()
    {
        QFETCH(const QStringList, arguments);
        import(u"a.duckdb"_s, 0, 3);
        const Outcome outcome = in(u"a.duckdb"_s, QStringList{u"export"_s} + arguments, {}, {u"CASE_SHORT=short"_s});
        QVERIFY2(outcome.code == 2, outcome.err.constData());
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY(!outcome.err.isEmpty());
    }

    void reportsGoToStandardOutput()
    {
        import(u"a.duckdb"_s, 0, 3);
        const Outcome html = in(u"a.duckdb"_s,
            {u"export"_s, u"--format"_s, u"html"_s, u"--zone"_s, u"Asia/Tokyo"_s, u"--title"_s, u"T & T"_s});
        QCOMPARE(html.code, 0);
        QVERIFY(html.out.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.out.contains("<h1>T &amp; T</h1>"));
        QVERIFY(html.out.contains("2026-08-01 09:00:01.001"));
        QCOMPARE(run({u"verify"_s, u"--manifest"_s, path(u"a.duckdb"_s)}).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestCaseCommand)
#include "tst_case_command.moc"
