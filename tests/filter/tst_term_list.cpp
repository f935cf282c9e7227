// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/OktaDialect.h"
#include "filter/TermList.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::filter;
using namespace Qt::StringLiterals;

namespace {

QStringList texts(const std::vector<std::string> &terms)
{
    QStringList result;
    for (const std::string &term : terms) {
        result << QString::fromStdString(term);
    }
    return result;
}

QStringList texts(const TermList &list)
{
    QStringList result;
    for (const Term &term : list.terms()) {
        result << (term.isEnabled ? QString() : u"-"_s) + QString::fromStdString(term.text);
    }
    return result;
}

TermList read(const char *text)
{
    auto list = TermList::read(text);
    return list ? *list : TermList();
}

} // namespace

class TestTermList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void joinsAgain();
    void words();
    void edits();
    void disabledTermsKeepTheirPlaces();
    void negates_data();
    void negates();
    void refuses();
    void inputAsAnExpression();
    void oktaDialect_data();
    void oktaDialect();
};

void TestTermList::splits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("terms");
    const auto row = [](const char *name, const char *text, const QStringList &terms) {
        QTest::newRow(name) << QString::fromUtf8(text) << terms;
    };
    row("one", " eventType eq \"a\" ", {u"eventType eq \"a\""_s});
    row("two, as written", "eventType EQ \"a\"  AND actor.id pr", {u"eventType EQ \"a\""_s, u"actor.id pr"_s});
    row("or is one", "actor.id pr or actor.type pr and uuid pr", {u"actor.id pr or actor.type pr and uuid pr"_s});
    row("or in brackets", "(actor.id pr or actor.type pr) and uuid pr",
        {u"(actor.id pr or actor.type pr)"_s, u"uuid pr"_s});
    row("and in a string", "displayMessage co \"this and that\" and uuid pr",
        {u"displayMessage co \"this and that\""_s, u"uuid pr"_s});
    row("quote in a string", "displayMessage co \"a\\\" and \" and uuid pr",
        {u"displayMessage co \"a\\\" and \""_s, u"uuid pr"_s});
    row("nested", "(uuid pr and actor.id pr) and ((actor.type pr))",
        {u"uuid pr"_s, u"actor.id pr"_s, u"((actor.type pr))"_s});
    row("value path", "target[type eq \"User\" and id pr] and uuid pr",
        {u"target[type eq \"User\" and id pr]"_s, u"uuid pr"_s});
    row("names that look like words", "debugContext.debugData.and eq \"x\" and uuid pr",
        {u"debugContext.debugData.and eq \"x\""_s, u"uuid pr"_s});
    row("not", "not (uuid pr and actor.id pr) and not actor.type pr",
        {u"not (uuid pr and actor.id pr)"_s, u"not actor.type pr"_s});
    row("two brackets", "(uuid pr or actor.id pr) and (actor.type pr or version pr)",
        {u"(uuid pr or actor.id pr)"_s, u"(actor.type pr or version pr)"_s});
}

void TestTermList::splits()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, terms);
    QCOMPARE(texts(splitConjunction(text.toStdString())), terms);
}

void TestTermList::joinsAgain()
{
    for (const char *text : {"uuid pr or actor.id pr", "(uuid pr or version pr) and actor.id pr",
             "a.b eq 1 and (c.d eq 2 and e.f eq 3) and not (g.h pr)", "eventType in (\"a\", \"b\") and uuid pr"}) {
        QCOMPARE(*parse(read(text).text()), *parse(text));
    }
    // A term alone loses its brackets with nothing beside it, or keeps them: it means the same.
    TermList list = read("(uuid pr or version pr) and actor.id pr");
    list.remove(1);
    QCOMPARE(*parse(list.text()), *parse("uuid pr or version pr"));
    QVERIFY(list.insert(1, "actor.type pr or version pr"));
    QCOMPARE(*parse(list.text()), *parse("(uuid pr or version pr) and (actor.type pr or version pr)"));
}

void TestTermList::words()
{
    TermList list = read("ada \"new york\" WARN");
    QCOMPARE(texts(list), QStringList({u"ada"_s, u"\"new york\""_s, u"WARN"_s}));
    QCOMPARE(list.text(), std::string("ada \"new york\" WARN"));
    list.setEnabled(0, false);
    QCOMPARE(list.text(), std::string("\"new york\" WARN"));
    QVERIFY(list.insert(3, "uuid pr"));
    QCOMPARE(list.text(), std::string("* co \"new york\" and * co \"WARN\" and uuid pr"));
    list.negate(2);
    QCOMPARE(texts(list)[2], u"not (* co \"WARN\")"_s);
    // Words that would be something else without the others stay words.
    TermList odd = read("well uuid pr");
    QVERIFY(odd.terms().front().isWord);
    odd.remove(0);
    QCOMPARE(odd.text(), std::string("* co \"uuid\" and * co \"pr\""));
}

void TestTermList::edits()
{
    TermList list = read("uuid pr and actor.id pr and version pr");
    list.move(0, 2);
    QCOMPARE(texts(list), QStringList({u"actor.id pr"_s, u"version pr"_s, u"uuid pr"_s}));
    list.move(2, 1);
    QCOMPARE(texts(list), QStringList({u"actor.id pr"_s, u"uuid pr"_s, u"version pr"_s}));
    QVERIFY(list.replace(1, "severity eq \"WARN\" and actor.type pr"));
    QCOMPARE(list.terms().size(), 4U);
    list.setEnabled(1, false);
    QVERIFY(list.replace(1, "severity eq \"INFO\""));
    QCOMPARE(texts(list)[1], u"-severity eq \"INFO\""_s); // stays switched off
    const TermList before = list;
    QVERIFY(!list.replace(0, "severity xx"));
    QVERIFY(!list.insert(0, "("));
    QCOMPARE(list, before);
}

void TestTermList::disabledTermsKeepTheirPlaces()
{
    TermList list = read("uuid pr and actor.id pr and version pr");
    list.setEnabled(1, false);
    QCOMPARE(list.text(), std::string("uuid pr and version pr"));
    const auto again = TermList::read(list.text(), list.disabled());
    QVERIFY(again);
    QCOMPARE(*again, list);
    QVERIFY(list.setText("uuid pr and severity pr and version pr"));
    QCOMPARE(texts(list), QStringList({u"uuid pr"_s, u"-actor.id pr"_s, u"severity pr"_s, u"version pr"_s}));
    QVERIFY(list.setText(""));
    QCOMPARE(texts(list), QStringList{u"-actor.id pr"_s});
    QVERIFY(list.text().empty());
    // What a session file says need not fit.
    const auto odd = TermList::read("uuid pr", {{99, "actor.id pr"}, {0, "version pr"}});
    QVERIFY(odd);
    QCOMPARE(texts(*odd), QStringList({u"-version pr"_s, u"uuid pr"_s, u"-actor.id pr"_s}));
}

void TestTermList::negates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("negation");
    QTest::newRow("eq") << QByteArray("uuid eq \"a\"") << QByteArray("uuid ne \"a\"");
    QTest::newRow("ne") << QByteArray("uuid ne \"a\"") << QByteArray("uuid eq \"a\"");
    QTest::newRow("co") << QByteArray("uuid co \"a\"") << QByteArray("not (uuid co \"a\")");
    QTest::newRow("not") << QByteArray("not uuid co \"a\"") << QByteArray("uuid co \"a\"");
    QTest::newRow("or") << QByteArray("uuid pr or version pr") << QByteArray("not (uuid pr or version pr)");
    QTest::newRow("value path") << QByteArray("target[id pr]") << QByteArray("not (target[id pr])");
}

void TestTermList::negates()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, negation);
    QCOMPARE(QByteArray::fromStdString(negationText(text.toStdString())), negation);
    const std::string twice = negationText(negation.toStdString());
    QCOMPARE(*parse(twice), *parse(text.toStdString()));
}

void TestTermList::refuses()
{
    const auto refused = TermList::read("actor.id xx \"a\"");
    QVERIFY(!refused);
    QCOMPARE(refused.error().column, 10);
    TermList list = read("uuid pr");
    QVERIFY(!list.setText("actor.id xx \"a\""));
    QCOMPARE(texts(list), QStringList{u"uuid pr"_s});
    // Deep nesting ends.
    const std::string deep(5000, '(');
    QVERIFY(!TermList::read(deep + "uuid pr" + std::string(5000, ')')));
    std::string many = "uuid pr";
    for (int i = 0; i < 500; ++i) {
        many += " and uuid pr";
    }
    QCOMPARE(read(many.c_str()).terms().size(), 501U);
}

void TestTermList::inputAsAnExpression()
{
    const auto text = [](const char *input) { return QByteArray::fromStdString(expressionText(input)); };
    QCOMPARE(text(""), "");
    QCOMPARE(text(" severity eq \"WARN\" "), "severity eq \"WARN\"");
    QCOMPARE(text("ada"), "* co \"ada\"");
    QCOMPARE(text("ada \"Okta Verify\" a\\b"), "* co \"ada\" and * co \"Okta Verify\" and * co \"a\\\\b\"");
    QCOMPARE(text("actor.id xx \"a\""), "actor.id xx \"a\"");
    QCOMPARE(QByteArray::fromStdString(expressionText("ada", Schema::Profile)), "* co \"ada\"");
}

void TestTermList::oktaDialect_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("okta");
    QTest::addColumn<QStringList>("leftOut");
    const auto row = [](const char *text, const char *okta, const QStringList &leftOut = {}) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(okta) << leftOut;
    };
    row("", "");
    row("eventType eq \"a\" and not (actor.id co \"b\")", "eventType eq \"a\" and not (actor.id co \"b\")");
    row("eventType in (\"a\", \"b\") and uuid pr", "(eventType eq \"a\" or eventType eq \"b\") and uuid pr");
    row("client.ipAddress cidr \"10.0.0.0/8\" and uuid pr", "uuid pr", {u"client.ipAddress cidr \"10.0.0.0/8\""_s});
    row("uuid pr or client.ipAddress re \"^10\"", "", {u"uuid pr or client.ipAddress re \"^10\""_s});
    row("published.hour gt 20 and actor.profile.title eq \"x\" and version pr", "version pr",
        {u"published.hour gt 20"_s, u"actor.profile.title eq \"x\""_s});
    row("target[type eq \"User\"] and * co \"x\" and ~a.b eq 1 and actor.id eq field(client.id)", "",
        {u"target[type eq \"User\"]"_s, u"* co \"x\""_s, u"~a.b eq 1"_s, u"actor.id eq field(client.id)"_s});
    row("outcome.reason eq null and published gt \"2026-01-01\"", "published gt \"2026-01-01\"",
        {u"outcome.reason eq null"_s});
}

void TestTermList::oktaDialect()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, okta);
    QFETCH(const QStringList, leftOut);
    const auto expression = parse(text.toStdString());
    QVERIFY2(expression, text.constData());
    const OktaFilter filter = toOkta(*expression);
    QCOMPARE(QByteArray::fromStdString(filter.text), okta);
    QCOMPARE(texts(filter.leftOut), leftOut);
}

QTEST_GUILESS_MAIN(TestTermList)
#include "tst_term_list.moc"
