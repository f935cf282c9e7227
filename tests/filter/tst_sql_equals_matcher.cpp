// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventTable.h"
#include "RandomFilters.h"

#include "event/Text.h"
#include "filter/Matcher.h"
#include "filter/RequiredTexts.h"
#include "filter/Sql.h"

#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::filter;

namespace {

/// What is wrong with one expression on one table, or nothing.
QByteArray defectOf(const Expression &expression, const std::vector<event::LogEvent> &events, EventTable &table,
    const ProfileIndexPtr &profiles = {})
{
    const SqlCondition condition = toSql(expression, profiles.get());
    const auto context = [&](const std::string &message, std::size_t row) {
        std::string text = message + "\n  " + expression.toString() + "\n  " + condition.text;
        if (row < events.size()) {
            text += "\n  " + events[row].bytes();
        }
        return QByteArray::fromStdString(text);
    };
    const auto verdicts = table.evaluate(condition);
    if (verdicts.size() != events.size()) {
        return context("query failed: " + table.error(), events.size());
    }
    const Matcher matcher(expression, {}, profiles);
    const RequiredTexts required(expression, {});
    for (std::size_t row = 0; row < events.size(); ++row) {
        if (!verdicts[row]) {
            return context("NULL", row);
        }
        const bool isMatch = matcher.matches(events[row]);
        if (isMatch && !required.mayMatch(events[row].bytes())) {
            return context("the bytes lack what they must have", row);
        }
        if (condition.exact ? *verdicts[row] != isMatch : isMatch && !*verdicts[row]) {
            return context(isMatch ? "SQL misses an event" : "SQL finds too much", row);
        }
    }
    return {};
}

std::vector<event::LogEvent> makeEvents(RandomFilters &random, int count)
{
    std::vector<event::LogEvent> events;
    for (int i = 0; i < count; ++i) {
        events.push_back(event::LogEvent::fromBytes(random.event()));
    }
    return events;
}

} // namespace

class TestSqlEqualsMatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// On failure run again with OCTOTRAIL_SEED set to what is printed.
    void onRandomExpressions()
    {
        const auto given = qEnvironmentVariableIntValue("OCTOTRAIL_SEED");
        const int rounds = std::max(1, qEnvironmentVariableIntValue("OCTOTRAIL_ROUNDS"));
        for (int round = 0; round < rounds; ++round) {
            const auto seed = static_cast<unsigned>((given ? given : 20260811) + round);
            RandomFilters random(seed);
            const auto events = makeEvents(random, 250);
            EventTable table(events);
            QVERIFY2(table.error().empty(), table.error().c_str());
            const ProfileIndexPtr profiles = random.profiles();
            int profiled = 0; ///< of these, what profiles tell decides
            int exact = 0;
            int narrowing = 0; ///< inexact, but not everything
            int rejecting = 0; ///< told by the bytes of some event not to match it
            int telling = 0; ///< exact, and neither of all nor of none
            for (int i = 0; i < 700; ++i) {
                const Expression expression(random.expression());
                const QByteArray defect = defectOf(expression, events, table, profiles);
                QVERIFY2(defect.isEmpty(), "seed " + QByteArray::number(seed) + ": " + defect);
                const SqlCondition condition = toSql(expression, profiles.get());
                const Matcher matcher(expression, {}, profiles);
                const RequiredTexts required(expression, {});
                rejecting += !std::ranges::all_of(
                    events, [&](const auto &event) { return required.mayMatch(event.bytes()); });
                const Matcher unknowing(expression);
                profiled += std::ranges::any_of(
                    events, [&](const auto &event) { return matcher.matches(event) != unknowing.matches(event); });
                const auto matches
                    = std::ranges::count_if(events, [&](const auto &event) { return matcher.matches(event); });
                exact += condition.exact;
                narrowing += !condition.exact && condition.text != "true";
                telling += condition.exact && matches > 0 && matches < std::ssize(events);
            }
            QVERIFY2(profiled > 30, QByteArray::number(profiled).constData());
            QVERIFY2(rejecting > 20, QByteArray::number(rejecting).constData());
            QVERIFY2(exact > 300 && telling > 200 && narrowing > 20,
                qPrintable(QStringLiteral("%1 %2 %3").arg(exact).arg(telling).arg(narrowing)));
        }
    }

    /// What an expression says does not change when it is written down and read again.
    void spellingKeepsTheMeaning()
    {
        RandomFilters random(815);
        const auto events = makeEvents(random, 150);
        int read = 0;
        for (int i = 0; i < 1000; ++i) {
            const Expression expression(random.expression());
            const auto again = parse(expression.toString());
            if (!again) {
                continue; // of wrong types, or with a bad pattern: made by hand only
            }
            ++read;
            const Matcher first(expression);
            const Matcher second(*again);
            for (const auto &event : events) {
                if (first.matches(event) != second.matches(event)) {
                    const std::string texts = expression.toString() + '\n' + again->toString() + '\n' + event.bytes();
                    QFAIL(texts.c_str());
                }
            }
        }
        QVERIFY(read > 200);
    }

    void foldsAsTheStoreDoes()
    {
        EventTable table({});
        const auto lowered = table.texts(
            "SELECT lower(chr(i::INT)) FROM range(1, 1114112) t(i) WHERE i < 55296 OR i > 57343 ORDER BY i");
        QCOMPARE(lowered.size(), std::size_t{1'114'111 - 2048});
        char32_t codePoint = 0;
        for (const std::string &lower : lowered) {
            codePoint = codePoint == 0xd7ff ? 0xe000 : codePoint + 1;
            std::string text;
            event::appendCodePoint(text, codePoint);
            if (event::foldCase(text) != lower) {
                QFAIL(QByteArray::number(static_cast<uint>(codePoint), 16));
            }
        }
    }

    void keepsLiteralsOutOfTheText()
    {
        const std::string marker = "marker'\"]?)--";
        const std::string quoted = event::quoteJson(marker);
        std::string text = "eventType eq " + quoted + " and target.id co " + quoted + " and target[type sw " + quoted
            + "] and debugContext.debugData." + quoted + " ew " + quoted + " and severity in (" + quoted + ", \"x\")";
        text += " and version gt " + quoted + " and debugContext.debugData.x re \"marker\" and no." + quoted + " pr";
        const auto expression = parse(text);
        QVERIFY(expression);
        const SqlCondition condition = toSql(*expression);
        QVERIFY(condition.text.find("marker") == std::string::npos);
        QVERIFY(condition.text.find("10.") == std::string::npos);
        QCOMPARE(std::ranges::count(condition.text, '?'), std::ssize(condition.parameters));
        QVERIFY(!condition.exact);
        EventTable table({event::LogEvent::fromBytes("{}")});
        QCOMPARE(table.evaluate(condition).size(), std::size_t{1});
        QCOMPARE(table.error(), "");
    }

    void knowsWhatColumnsDecide_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isExact");
        QTest::addColumn<bool>("isEverything");
        const auto row = [](const char *text, bool isExact, bool isEverything = false) {
            QTest::newRow(text) << QByteArray(text) << isExact << isEverything;
        };
        row("", true, true);
        row("eventType eq \"a\"", true);
        row("target.id eq \"a\"", true);
        row("target[id eq \"a\" and not (type eq \"b\")]", true);
        row("not (target[id eq \"a\"])", true);
        row("debugContext.debugData.\"odd key\" eq 5", true);
        row("debugContext.debugData.plain.inner eq 5", false, true);
        row("client.ipAddress cidr \"10.0.0.0/8\"", true);
        row("eventType re \"a\"", true);
        row("request.ipChain.ip eq \"a\"", false, true);
        row("not (request.ipChain.ip eq \"a\")", false, true);
        row("eventType eq \"a\" and request.ipChain.ip eq \"a\"", false);
        row("eventType eq \"a\" or request.ipChain.ip eq \"a\"", false, true);
        row("not (eventType eq \"a\" or request.ipChain.ip eq \"a\")", false);
        row("not (eventType eq \"a\" and request.ipChain.ip eq \"a\")", false, true);
        row("target[type eq \"User\" and detailEntry.mode eq \"a\"]", false);
        row("not (target[type eq \"User\" and detailEntry.mode eq \"a\"])", false, true);
        row("actor.profile.department eq \"a\"", true);
        row("target[type eq \"User\" and profile.department eq \"a\"]", true);
        row("not (device.profile.managed eq true)", true);
        row("target pr", false, true);
        row("actor[type pr]", false, true);
    }
    void knowsWhatColumnsDecide()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isExact);
        QFETCH(bool, isEverything);
        const auto expression = parse(text.toStdString());
        QVERIFY(expression);
        const SqlCondition condition = toSql(*expression);
        QCOMPARE(condition.exact, isExact);
        QCOMPARE(condition.text == "true", isEverything);
    }

    void standsLongAndDeepExpressions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QByteArray list = "client.ipAddress in (\"x\"";
        QByteArray flat = "eventType eq \"x\"";
        for (int i = 0; i < 5000; ++i) {
            list += ", \"10.0.0." + QByteArray::number(i) + '"';
            flat += (i % 2 ? " or severity eq \"" : " and version eq \"") + QByteArray::number(i) + '"';
        }
        QTest::newRow("list") << list + ')';
        QTest::newRow("flat") << flat.left(flat.indexOf("499\"") + 4);
        for (const QByteArray open : {"not (", "(version pr or severity pr and ", "not (target[id pr] and "}) {
            const int depth = 95;
            QTest::newRow(open.constData()) << open.repeated(depth) + "eventType pr" + QByteArray(depth, ')');
        }
    }
    void standsLongAndDeepExpressions()
    {
        QFETCH(QByteArray, text);
        const auto expression = parse(text.toStdString());
        QVERIFY2(expression, qPrintable(expression ? QString() : expression.error().sentence));
        RandomFilters random(7);
        const auto events = makeEvents(random, 50);
        EventTable table(events);
        const QByteArray defect = defectOf(*expression, events, table);
        QVERIFY2(defect.isEmpty(), defect.left(2000));
    }
};

QTEST_GUILESS_MAIN(TestSqlEqualsMatcher)
#include "tst_sql_equals_matcher.moc"
