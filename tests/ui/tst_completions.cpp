// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "event/Json.h"
#include "store/Annotations.h"
#include "ui/models/CompletionModel.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QString told(const QString &candidate, int role)
{
    return candidates(role).value(candidates().indexOf(candidate));
}

/// Types it and asks for what may follow, whatever stood there.
void ask(WindowDriver &driver, const QString &text)
{
    if (!candidates().isEmpty()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    driver.activate();
    driver.type(text);
    QTest::keyClick(&driver.edit(), Qt::Key_Space, Qt::ControlModifier);
}

std::string user(const std::string &name, const std::string &department)
{
    return R"({"id":"00u)" + name + R"(","status":"ACTIVE","created":"2026-01-02T00:00:00.000Z",)"
        + R"("lastUpdated":"2026-11-20T10:00:00.000Z","profile":{"login":")" + name + R"(@example.com","department":)"
        + event::quoteJson(department) + R"(,"favourite colour":"red"}})";
}

} // namespace

/// What the field offers beside the usual fields and their values: of profiles, of annotations, of what has no column.
class CompletionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesOfProfiles();
    void valuesOfAnnotations();
    void valuesFromTheBytes();
    void typesBesideColumns_data();
    void typesBesideColumns();
};

void CompletionsTest::valuesOfProfiles()
{
    CaseFile file;
    std::vector<std::string> events = sampleEvents(0, 20); // three of each of seven people
    SampleEvent device;
    device.n = 21;
    device.extra = R"(,"device":{"id":"guo1"})";
    events.push_back(device.json());
    file.append(events);
    file.putUsers({user("ada", "Finance"), user("bob", "Finance"), user("cleo", "Say \"hi\"")});
    file.putDevices({R"({"id":"guo1","status":"ACTIVE","lastUpdated":"2026-11-20T10:00:00.000Z",)"
                     R"("profile":{"displayName":"Ada's MacBook","platform":"MACOS","model":"Mac15,3"}})"});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    // 10 of 22 events are by one of the three.
    ask(driver, u"actor.profile.departmen"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(u"actor.profile.department"_s, CompletionModel::CountRole), u"45 %"_s, patience);
    ask(driver, u"published.hou"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(u"published.hour"_s, CompletionModel::CountRole), u"100 %"_s, patience);
    ask(driver, u"actor.profile.department eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList({u"\"Finance\""_s, u"\"Say \\\"hi\\\"\""_s}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        told(u"\"Finance\""_s, CompletionModel::CountRole), u"7"_s, patience); // the device's, too
    QCOMPARE(told(u"\"Finance\""_s, CompletionModel::DetailRole), QString());
    ask(driver, u"actor.profile.department eq \"hi"_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList{u"\"Say \\\"hi\\\"\""_s}, patience);
    ask(driver, u"actor.profile.\"favourite colour\" eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList{u"\"red\""_s}, patience);
    ask(driver, u"device.profile.model eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList{u"\"Mac15,3\""_s}, patience);
    WindowDriver::press(Qt::Key_Tab);
    QCOMPARE(driver.edit().text().trimmed(), u"device.profile.model eq \"Mac15,3\""_s);
    if (!candidates().isEmpty()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    QTest::keyClick(&driver.edit(), Qt::Key_Return);
    QVERIFY2(driver.finds(1), qUtf8Printable(driver.edit().text()));
}

void CompletionsTest::valuesOfAnnotations()
{
    CaseFile file;
    const store::Seq first = file.append(sampleEvents(0, 9));
    store::Annotations annotations(file.store());
    const auto note = [&](store::Seq seq, const QString &tag) {
        auto edited = annotations.edit({seq}, {true, {tag}, {}, {}});
        edited.waitForFinished();
        QVERIFY(edited.result());
    };
    note(first, u"phishing"_s);
    note(first + 1, u"phishing"_s);
    note(first + 2, u"to do"_s);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    ask(driver, u"annotation.tag eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList({u"\"phishing\""_s, u"\"to do\""_s}), patience);
    QCOMPARE(told(u"\"phishing\""_s, CompletionModel::CountRole), u"2"_s);
}

void CompletionsTest::valuesFromTheBytes()
{
    CaseFile file;
    std::vector<std::string> events;
    for (int n = 0; n < 2100; ++n) {
        SampleEvent event;
        event.n = n;
        event.extra = R"(,"odd":{"path":")" + std::string(n < 50 ? "old" : "new") + R"("})";
        events.push_back(event.json());
    }
    file.append(events);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    // The newest ones tell, and it says so.
    ask(driver, u"odd.path eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList{u"\"new\""_s}, patience);
    const QString detail = told(u"\"new\""_s, CompletionModel::DetailRole);
    QVERIFY2(detail.startsWith(u"in the newest 2"_s), qUtf8Printable(detail));
    // Where all are counted, it does not.
    ask(driver, u"outcome.result eq "_s);
    QTRY_VERIFY_WITH_TIMEOUT(candidates().contains(u"\"FAILURE\""_s), patience);
    QCOMPARE(told(u"\"FAILURE\""_s, CompletionModel::DetailRole), QString());
}

void CompletionsTest::typesBesideColumns_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("operators");
    const QStringList ofTruth{u"eq"_s, u"ne"_s, u"pr"_s};
    const QStringList ofTime{u"eq"_s, u"ne"_s, u"pr"_s, u"gt"_s, u"ge"_s, u"lt"_s, u"le"_s};
    const QStringList ofNumber = ofTime + QStringList{u"in"_s};
    QTest::newRow("bookmarked") << u"annotation.bookmarked"_s << u"true or false"_s << ofTruth;
    QTest::newRow("managed") << u"device.profile.managed"_s << u"true or false"_s << ofTruth;
    QTest::newRow("created") << u"actor.profile.created"_s << u"time"_s << ofTime;
    QTest::newRow("sign-in") << u"target.profile.lastLogin"_s << u"time"_s << ofTime;
    QTest::newRow("hour") << u"published.hour"_s << u"number"_s << ofNumber;
    QTest::newRow("week") << u"published.week"_s << u"number"_s << ofNumber;
    QTest::newRow("department") << u"actor.profile.department"_s << u"text"_s
                                << QStringList{u"eq"_s, u"ne"_s, u"co"_s, u"sw"_s, u"ew"_s, u"pr"_s, u"gt"_s, u"ge"_s,
                                       u"lt"_s, u"le"_s, u"in"_s, u"re"_s, u"cidr"_s};
}

void CompletionsTest::typesBesideColumns()
{
    QFETCH(const QString, path);
    QFETCH(const QString, type);
    QFETCH(const QStringList, operators);
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    ask(driver, path.chopped(1));
    QTRY_VERIFY_WITH_TIMEOUT(candidates().contains(path), patience);
    QVERIFY2(told(path, CompletionModel::DetailRole).startsWith(type),
        qUtf8Printable(told(path, CompletionModel::DetailRole)));
    ask(driver, path + u' ');
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), operators, patience);
    if (operators.size() == 3) {
        ask(driver, path + u" eq "_s);
        QTRY_VERIFY_WITH_TIMEOUT(candidates().contains(u"false"_s), patience);
        QVERIFY(!candidates().contains(u"\"true\""_s));
    }
}

QTEST_MAIN(CompletionsTest)
#include "tst_completions.moc"
