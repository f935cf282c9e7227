// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Expression.h"

#include <QTest>
#include <random>

using namespace octotrail;
using namespace octotrail::filter;
using namespace Qt::StringLiterals;

namespace {

struct Case
{
    const char *text;
    const char *canonical; ///< nullptr: as it was written
};

/// RFC 7644 section 3.4.2.2, figure 2, and section 3.5.2; they are about users, so the schema is a profile's.
constexpr Case rfc7644[]{
    {R"(userName eq "bjensen")", nullptr},
    {R"(name.familyName co "O'Malley")", nullptr},
    {R"(userName sw "J")", nullptr},
    {R"(title pr)", nullptr},
    {R"(meta.lastModified gt "2011-05-13T04:42:34Z")", nullptr},
    {R"(meta.lastModified ge "2011-05-13T04:42:34Z")", nullptr},
    {R"(meta.lastModified lt "2011-05-13T04:42:34Z")", nullptr},
    {R"(meta.lastModified le "2011-05-13T04:42:34Z")", nullptr},
    {R"(title pr and userType eq "Employee")", nullptr},
    {R"(title pr or userType eq "Intern")", nullptr},
    {R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")", nullptr},
    {R"(userType eq "Employee" and (emails co "example.com" or emails.value co "example.org"))", nullptr},
    {R"(userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org"))", nullptr},
    {R"(userType eq "Employee" and (emails.type eq "work"))", R"(userType eq "Employee" and emails.type eq "work")"},
    {R"(userType eq "Employee" and emails[type eq "work" and value co "@example.com"])", nullptr},
    {R"(emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"])", nullptr},
    {R"(addresses[type eq "work"])", nullptr},
    {R"(members[value eq "2819c223-7f76-453a-919d-413861904646"].displayName eq "Babs")",
        R"(members[value eq "2819c223-7f76-453a-919d-413861904646" and displayName eq "Babs"])"},
    {R"(emails[type eq "work" and value ew "example.com"])", nullptr},
    {R"(filter.active eq true)", nullptr},
    {R"(userName Eq "john")", R"(userName eq "john")"},
    {R"(Username eq "john")", nullptr}, // no field of an event: kept as it was written
    {R"(user.count gt 5)", nullptr},
    {R"(user.count gt -5.25e+3)", nullptr},
    {R"(user.manager eq null)", nullptr},
    {R"(name.$ref ne null)", nullptr},
    {R"(a-b.c_d eq "x")", nullptr},
    {R"(status eq "ACTIVE" and profile.department eq "Finance")", nullptr},
    {R"(published co "2024")", nullptr}, // a field of events, but not of profiles
    {R"(Outcome.Result eq "x")", nullptr},
};

/// Okta's guide to queries of the System Log and its filter reference, and what analysts write from them.
constexpr Case okta[]{
    {R"(eventType eq "user.session.start")", nullptr},
    {R"(target.id eq "00uxc78lMKUMVIHLTAXY")", nullptr},
    {R"(actor.id ne "00uxc78lMKUMVIHLTAXY")", nullptr},
    {R"(actor.id eq "00uxc78lMKUMVIHLTAXY")", nullptr},
    {R"(eventType eq "user.session.start" and outcome.result eq "FAILURE")", nullptr},
    {R"(target.id eq "00uxc78lMKUMVIHLTAXY" and target.id eq "0oabe82gnXOFVCDUMVAK")", nullptr},
    {R"(eventType eq "app.auth.sso" and target.id eq "00uxc78lMKUMVIHLTAXY" and target.id eq "0oabe82gnXOFVCDUMVAK")",
        nullptr},
    {R"(client.ipAddress eq "184.73.186.14")", nullptr},
    {R"(eventType sw "event_hook")", nullptr},
    {R"(eventType co "session")", nullptr},
    {R"(eventType ew "token")", nullptr},
    {R"(transaction.detail.requestApiTokenId eq "00T94e3cn9kSEO3c51s5")", nullptr},
    {R"(event_type eq "user.session.start")", nullptr},
    {R"(debugContext.debugData.url co "/oauth/")", nullptr},
    {R"(debugContext.debugData.requestUri sw "/api/v1/users")", nullptr},
    {R"(securityContext.isProxy eq true)", nullptr},
    {R"(securityContext.isProxy eq "TRUE")", R"(securityContext.isProxy eq true)"},
    {R"(securityContext.isProxy ne false)", nullptr},
    {R"(securityContext.asNumber eq 394089)", nullptr},
    {R"(securityContext.asNumber eq "394089")", R"(securityContext.asNumber eq 394089)"},
    {R"(securityContext.asNumber in (15169, 8075))", nullptr},
    {R"(securityContext.asNumber pr)", nullptr},
    {R"(client.geographicalContext.geolocation.lat gt 51.5)", nullptr},
    {R"(client.geographicalContext.geolocation.lon le -0.12)", nullptr},
    {R"(published gt "2024-08-13T15:58:20.353Z")", nullptr},
    {R"(published ge "2024-08-13" and published lt "2024-08-14")", nullptr},
    {R"(severity eq "ERROR" or severity eq "WARN")", nullptr},
    {R"(version eq 0)", nullptr},
    {R"(authenticationContext.externalSessionId eq null)", nullptr},
    {R"(eventtype eq "a")", R"(eventType eq "a")"},
    {R"(EVENTTYPE EQ "a" AND OUTCOME.RESULT EQ "b")", R"(eventType eq "a" and outcome.result eq "b")"},
    {R"(debugcontext.debugdata.REQUESTURI sw "/")", R"(debugContext.debugData.requestUri sw "/")"},
    {R"(Target.AlternateID co "@x")", R"(target.alternateId co "@x")"},
    {R"(target[type eq "User" and alternateId co "@x"])", nullptr},
    {R"(TARGET[Type eq "User" and ALTERNATEID co "@x"])", R"(target[type eq "User" and alternateId co "@x"])"},
    {R"(target[ type eq "User" ])", R"(target[type eq "User"])"},
    {R"(target [type eq "User"])", R"(target[type eq "User"])"},
    {R"(target[type eq "AppInstance" or type eq "AppUser"])", nullptr},
    {R"(target[not (type eq "User")])", nullptr},
    {R"(target[changeDetails.from.status eq "ACTIVE"])", nullptr},
    {R"(target[uuid eq "x"])", nullptr}, // a field of the event, not of its targets
    {R"(target[type eq "User"].id eq "x")", R"(target[type eq "User" and id eq "x"])"},
    {R"(target[type eq "User"].id ne "x")", R"(not (target[type eq "User" and id eq "x"]))"},
    {R"(target[type eq "User"].id pr)", R"(target[type eq "User" and id pr])"},
    {R"(target[type eq "User"].id eq null)", R"(not (target[type eq "User" and id pr]))"},
    {R"(target[type eq "User"].id ne null)", R"(target[type eq "User" and id pr])"},
    {R"(target[type eq "User"].id in ("a", null))",
        R"(not (target[type eq "User" and id pr]) or target[type eq "User" and id in ("a")])"},
    {R"(target[type eq "User" or type eq "App"].detailEntry.mode eq "x")",
        R"(target[(type eq "User" or type eq "App") and detailEntry.mode eq "x"])"},
    {R"(request.ipChain[ip sw "10." and source pr])", nullptr},
    {R"(request.ipChain[geographicalContext[country eq "NL"]])", nullptr},
    {R"(request.ipChain.ip eq "10.0.0.1")", nullptr},
    {R"(actor[type eq "User"])", nullptr},
};

constexpr Case grammar[]{
    // Precedence and brackets.
    {"", ""},
    {" \t\r\n ", ""},
    {"a pr and b pr or c pr", nullptr},
    {"a pr or b pr and c pr", nullptr},
    {"(a pr or b pr) and c pr", nullptr},
    {"a pr and (b pr or c pr)", nullptr},
    {"a pr or (b pr and c pr)", "a pr or b pr and c pr"},
    {"(a pr and b pr) and c pr", "a pr and b pr and c pr"},
    {"a pr or (b pr or c pr)", "a pr or b pr or c pr"},
    {"(((a pr)))", "a pr"},
    {"( a pr )", "a pr"},
    {"(a pr)and(b pr)", "a pr and b pr"},
    {"not (a pr)", nullptr},
    {"not(a pr)", "not (a pr)"},
    {"NOT (a pr)", "not (a pr)"},
    {"not a pr", "not (a pr)"},
    {"not a pr and b pr", "not (a pr) and b pr"},
    {"not (a pr and b pr)", nullptr},
    {"not (a pr or b pr) or c pr", nullptr},
    {"not not a pr", "not (not (a pr))"},
    {"not (not (a pr))", nullptr},
    {"a pr and not (b pr)", nullptr},
    {"not target[type pr]", "not (target[type pr])"},
    {"a pr AND b pr Or c pr", "a pr and b pr or c pr"},
    {"a pr\n  and\tb pr", "a pr and b pr"},
    {"a pr\u00a0and b\u00a0pr", "a pr and b pr"},
    {"(a pr or b pr) and (c pr or d pr)", nullptr},
    {"((a pr or b pr) and c pr or d pr) and e pr", nullptr},
    // Operators.
    {R"(a eq "x" and a ne "x" and a co "x" and a sw "x" and a ew "x" and a gt "x" and a ge "x" and a lt "x")", nullptr},
    {R"(a le "x" and a re "x" and a pr)", nullptr},
    {R"(a CO "x" and a Sw "x" and a eW "x")", R"(a co "x" and a sw "x" and a ew "x")"},
    {R"(a in ("x"))", nullptr},
    {R"(a in("x","y"))", R"(a in ("x", "y"))"},
    {R"(a in ( "x" , 5 , true , null ))", R"(a in ("x", 5, true, null))"},
    {R"(a cidr "10.0.0.0/8")", nullptr},
    {R"(a cidr "10.1.2.3")", nullptr},
    {R"(a cidr "2001:db8::/32")", nullptr},
    {R"(a cidr ("10.0.0.0/8", "192.168.0.0/16", "fd00::/8"))", nullptr},
    {R"(a cidr ("10.0.0.0/8"))", R"(a cidr "10.0.0.0/8")"},
    {R"(a cidr "::ffff:10.0.0.0/104")", nullptr},
    {R"(a re "^(foo|bar)\\.[a-z]{2,5}$")", nullptr},
    {R"(a re "(?i)straße")", nullptr},
    // Literals.
    {R"(a eq "")", nullptr},
    {R"(a eq "a\"b\\c\/d\b\f\n\r\t")", R"(a eq "a\"b\\c/d\u0008\u000c\n\r\t")"},
    {R"(a eq "\u00e9\u20AC\ud83d\uDE00")", R"(a eq "é€😀")"},
    {R"(a eq "é€😀")", nullptr},
    {R"(a eq "\u0000")", nullptr},
    {"a eq \"line\nbreak\"", R"(a eq "line\nbreak")"},
    {R"(a eq "(and) not [or] \"pr\"")", nullptr},
    {"a eq 0", nullptr},
    {"a eq -0", nullptr},
    {"a eq 10", nullptr},
    {"a eq 1.50", nullptr},
    {"a eq 1E5", nullptr},
    {"a eq 1e-5", nullptr},
    {"a eq 1e-999", nullptr},
    {"a eq 123456789012345678901234567890", nullptr},
    {"a eq True", "a eq true"},
    {"a eq FALSE", "a eq false"},
    {"a eq Null", "a eq null"},
    {"(a eq 5)", "a eq 5"},
    // Paths.
    {R"(debugContext.debugData."odd key" eq "x")", nullptr},
    {R"(debugContext.debugData."plain" eq "x")", R"(debugContext.debugData.plain eq "x")"},
    {R"(debugContext.debugData."requestUri" eq "x")", R"(debugContext.debugData.requestUri eq "x")"},
    {R"("debugContext.debugData"."requestUri" eq "x")", R"("debugContext.debugData".requestUri eq "x")"},
    {R"(debugContext.debugData."a.b" eq "x")", nullptr},
    {R"(debugContext.debugData."é\"\\" eq "x")", nullptr},
    {R"("not".x pr)", nullptr},
    {R"("0".x pr)", nullptr},
    {R"(a.0.-b pr)", nullptr},
    {R"(not.x pr)", R"("not".x pr)"},
    {R"(and.or pr)", R"("and".or pr)"},
    {R"(notable pr)", nullptr},
    {R"(order.android pr)", nullptr},
    {R"(_links.self.href pr)", nullptr},
};

struct Fault
{
    const char *text;
    int column;
    const char *hint; ///< what the sentence must say
};

constexpr Fault faults[]{
    // Operators.
    {R"(display_message eqq "Create okta user")", 17, R"(Unknown operator "eqq"; did you mean "eq"?)"},
    {R"(eventType xx "a")", 11,
        R"(Unknown operator "xx"; expected eq, ne, co, sw, ew, pr, gt, ge, lt, le, in, re or cidr.)"},
    {R"(eventType = "a")", 11, R"(did you mean "eq"?)"},
    {R"(eventType="a")", 10, R"(Unknown operator "="; did you mean "eq"?)"},
    {R"(eventType == "a")", 11, R"("eq")"},
    {R"(eventType != "a")", 11, R"("ne")"},
    {R"(eventType contains "a")", 11, R"("co")"},
    {R"(eventType startsWith "a")", 11, R"("sw")"},
    {R"(eventType ends "a")", 11, R"("ew")"},
    {R"(eventType exists)", 11, R"("pr")"},
    {R"(eventType matches "a")", 11, R"("re")"},
    {R"(eventType:"a")", 10, R"("eq")"},
    {R"(a >= 5)", 3, R"("ge")"},
    {R"(a cird "10.0.0.0/8")", 3, R"("cidr")"},
    {"eventType", 10, R"(An operator is missing after "eventType")"},
    {"eventType  ", 12, R"(An operator is missing after "eventType")"},
    {R"(eventType "a")", 11, "An operator is missing"},
    {"(eventType)", 11, "An operator is missing"},
    // Values.
    {"eventType eq", 13, R"(A value is missing after "eq")"},
    {"(eventType eq )", 15, R"(A value is missing after "eq")"},
    {"outcome.result eq FAILURE", 19, R"(Text stands in double quotes: "FAILURE".)"},
    {"outcome.result eq 'FAILURE'", 19, "straight double quotes"},
    {"outcome.result eq \u201cFAILURE\u201d", 19, "straight double quotes"},
    {"client.ipAddress eq 10.0.0.1", 21, R"(Text stands in double quotes: "10.0.0.1".)"},
    {"published gt 2024-08-13", 14, R"(Text stands in double quotes: "2024-08-13".)"},
    {"a eq 05", 6, R"("05")"},
    {"a eq +5", 6, R"("+5")"},
    {"a eq .5", 6, R"(".5")"},
    {"a eq 5.", 6, R"("5.")"},
    {"a eq 5and b pr", 6, R"("5and")"},
    {"a eq 1e999", 6, "too large"},
    {R"(a eq "x)", 6, "quote is not closed"},
    {R"(a eq "x\")", 6, "quote is not closed"},
    {R"(a eq "x\)", 6, "quote is not closed"},
    {R"(a re "\d+")", 7, R"(Write a backslash twice: "\\d".)"},
    {R"(a eq "\u12g4")", 7, "Four hexadecimal digits"},
    {R"(a eq "\u12)", 7, "Four hexadecimal digits"},
    {R"(a eq "\ud83d")", 7, "half of a character"},
    {R"(a eq "\ude00\ud83d")", 7, "half of a character"},
    {R"(a eq "é😀" or b eq "\q")", 20, "Write a backslash twice"},
    // Lists.
    {R"(a in "x")", 6, "A list in brackets must follow"},
    {"a in", 5, "A list in brackets must follow"},
    {"a in ()", 7, "A value is missing"},
    {R"(a in ("x", ))", 12, "A value is missing"},
    {R"(a in ("x" "y"))", 11, R"-("," or ")" is missing)-"},
    {R"(a in ("x")", 6, "not closed"},
    {R"(a eq ("x", "y"))", 6, R"(A list needs the operator "in")"},
    // Brackets.
    {R"((a pr)", 1, R"-(")" is missing)-"},
    {R"(a pr and (b pr or (c pr))", 10, R"-(")" is missing)-"},
    {R"(a pr))", 5, R"-(There is no "(" for this ")")-"},
    {R"(target[type eq "User")", 7, R"("]" is missing)"},
    {R"(target[type eq "User"))", 22, R"-(There is no "(" for this ")")-"},
    {R"((a pr])", 6, R"-(There is no "[" for this "]")-"},
    {"target[]", 8, "A comparison is missing"},
    {"target[0].id pr", 8, "not by a number"},
    {"()", 2, "A comparison is missing"},
    {R"(target[type eq "User"].)", 24, "A name is missing after the dot"},
    {R"(target[type eq "User"].id)", 26, "An operator is missing"},
    // Connectives.
    {"a pr and", 9, R"(A comparison is missing after "and")"},
    {"a pr or ", 9, R"(A comparison is missing after "or")"},
    {"not", 4, R"(A comparison is missing after "not")"},
    {"(a pr and)", 10, R"(A comparison is missing after "and")"},
    {"and a pr", 1, R"(A comparison is missing before "and")"},
    {"a pr and or b pr", 10, R"(A comparison is missing before "or")"},
    {"a pr b pr", 6, R"("and" or "or" is missing before "b")"},
    {R"(a eq "x" "y")", 10, R"("and" or "or" is missing)"},
    {"a pr && b pr", 6, R"(Write "and" for "&&")"},
    {"a pr || b pr", 6, R"(Write "or" for "||")"},
    {"a pr, b pr", 5, R"("and" or "or" is missing before ",")"},
    // Paths.
    {"a..b pr", 3, "A name is missing after the dot"},
    {"a. pr", 3, "A name is missing after the dot"},
    {".a pr", 1, "A field's path is expected"},
    {"5 eq 5", 1, "A field's path is expected"},
    {R"(a."" pr)", 3, "cannot be empty"},
    {"é pr", 1, "A field's path is expected"},
    {"a.é pr", 3, "Odd names are written in quotes"},
    {R"(urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J")", 1, "without its schema"},
    // Types.
    {R"(securityContext.asNumber co "1")", 26, "securityContext.asNumber is a number"},
    {R"(securityContext.asNumber eq "many")", 29, R"(is a number, but "many" is none)"},
    {R"(securityContext.asNumber in (1, "many"))", 33, R"(is a number, but "many" is none)"},
    {"securityContext.asNumber eq true", 29, "is a number"},
    {"securityContext.isProxy gt true", 25, "securityContext.isProxy is true or false"},
    {R"(securityContext.isProxy eq "maybe")", 28, R"(but "maybe" is neither)"},
    {"securityContext.isProxy eq 1", 28, "is neither"},
    {R"(published co "2024")", 11, "published is a time"},
    {R"(published gt "yesterday")", 14, R"("yesterday" is no date)"},
    {R"(published gt "2023-02-29")", 14, "is no date"},
    {"published gt 1723564700", 14, "is no date"},
    {"client.geographicalContext.geolocation.lat sw \"5\"", 44, "is a number"},
    {"eventType co 5", 14, R"(co compares text: write "5" in quotes)"},
    {"eventType sw null", 14, "compares text"},
    {"eventType gt null", 14, "can only be compared with eq or ne"},
    {"eventType gt true", 14, "can only be compared with eq or ne"},
    {R"-(a re "(")-", 6, "The regular expression is not valid: missing ): ("},
    {R"-(a re "(?<name>x)")-", 6, "not valid"},
    {R"(a re "x{1000}{1000}")", 6, "not valid"},
    {R"(a cidr "10.0.0.0/33")", 8, R"("10.0.0.0/33" is no network)"},
    {R"(a cidr "10.0.0/8")", 8, "is no network"},
    {R"(a cidr ("10.0.0.0/8", "host"))", 23, R"("host" is no network)"},
    {"a cidr 10", 8, "compares text"},
};

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
