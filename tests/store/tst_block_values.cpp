// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include "filter/Matcher.h"
#include "store/BlockCodec.h"
#include "store/BlockValues.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace octotrail;
using namespace octotrail::store;
using namespace octotrail::test;

namespace {

std::string listOf(const std::vector<std::string> &events)
{
    return blockValues(std::vector<std::string_view>(events.begin(), events.end()));
}

bool mayMatch(const std::string &list, std::string_view expression)
{
    const auto values = BlockValues::read(list);
    return !values || values->mayMatch(filter::Possibility(must(filter::parse(expression))));
}

/// The event of the number, with a city's code: "cNN" of ten cities.
event::LogEvent eventWithCode(int number)
{
    std::string json = eventJson(number);
    json.insert(1,
        R"("place":{"code":"c)" + std::to_string(number % 10) + R"(","floor":)" + std::to_string(number % 7)
            + (number == 1234 ? R"(,"lift":true)" : "") + "},");
    return event::LogEvent::fromBytes(json);
}

} // namespace

class TestBlockValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhichExpressionsCannotMatch_data();
    void tellsWhichExpressionsCannotMatch();
    void listsFewValuesAlone();
    void saysNothingOfWhatCannotBeRead();
    void fitsInAPart();
    void knowsWhetherItIsTheirs();
    void isBelievedOnlyWhole();
    void findsWhatStandsInTheBytesAlone();
};

void TestBlockValues::tellsWhichExpressionsCannotMatch_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("may");
    const auto row
        = [](const char *expression, bool may) { QTest::newRow(expression) << QByteArray(expression) << may; };
    row(R"(place.code eq "OSL")", true);
    row(R"(place.code eq "osl")", true);
    row(R"(place.code eq "BER")", false);
    row(R"(place.code in ("BER", "PAR"))", false);
    row(R"(place.code in ("BER", "LIS"))", true);
    row(R"(place.code co "er")", false);
    row(R"(place.code sw "L")", true);
    row(R"(place.code ew "x")", false);
    row(R"(place.code re "^O.L$")", true);
    row(R"(place.code re "^P")", false);
    row("place.floor gt 3", false);
    row("place.floor gt 2", true);
    row("place.floor eq 3.0", true);
    row("place.lift eq true", true);
    row("place.lift eq false", false);
    row("place.lift pr", true);
    row("place.stairs pr", false);
    row("place.empty pr", false);
    row(R"(place.net cidr "10.0.0.0/8")", true);
    row(R"(place.net cidr "11.0.0.0/8")", false);
    row("place.doors.kind pr", true);
    row(R"(place.doors[kind eq "oak" and open eq true])", true);
    row(R"(place.doors[kind eq "oak" and open eq "ajar"])", false);
    // Members of a name are not told apart by where they are.
    row(R"(elsewhere.code eq "OSL")", true);
    // All, any, and what says nothing.
    row(R"(place.code eq "OSL" and place.floor gt 3)", false);
    row(R"(place.code eq "BER" or place.floor gt 2)", true);
    row(R"(place.code eq "BER" or place.floor gt 3)", false);
    row(R"(place.code eq "BER" or eventType eq "a")", true);
    row(R"(place.code eq "BER" and eventType eq "a")", false);
    row(R"(not (place.code eq "BER"))", true);
    row(R"(place.code ne "BER")", true);
    row("place.stairs eq null", true);
    row(R"(eventType eq "nowhere")", true);
    row(R"(place co "nothing of it")", true);
}

void TestBlockValues::tellsWhichExpressionsCannotMatch()
{
    QFETCH(const QByteArray, expression);
    QFETCH(const bool, may);
    const std::vector<std::string> events{
        R"({"eventType":"a","place":{"code":"OSL","floor":3,"lift":true,"empty":"","net":["10.1.2.3"]}})",
        R"({"eventType":"b","place":{"code":"LIS","floor":1,"doors":[{"kind":"oak","open":false},{"open":true}]}})"};
    const std::string list = listOf(events);
    QVERIFY(!list.empty());
    QCOMPARE(mayMatch(list, expression.toStdString()), may);
    if (!may) {
        const filter::Matcher matcher(must(filter::parse(expression.toStdString())));
        QVERIFY(std::ranges::none_of(
            events, [&](const std::string &json) { return matcher.matches(event::LogEvent::fromBytes(json)); }));
    }
}

void TestBlockValues::listsFewValuesAlone()
{
    std::vector<std::string> events;
    events.reserve(300);
    for (int i = 0; i < 300; ++i) {
        events.push_back(R"({"x":{"few":")" + std::to_string(i % 60) + R"(","many":")" + std::to_string(i)
            + R"(","long":")" + std::string(i == 7 ? 500 : 5, 'l') + R"("}})");
    }
    const std::string list = listOf(events);
    QVERIFY(!mayMatch(list, R"(x.few eq "60")"));
    QVERIFY(mayMatch(list, R"(x.few eq "59")"));
    QVERIFY(mayMatch(list, R"(x.many eq "300")"));
    QVERIFY(mayMatch(list, R"(x.long eq "m")"));
    QVERIFY(!mayMatch(list, "x.other pr"));
}

void TestBlockValues::saysNothingOfWhatCannotBeRead()
{
    const std::string sound = R"({"x":{"few":"a"}})";
    for (const std::string &odd : {std::string(R"({"x":{"few":"b")"), std::string("no json"), std::string(),
             R"({"x":)" + std::string(300, '[') + std::string(300, ']') + "}"}) {
        QVERIFY2(!BlockValues::read(listOf({sound, odd})), odd.c_str());
    }
    std::string manyNames = "{";
    for (int i = 0; i < 2000; ++i) {
        manyNames += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":1";
    }
    QVERIFY(!BlockValues::read(listOf({sound, manyNames + "}"})));
}

void TestBlockValues::fitsInAPart()
{
    std::mt19937 random(7);
    std::vector<std::string> events;
    for (int i = 0; i < 60; ++i) {
        std::string json = R"({"short":"s)" + std::to_string(i % 2) + '"';
        for (int name = 0; name < 80; ++name) {
            json += ",\"n" + std::to_string(name) + "\":\"";
            for (int letter = 0; letter < 100; ++letter) {
                json += static_cast<char>('a' + random() % 26);
            }
            json += '"';
        }
        events.push_back(json + "}");
    }
    const std::string list = listOf(events);
    QVERIFY(!list.empty());
    QVERIFY2(list.size() <= partSize, QByteArray::number(list.size()).constData());
    QVERIFY(!mayMatch(list, R"(short.short eq "s2")"));
    QVERIFY(mayMatch(list, R"(short.short eq "s1")"));
    QVERIFY(!mayMatch(list, "nowhere.at.all pr"));
}

void TestBlockValues::knowsWhetherItIsTheirs()
{
    const std::vector<std::string_view> events{R"({"x":{"few":"a"}})", R"({"x":{"few":"b","o":{}}})"};
    const std::vector<std::string_view> fewer{events.front()};
    const std::vector<std::string_view> others{R"({"x":{"few":"c"}})"};
    const std::vector<std::string_view> renamed{R"({"x":{"less":"a"}})"};
    const std::string list = blockValues(events);
    QVERIFY(BlockValues::read(list)->admits(events));
    QVERIFY(BlockValues::read(list)->admits(fewer)); // some were removed since
    QVERIFY(!BlockValues::read(list)->admits(others));
    QVERIFY(!BlockValues::read(list)->admits(renamed));
    QVERIFY(!BlockValues::read(blockValues(fewer))->admits(events));
}

void TestBlockValues::isBelievedOnlyWhole()
{
    const std::string list = listOf({R"({"x":{"few":"a","less":"b"}})"});
    QVERIFY(BlockValues::read(list));
    for (std::size_t size = 0; size < list.size(); ++size) {
        QVERIFY(!BlockValues::read(std::string_view(list).substr(0, size)));
    }
    // Whatever a file may hold: what is read of it stays within it.
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string odd = list;
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            odd[1 + random() % (odd.size() - 1)] = static_cast<char>(random());
        }
        mayMatch(odd, R"(x.few eq "zz" and x.less co "q")");
    }
}

void TestBlockValues::findsWhatStandsInTheBytesAlone()
{
    std::vector<event::LogEvent> events;
    events.reserve(6000);
    for (int number = 0; number < 6000; ++number) {
        events.push_back(eventWithCode(number));
    }
    Case c;
    c.open();
    c.append(events);
    must(get(c.store().compact()));
    for (const char *text : {R"(place.code eq "c3")", R"(place.code eq "c10")",
             R"(place.code co "3" and place.floor gt 5)", "place.floor gt 6", "place.lift pr", "place.lift eq true",
             "place.lift eq false", "place.floor lt 0", R"(place.code re "^c[89]$" or place.lift pr)"}) {
        EventQuery query;
        query.expression = must(filter::parse(text));
        const filter::Matcher matcher(query.expression);
        const auto expected = std::ranges::count_if(events, [&](const auto &event) { return matcher.matches(event); });
        QCOMPARE(must(get(c.store().count(query))), static_cast<qint64>(expected));
        QCOMPARE(searchAll(c.store(), query).total, static_cast<qint64>(expected));
    }
}

QTEST_GUILESS_MAIN(TestBlockValues)
#include "tst_block_values.moc"
