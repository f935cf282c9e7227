// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Json.h"
#include "event/JsonCursor.h"
#include "event/Text.h"

#include <QTest>

using namespace octotrail::event;

namespace {

QStringList strings(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts) {
        list << QString::fromUtf8(text);
    }
    return list;
}

QStringList values(std::string_view json, std::string_view path)
{
    QStringList texts;
    visitValues(json, FieldPath(path), [&](std::string_view text, JsonKind) {
        texts << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return true;
    });
    return texts;
}

QStringList texts(std::string_view json)
{
    QStringList found;
    visitTexts(json, [&](std::string_view text) {
        found << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return true;
    });
    return found;
}

QStringList elements(std::string_view json)
{
    QStringList found;
    const auto split = splitArray(json);
    if (!split) {
        return {QStringLiteral("ERROR")};
    }
    for (const auto element : *split) {
        found << QString::fromUtf8(element.data(), static_cast<qsizetype>(element.size()));
    }
    return found;
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsReachThroughArraysAndObjects()
    {
        const std::string json = R"({"a":{"b":[{"c":1},{"c":"two"},{"d":3},{"c":[true,null,false]}]},"a.b":9})";
        QCOMPARE(values(json, "a.b.c"), (strings({"1", "two", "true", "false"})));
        QCOMPARE(values(json, "a.b.x"), QStringList());
        QCOMPARE(values(json, "a"),
            QStringList(QStringLiteral(R"({"b":[{"c":1},{"c":"two"},{"d":3},{"c":[true,null,false]}]})")));
        QCOMPARE(values(json, "A.b.c"), QStringList());
    }

    void oddNamesStandInQuotes()
    {
        const std::string json = "{\"a\":{\"b.c\":{\"say \\\"hi\\\"\":1},\"\\u00fc\":2,\"x y\":3},\"a.b\":9}";
        QCOMPARE(values(json, "a.\"b.c\".\"say \\\"hi\\\"\""), strings({"1"}));
        QCOMPARE(values(json, "a.\"\\u00fc\""), strings({"2"}));
        QCOMPARE(values(json, "\"a\".\"x y\""), strings({"3"}));
        QCOMPARE(values(json, "a.x y"), strings({"3"}));
        QCOMPARE(values(json, "\"a.b\""), strings({"9"}));
        QCOMPARE(FieldPath("a.b\"c").segments().back(), "b\"c");
        for (const char *none : {"", ".", "a.", ".a", "a..b", "a.\"\"", "a.\"b", "a.\"b\"c", "a.\"b\\\""}) {
            QVERIFY2(!FieldPath(none).isValid(), none);
        }
    }

    void numbersKeepTheirSpelling()
    {
        QCOMPARE(values(R"({"n":[0,-1.50,1e5,10013, 12345678901234567890]})", "n"),
            (strings({"0", "-1.50", "1e5", "10013", "12345678901234567890"})));
    }

    void nullAndEmptyObjectsAreNoValue()
    {
        QCOMPARE(values(R"({"n":null,"o":{},"l":[],"s":""})", "n"), QStringList());
        QCOMPARE(values(R"({"n":null,"o":{},"l":[],"s":""})", "o"), QStringList());
        QCOMPARE(values(R"({"n":null,"o":{ },"l":[],"s":""})", "l"), QStringList());
        QCOMPARE(values(R"({"s":""})", "s"), QStringList(QString(QLatin1String(""))));
    }

    void ofADuplicateKeyTheLastCounts()
    {
        QCOMPARE(values(R"({"a":{"b":1},"a":{"b":2}})", "a.b"), QStringList(QStringLiteral("2")));
    }

    void escapesAreDecoded()
    {
        // Built up, since moc cannot read a raw string with a backslash before a quote inside a macro's argument.
        const std::string escaped = "{\"s\":\"a\\u00e9\\n\\\"\\\\\\/\"}";
        QCOMPARE(values(escaped, "s"), strings({"a\u00e9\n\"\\/"}));
        const std::string loneSurrogate = "{\"s\":\"\\ud800 alone\"}";
        QCOMPARE(values(loneSurrogate, "s"), strings({"\\ud800 alone"}));
    }

    void visitingStopsWhenTold()
    {
        int seen = 0;
        visitValues(R"({"n":[1,2,3]})", FieldPath("n"), [&](std::string_view, JsonKind) { return ++seen < 2; });
        QCOMPARE(seen, 2);
    }

    void aVisitorMayReadAnotherDocument()
    {
        QStringList inner;
        visitObjects(R"({"t":[{"x":{"y":1}},{"x":{"y":2}}]})", FieldPath("t"), [&](std::string_view object) {
            visitTexts(object, [&](std::string_view) {
                inner << values(object, "x.y");
                return true;
            });
            return true;
        });
        QCOMPARE(inner, (strings({"1", "2"})));
    }

    void textsAreEveryScalarButNoKey()
    {
        QCOMPARE(texts(R"({"k":"v","l":[1,{"m":null,"n":true}]})"), (strings({"v", "1", "true"})));
        QCOMPARE(texts("no json"), QStringList(QStringLiteral("no json")));
    }

    void membersAreEveryValueWithItsName()
    {
        const auto members = [](std::string_view json) {
            QStringList found;
            const bool isWhole = visitMembers(json, [&](std::string_view name, std::string_view text, JsonKind kind) {
                found << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
                        + (kind == JsonKind::Object ? QStringLiteral(" {}")
                                                    : QStringLiteral("=")
                                    + QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
            });
            return isWhole ? found : QStringList(QStringLiteral("ERROR"));
        };
        QCOMPARE(members(R"({"a":{"b":[1,{"c":"two"},3],"n":null},"a":true,"d\u0065":[["x"]]})"),
            (strings({" {}", "a {}", "b=1", "b {}", "c=two", "b=3", "a=true", "de=x"})));
        QCOMPARE(members(R"({"a":1)"), strings({"ERROR"}));
        QCOMPARE(members(R"({"a":[1 2]})"), strings({"ERROR"}));
        QCOMPARE(members("no json"), strings({"ERROR"}));
        QCOMPARE(members(R"({"a":)" + std::string(300, '[') + std::string(300, ']') + "}"), strings({"ERROR"}));
    }

    void invalidUtf8IsReplaced()
    {
        QCOMPARE(values("{\"s\":\"a\xff\"}", "s"), QStringList(QString::fromUtf8("a\uFFFD")));
    }

    void deepNestingIsBounded()
    {
        const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
        QCOMPARE(values(deep, "a.b"), QStringList());
        texts(deep);
        readTree(deep);
        QCOMPARE(elements("[" + deep + "]").size(), 1);
        const std::string objects = [] {
            std::string json;
            for (int i = 0; i < 50'000; ++i) {
                json += "{\"a\":";
            }
            return json;
        }();
        texts(objects);
        QCOMPARE(values(objects, "a.a"), QStringList());
    }

    void splittingKeepsBytesAndNeighbours()
    {
        QCOMPARE(elements(" [ {\"a\" : 1} ,{\"b\":\"],[\\\"\"},\n3 ] "),
            (strings({"{\"a\" : 1}", "{\"b\":\"],[\\\"\"}", "3"})));
        QCOMPARE(elements("[]"), QStringList());
        QCOMPARE(elements("[{'bad':x},{\"good\":1}]"), (strings({"{'bad':x}", "{\"good\":1}"})));
    }

    void aTruncatedOrForeignPageIsAnError()
    {
        for (const char *json :
            {"", "{}", "[", "[{\"a\":1}", "[{\"a\":\"", "[{\"a\":1},", "[] junk", "<html></html>"}) {
            QVERIFY2(!splitArray(json), json);
        }
    }

    void everyPrefixOfAPageIsAnError()
    {
        const std::string page = "[{\"a\":[1,2,{\"b\":\"]\"}]},{\"c\":\"\\\\\"},null]";
        QVERIFY(splitArray(page));
        for (std::size_t n = 0; n < page.size(); ++n) {
            QVERIFY(!splitArray(std::string_view(page).substr(0, n)));
        }
    }

    void aTreeShowsTheDocument()
    {
        const auto tree = readTree(R"({"a":[1,"x",null],"b":{"c":false}})");
        QVERIFY(tree);
        QCOMPARE(tree->children.size(), 2u);
        QCOMPARE(tree->children[0].key, std::string("a"));
        QCOMPARE(tree->children[0].kind, JsonNode::Kind::Array);
        QCOMPARE(tree->children[0].children[1].text, std::string("x"));
        QCOMPARE(tree->children[0].children[1].key, std::string("1"));
        QCOMPARE(tree->children[0].children[2].kind, JsonNode::Kind::Null);
        QCOMPARE(tree->children[1].children[0].text, std::string("false"));
        QVERIFY(!readTree("{\"a\":"));
        const auto shallow = readTree(R"({"a":{"b":{"c":1}}})", 2);
        QVERIFY(shallow);
        QCOMPARE(shallow->children[0].children[0].text, std::string(R"({"c":1})"));
    }

    void aTreeIsOfJsonAlone()
    {
        for (const char *json : {"[0, -0.5]", "[1e5, 1E+5, 2.50e-7, 120]", "[true, false, null]", R"({"a": -1})"}) {
            QVERIFY2(readTree(json), json);
        }
        for (const char *json : {"[192.0.2.9]", "[007]", "[1.]", "[.5]", "[-]", "[1e]", "[+1]", "[1 2]", "[0x1f]",
                 "[tru]", "[nul]", "[falsey]", R"({"a":2001:db8::1})", R"({"a":1-2})"}) {
            QVERIFY2(!readTree(json), json);
        }
    }

    void tokensAreTakenAsTheyAreWritten()
    {
        JsonCursor json(" { \"a key of many letters\" : [ -1.5e3,\ttrue , \"x\\\"y\"]\n,\"\u00e9\":\"\"} ");
        QVERIFY(!json.take('['));
        QVERIFY(json.take('{'));
        QCOMPARE(json.takeString(), std::optional<std::string_view>("a key of many letters"));
        QVERIFY(json.isPlain());
        QVERIFY(json.take(':') && json.take('['));
        QVERIFY(!json.takeString());
        QCOMPARE(json.takeWord(), std::optional<std::string_view>("-1.5e3"));
        QVERIFY(json.take(','));
        QCOMPARE(json.takeWord(), std::optional<std::string_view>("true"));
        QVERIFY(json.take(','));
        QCOMPARE(json.takeString(), std::optional<std::string_view>("x\\\"y"));
        QVERIFY(!json.isPlain());
        QVERIFY(json.take(']') && json.take(','));
        QCOMPARE(json.takeString(), std::optional<std::string_view>("\u00e9"));
        QVERIFY(!json.isPlain());
        QVERIFY(json.take(':'));
        QCOMPARE(json.takeString(), std::optional<std::string_view>(""));
        QVERIFY(json.isPlain());
        QVERIFY(json.take('}'));
        QCOMPARE(json.next(), '\0');
    }

    void whatIsNoTokenIsNotTaken()
    {
        for (const char *text : {"\"never closed", "\"closed by an escape\\\"", "\"ends in one\\", "\"a line\nbreak\"",
                 "\"a control \x01 character\"", "plain", ""}) {
            QVERIFY2(!JsonCursor(text).takeString(), text);
        }
        for (const char *text : {"192.0.2.9", "007", "1.", "-", "tru", "nulls", "\"s\"", ""}) {
            JsonCursor json(text);
            QVERIFY2(!json.takeWord(), text);
            QCOMPARE(json.next(), *text);
        }
        // Wherever in the eight bytes that are looked at together it stands.
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string text = "\"" + std::string(before, ' ') + "\"" + std::string(12, 'x');
            JsonCursor json(text);
            QCOMPARE(json.takeString().value_or("none").size(), before);
            QCOMPARE(json.next(), 'x');
        }
    }

    void prettyPrintingChangesWhiteSpaceAlone()
    {
        const std::string json = "{\"a\":[1.50,{\"b\":\"x, {y}: \\\"z\\\"\"}],\"e\":{},\"f\":[ ],\"n\":null}";
        const std::string pretty = prettyPrint(json);
        QCOMPARE(QString::fromStdString(pretty).count(u'\n'), 10);
        QVERIFY(pretty.find("\"a\": [\n    1.50,") != std::string::npos);
        const std::string untouched = "\"x, {y}: \\\"z\\\"\"";
        QVERIFY(pretty.find(untouched) != std::string::npos);
        QCOMPARE(values(pretty, "a.b"), values(json, "a.b"));
        QCOMPARE(prettyPrint("not json"), std::string("not json"));
    }

    void quotingIsUndoneByReading()
    {
        const std::string text = "a\"b\\c\n\r\t\x01\u00e9/";
        const std::string json = "{\"s\":" + quoteJson(text) + "}";
        QCOMPARE(values(json, "s"), QStringList(QString::fromStdString(text)));
    }

    void foldingIgnoresCase()
    {
        QCOMPARE(foldCase("ABC xyz 1"), std::string("abc xyz 1"));
        QCOMPARE(foldCase("\u00c9CLAIR \u0416"), std::string("\u00e9clair \u0436"));
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
