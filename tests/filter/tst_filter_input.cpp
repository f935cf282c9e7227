// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Expression.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::filter;

/// What stands around the grammar: the one box, words, and texts that the window makes.
class TestFilterInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchesForWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *text, QStringList words) { QTest::newRow(text) << QByteArray(text) << words; };
        const auto s = [](const char *text) { return QString::fromUtf8(text); };
        row("logout", {s("logout")});
        row("San Francisco", {s("San"), s("Francisco")});
        row("interestingURI.com", {s("interestingURI.com")});
        row("XOxBw-2JIRnCFd0gG0GjHAAABjY", {s("XOxBw-2JIRnCFd0gG0GjHAAABjY")});
        row("firstName lastName", {s("firstName"), s("lastName")});
        row("\"San Francisco\"", {s("San Francisco")});
        row("\"San Francisco\" bob", {s("San Francisco"), s("bob")});
        row("bob \"San Francisco", {s("bob"), s("San Francisco")});
        row("10.0.0.1", {s("10.0.0.1")});
        row("bob@example.com failed", {s("bob@example.com"), s("failed")});
        row("sign in failure", {s("sign"), s("in"), s("failure")});
        row("sign in 2024", {s("sign"), s("in"), s("2024")});
        row("password re enrollment", {s("password"), s("re"), s("enrollment")});
        row("acme co ltd", {s("acme"), s("co"), s("ltd")});
        row("bob le grand", {s("bob"), s("le"), s("grand")});
        row("pr team", {s("pr"), s("team")});
        row("the pr team", {s("the"), s("pr"), s("team")});
        row("not found", {s("not"), s("found")});
        row("and or", {s("and"), s("or")});
        row("Mozilla/5.0 (Windows", {s("Mozilla/5.0"), s("(Windows")});
        row("user.session.start", {s("user.session.start")});
        row("eventType", {s("eventType")});
        row("actor.displayName Bob", {s("actor.displayName"), s("Bob")});
        row("Zürich", {s("Zürich")});
        row("key=value", {s("key=value")});
        row("[brackets]", {s("[brackets]")});
        row("* ?", {s("*"), s("?")});
    }
    void searchesForWords()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, words);
        const auto input = parseInput(text.toStdString());
        QVERIFY2(input, qPrintable(input ? QString() : input.error().sentence));
        QVERIFY(input->isKeywordSearch());
        QVERIFY(input->expression.matchesAll());
        QStringList found;
        for (const auto &word : input->words) {
            found.append(QString::fromStdString(word));
        }
        QCOMPARE(found, words);
    }

    void takesExpressions_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "  ", "eventType pr", "eventType eq \"a\"", "not (a pr)", "(a pr)",
                 "\"odd key\" eq \"x\"", "custom pr", "a in (\"b\")"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void takesExpressions()
    {
        QFETCH(QByteArray, text);
        const auto input = parseInput(text.toStdString());
        QVERIFY(input);
        QVERIFY(!input->isKeywordSearch());
        QCOMPARE(input->expression.matchesAll(), text.trimmed().isEmpty());
    }

    void failsWhereAnExpressionWasMeant_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"eventType eq", "eventType eq foo", "eventType eq \"a", "eventType eq \"a\" and",
                 "eventType eq \"a\" foo", "foo eq bar", "foo sw", "x gt y", "(", "(foo", "(a pr", "not (foo",
                 "not(foo", "target[", "target[foo", "target [foo", "custom[x]", "eventType = \"a\"", "eventType=\"a\"",
                 "severity == ERROR", "outcome.result != x", "published > 2024-01-01", "actor.alternateId contains bob",
                 "actor.alternateId is \"bob\"", "client.ipAddress in", "client.ipAddress in 10.0.0.0/8", "a in (\"b\"",
                 "eventType pr foo", "a re \"(\"", "foo co 'x'", "client.ipAddress cidr \"x\"",
                 "debugContext.debugData.foo == x", "target.foo like x"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void failsWhereAnExpressionWasMeant()
    {
        QFETCH(QByteArray, text);
        const auto input = parseInput(text.toStdString());
        QVERIFY(!input);
        const auto expression = parse(text.toStdString());
        QVERIFY(!expression);
        QCOMPARE(input.error(), expression.error());
    }

    void refusesWhatIsTooLong()
    {
        for (const QString &letter : {QStringLiteral("x"), QStringLiteral("\u00fc"), QStringLiteral("\u20ac")}) {
            const std::string most = letter.repeated(longestInput).toStdString();
            QVERIFY(parseInput(most));
            const auto input = parseInput(most + "x");
            QVERIFY(!input);
            QVERIFY2(input.error().sentence.contains(QStringLiteral("characters that a filter may have")),
                qPrintable(input.error().sentence));
        }
        // What QString counts as two.
        const QString pair = QStringLiteral("\U0001F600");
        QVERIFY(parseInput(pair.repeated(longestInput / 2).toStdString()));
        QVERIFY(!parseInput(pair.repeated(longestInput / 2 + 1).toStdString()));
    }

    void findsNoWordInQuotesAlone()
    {
        for (const char *text : {"\"", "\"\"", "\" \" \"", "\"\t\""}) {
            const auto input = parseInput(text);
            QVERIFY2(!input || input->isKeywordSearch(), text);
            QVERIFY(splitWords(text).empty());
        }
    }

    void comparesAsTheWindowAsks_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("op");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *path, Operator op, const char *value, const char *text) {
            QTest::newRow(text) << QByteArray(path) << static_cast<int>(op) << QByteArray(value) << QByteArray(text);
        };
        row("actor.alternateId", Operator::Eq, "bob@example.com", R"(actor.alternateId eq "bob@example.com")");
        row("actor.alternateId", Operator::Ne, "say \"hi\" \\", "actor.alternateId ne \"say \\\"hi\\\" \\\\\"");
        row("actor.alternateId", Operator::Pr, "", "actor.alternateId pr");
        row("ACTOR.alternateid", Operator::Eq, "", R"(actor.alternateId eq "")");
        row("securityContext.asNumber", Operator::Eq, "394089", "securityContext.asNumber eq 394089");
        row("securityContext.isProxy", Operator::Ne, "true", "securityContext.isProxy ne true");
        row("client.geographicalContext.geolocation.lat", Operator::Ge, "51.5",
            "client.geographicalContext.geolocation.lat ge 51.5");
        row("published", Operator::Ge, "2024-08-13T15:58:20.353Z", R"(published ge "2024-08-13T15:58:20.353Z")");
        row("version", Operator::Eq, "0", R"(version eq "0")");
        row("target.alternateId", Operator::Co, "x", R"(target.alternateId co "x")");
        row("client.ipAddress", Operator::In, "10.0.0.1", R"(client.ipAddress in ("10.0.0.1"))");
        row("debugContext.debugData.foo.bar", Operator::Eq, "x", R"(debugContext.debugData.foo.bar eq "x")");
        row("debugContext.debugData.odd key", Operator::Eq, "x", R"(debugContext.debugData."odd key" eq "x")");
        row("debugContext.debugData.odd.key (1)", Operator::Eq, "x",
            R"-(debugContext.debugData."odd.key (1)" eq "x")-");
        row("debugContext.debugData.end.", Operator::Eq, "x", R"(debugContext.debugData."end." eq "x")");
        row("actor.détail", Operator::Eq, "x\n", R"(actor."détail" eq "x\n")");
    }
    void comparesAsTheWindowAsks()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, op);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, text);
        const auto made = comparisonText(path.toStdString(), static_cast<Operator>(op), value.toStdString());
        QCOMPARE(QByteArray::fromStdString(made), text);
        const auto expression = parse(made);
        QVERIFY2(expression, qPrintable(expression ? QString() : expression.error().sentence));
        QCOMPARE(expression->toString(), made);
    }

    void readsPaths()
    {
        const auto read = [](const char *text) { return readPath(text).value_or("none"); };
        QCOMPARE(read("actor.alternateId"), "actor.alternateId");
        QCOMPARE(read(" OUTCOME.result "), "outcome.result");
        QCOMPARE(read("debugContext.debugData.\"odd key\""), "debugContext.debugData.\"odd key\"");
        QCOMPARE(read("debugContext.\"debugData\".risk"), "debugContext.debugData.risk");
        QCOMPARE(read("a.\"b.c\".d"), "a.\"b.c\".d");
        for (const char *none : {"", " ", "a b", "a.", "a..b", "a.\"b", "a.\"\"", "*", "~a", "a pr and b", "not a"}) {
            QCOMPARE(read(none), "none");
        }
        // What is read names what was written.
        for (const char *text : {"a.\"b.c\".d", "debugContext.debugData.\"say \\\"hi\\\" \\u00fc\""}) {
            QCOMPARE(pathText(event::FieldPath(*readPath(text))), *readPath(text));
            QCOMPARE(comparisonText(*readPath(text), Operator::Pr, {}), *readPath(text) + " pr");
        }
    }

    void joinsExpressions()
    {
        const auto joined = [](const char *a, const char *b) { return conjunctionText(a, b); };
        QCOMPARE(joined("", ""), "");
        QCOMPARE(joined("a pr", " "), "a pr");
        QCOMPARE(joined("\t", "a pr"), "a pr");
        QCOMPARE(joined("a pr", "b pr"), "a pr and b pr");
        QCOMPARE(joined("a pr and b pr", "c pr"), "a pr and b pr and c pr");
        QCOMPARE(joined("a pr or b pr", "c pr"), "(a pr or b pr) and c pr");
        QCOMPARE(joined("a pr", "b pr or c pr"), "a pr and (b pr or c pr)");
        QCOMPARE(joined("(a pr or b pr)", "c pr"), "((a pr or b pr)) and c pr");
        QCOMPARE(joined("not (a pr or b pr)", "c pr"), "not (a pr or b pr) and c pr");
        QVERIFY(*parse(joined("a pr or b pr", "c pr or d pr")) == *parse("(a pr or b pr) and (c pr or d pr)"));
    }
};

QTEST_GUILESS_MAIN(TestFilterInput)
#include "tst_filter_input.moc"
