// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ParserCases.h"

#include "filter/Expression.h"

#include <QTest>
#include <random>

using namespace octotrail;
using namespace octotrail::filter;
using namespace Qt::StringLiterals;

namespace {

Schema schemaOf(const Case &c)
{
    return &c >= std::begin(rfc7644) && &c < std::end(rfc7644) ? Schema::Profile : Schema::SystemLog;
}

std::string repeated(std::string_view text, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

} // namespace

class TestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical");
        QTest::addColumn<bool>("isProfile");
        int count = 0;
        const auto add = [&](const Case &c) {
            ++count;
            QTest::addRow("%s", c.text) << QByteArray(c.text) << QByteArray(c.canonical ? c.canonical : c.text)
                                        << (schemaOf(c) == Schema::Profile);
        };
        std::ranges::for_each(rfc7644, add);
        std::ranges::for_each(okta, add);
        std::ranges::for_each(grammar, add);
        QVERIFY(count >= 120);
    }
    void readsAndWrites()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, canonical);
        QFETCH(bool, isProfile);
        const Schema schema = isProfile ? Schema::Profile : Schema::SystemLog;
        const auto expression = parse(text.toStdString(), schema);
        QVERIFY2(expression, qPrintable(expression ? QString() : expression.error().sentence));
        QCOMPARE(QByteArray::fromStdString(expression->toString()), canonical);
        QCOMPARE(expression->matchesAll(), canonical.isEmpty());
        const auto again = parse(expression->toString(), schema);
        QVERIFY(again);
        QVERIFY(*again == *expression);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QByteArray>("hint");
        for (const Fault &fault : faults) {
            QTest::addRow("%s", fault.text) << QByteArray(fault.text) << fault.column << QByteArray(fault.hint);
        }
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, column);
        QFETCH(QByteArray, hint);
        const auto expression = parse(text.toStdString());
        QVERIFY(!expression);
        const auto &error = expression.error();
        QVERIFY2(error.sentence.contains(QString::fromUtf8(hint)), qPrintable(error.sentence));
        QCOMPARE(error.column, column);
        QCOMPARE(error.kind, event::ErrorKind::InvalidInput);
        QVERIFY(error.sentence.endsWith(u'.'));
    }

    void knowsFields()
    {
        const auto expression = parse(R"(CLIENT.ipaddress eq "x" and foo eq "x" and target[id eq "x"])");
        const auto &terms = std::get<And>(expression->root()->value).terms;
        const auto &known = std::get<Comparison>(terms.at(0)->value);
        QVERIFY(known.field && *known.field == event::field::ClientIpAddress);
        QCOMPARE(known.path, event::FieldPath("client.ipAddress"));
        QVERIFY(!std::get<Comparison>(terms.at(1)->value).field);
        const auto &element = std::get<ElementMatch>(terms.at(2)->value);
        QVERIFY(!std::get<Comparison>(element.inner->value).field);
    }

    void survivesBombs_data()
    {
        QTest::addColumn<QByteArray>("text");
        constexpr int many = 100'000;
        QTest::newRow("brackets") << QByteArray::fromStdString(repeated("(", many) + "a pr" + repeated(")", many));
        QTest::newRow("open brackets") << QByteArray::fromStdString(repeated("(", many));
        QTest::newRow("nots") << QByteArray::fromStdString(repeated("not ", many) + "a pr");
        QTest::newRow("bracketed nots") << QByteArray::fromStdString(repeated("not(", many) + "a pr");
        QTest::newRow("value paths") << QByteArray::fromStdString(repeated("a[", many) + "b pr");
        QTest::newRow("connectives") << QByteArray::fromStdString(repeated("(a pr and ", many));
    }
    void survivesBombs()
    {
        QFETCH(QByteArray, text);
        const auto expression = parse(text.toStdString());
        QVERIFY(!expression);
        QVERIFY2(expression.error().sentence.contains(u"nested too deeply"_s), qPrintable(expression.error().sentence));
        QVERIFY(expression.error().column > 0);
    }

    /// What is just not too deep must come back from its own spelling.
    void roundTripsAtTheLimit()
    {
        for (const std::string_view level :
            {"(x pr or ", "not (", "not ", "a[", "not a[", "(x pr and ", "not (x pr and "}) {
            const std::string close = level.find('[') != std::string_view::npos ? "]"
                : level.find('(') != std::string_view::npos                     ? ")"
                                                                                : "";
            int accepted = 0;
            for (const int depth : {1, 46, 47, 48, 49, 50, 95, 96, 97, 98, 99, 100, 101}) {
                for (const std::string_view core : {"b pr", "target[id pr or id pr].id ne null",
                         R"(target[id pr or id pr].id in ("x", null))", R"(target[id pr or id pr].id ne "x")"}) {
                    const auto expression = parse(repeated(level, depth) + std::string(core) + repeated(close, depth));
                    if (!expression) {
                        continue;
                    }
                    ++accepted;
                    const auto again = parse(expression->toString());
                    QVERIFY2(again, qPrintable(QStringLiteral("%1 of %2").arg(depth).arg(QLatin1String(level.data()))));
                    QVERIFY(*again == *expression);
                }
            }
            QVERIFY(accepted >= 13 && accepted < 52);
        }
    }

    void acceptsLongFlatExpressions()
    {
        std::string text = "a pr";
        for (int i = 0; i < 20'000; ++i) {
            text += i % 3 ? " or b eq 5" : " and (c pr)";
        }
        const auto expression = parse(text);
        QVERIFY(expression);
        QVERIFY(*parse(expression->toString()) == *expression);
    }

    void survivesBytesThatAreNoText()
    {
        std::mt19937 random(4711);
        const std::string_view pieces[]{"a", "\"", "\\", "(", ")", "[", "]", " ", "eq", "in", "not", "and", ".", ",",
            "5", "-", "\xff", "\xc3", "\xed\xa0\x80", std::string_view("\0", 1), "target", "\\u", "pr", "é", "re",
            "cidr"};
        int accepted = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (auto size = random() % 12; size > 0; --size) {
                text += pieces[random() % std::size(pieces)];
                text += random() % 2 ? " " : "";
            }
            const auto expression = parse(text);
            if (expression) {
                ++accepted;
                QVERIFY2(*parse(expression->toString()) == *expression, text.c_str());
            } else {
                QVERIFY(expression.error().column >= 1);
                QVERIFY(expression.error().column <= static_cast<int>(text.size()) + 1);
            }
            (void)parseInput(text);
        }
        QVERIFY(accepted > 100);
    }

    void keepsInvalidBytesOutOfLiterals()
    {
        const auto expression = parse("a eq \"\xff\"");
        QVERIFY(expression);
        QCOMPARE(QByteArray::fromStdString(expression->toString()), QByteArray("a eq \"\ufffd\""));
    }

    void writesTreesOfOthers()
    {
        const auto node = [](auto value) { return std::make_shared<const Node>(Node{std::move(value)}); };
        Comparison cased{event::FieldPath("actor.displayName"), event::field::ActorDisplayName, Operator::Ew, {"a.b"}};
        cased.caseSensitive = true;
        QCOMPARE(Expression(node(cased)).toString(), R"(actor.displayName re "a\\.b\\z")");
        cased.op = Operator::Ne;
        QCOMPARE(Expression(node(cased)).toString(), R"(not (actor.displayName re "\\Aa\\.b\\z"))");
        cased.op = Operator::In;
        cased.literals = {"x", "y"};
        QCOMPARE(Expression(node(cased)).toString(), R"(actor.displayName re "\\Ax\\z|\\Ay\\z")");
        QVERIFY(parse(Expression(node(And{})).toString()));
        QVERIFY(parse(Expression(node(Or{})).toString()));
        const NodePtr pr = node(Comparison{event::FieldPath("a"), {}, Operator::Pr, {}});
        QCOMPARE(Expression(node(And{{node(And{{pr, pr}}), pr}})).toString(), "(a pr and a pr) and a pr");
        QCOMPARE(Expression(node(Or{{node(Or{{pr, pr}}), pr}})).toString(), "(a pr or a pr) or a pr");
        const NodePtr number = node(Comparison{event::FieldPath("a"), {}, Operator::Gt, {Number{1.5, {}}}});
        QCOMPARE(Expression(number).toString(), "a gt 1.5");
    }
};

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
