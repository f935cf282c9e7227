// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RandomFilters.h"

#include "event/FieldCatalogue.h"
#include "event/Json.h"

using namespace octotrail;
using namespace octotrail::filter;

namespace {

using namespace std::string_view_literals;

/// Texts as they are, without JSON's escapes.
constexpr std::string_view texts[]{"", " ", "a", "A", "b", "ab", "aB", "null", "true", "TRUE", "false", "User", "user",
    "AppInstance", "5", "5.0", "5e0", "-0", "0", "007", "05", " 5", "5\n", "+5", ".5", "1e999", "-1e999", "1e-999",
    "1e308", "9223372036854775807", "9223372036854775808", "9007199254740993", "0.1", "1E+2", "inf", "NaN", "0x10", "é",
    "É", "ß", "SS", "ẞ", "İ", "i", "I", "ı", "i̇", "K", "k", "Å", "å", "Σ", "ς", "σ", "Ǆ", "ǅ", "ǆ", "𐐀", "𐐨", "\ufeff",
    "\ufeffa", "\ufeffÉ", "\ufffd", "a\0b"sv, "\0"sv, "a%", "_", "a_b", "'", "''", "\"", "\\", "a\\b", "a/b",
    "line\nbreak", "line\r\nbreak", "tab\t", "{}", "[]", "[\"a\"]", "{\"a\":1}", "{level=LOW}", "10.0.0.1", "10.1.2.3",
    "010.0.0.1", "192.168.0.1", "::1", "::ffff:10.0.0.1", "2001:DB8::1", "fe80::1%eth0", "10.0.0.256",
    "2024-08-13T15:58:20.353Z", "2024-08-13T17:58:20.353+02:00", "2024-08-13", "1969-12-31T23:59:59.999999Z", "now",
    "a very long text that no small string optimization will hold, with Üpper and löwer case, until its END"};

constexpr std::string_view networks[]{"10.0.0.0/8", "10.0.0.1", "0.0.0.0/0", "::/0", "2001:db8::/32", "::1/128",
    "192.168.0.0/31", "::ffff:10.0.0.0/104", "no network", ""};

constexpr std::string_view patterns[]{"", "a", "^a$", "(?i)^A", "a.b", "a\\sb", "^.$", "(?s)^.$", "\\d+", "^\\w+$",
    "[[:upper:]]", "\\pL", "^\\x{feff}", "k|5", "(", "%", "(?i)straße|É", "\\Aa", "b\\z", "$", "é+"};

constexpr std::string_view eventPaths[]{"eventType", "outcome.result", "version", "client.ipAddress",
    "actor.alternateId", "actor.displayName", "severity", "client.zone"};
constexpr std::string_view typedPaths[]{"securityContext.asNumber", "securityContext.isProxy", "published",
    "client.geographicalContext.geolocation.lat", "uuid"};
constexpr std::string_view listPaths[]{"target.id", "target.type", "target.alternateId", "target.displayName",
    "debugContext.debugData.requestUri", "debugContext.debugData.plain", "debugContext.debugData.Plain"};
constexpr std::string_view jsonPaths[]{"target", "target.detailEntry.mode", "request.ipChain.ip", "request.ipChain",
    "actor", "debugContext.debugData", "debugContext.debugData.plain.inner", "eventtype", "outcome", "no.such",
    "uuid.x"};
constexpr std::string_view profilePaths[]{"actor.profile.department", "actor.profile.status",
    "target.profile.department", "device.profile.department", "target.profile.status", "actor.profile.tags",
    "actor.profile.nested.inner"};
constexpr std::string_view partPaths[]{
    "published.minute", "published.hour", "published.day", "published.week", "published.month", "published.year"};
constexpr std::string_view memberPaths[]{"id", "type", "alternateId", "displayName"};
constexpr std::string_view objectPaths[]{
    "profile.department", "detailEntry.mode", "detailEntry", "ip", "source", "uuid", "eventType"};

constexpr Operator operators[]{Operator::Eq, Operator::Eq, Operator::Ne, Operator::Co, Operator::Sw, Operator::Ew,
    Operator::Pr, Operator::Gt, Operator::Ge, Operator::Lt, Operator::Le, Operator::In, Operator::Re, Operator::Cidr};

NodePtr make(auto value)
{
    return std::make_shared<const Node>(Node{std::move(value)});
}

} // namespace

bool RandomFilters::chance(int percent)
{
    return static_cast<int>(m_random() % 100) < percent;
}

std::string RandomFilters::text()
{
    return std::string(chance(60) ? texts[m_random() % 16] : pick(texts));
}

std::string RandomFilters::scalar()
{
    switch (m_random() % 12) {
    case 0:
        return "null";
    case 1:
        return chance(50) ? "true" : "false";
    case 2:
    case 3: {
        constexpr std::string_view numbers[]{
            "5", "5.0", "-0", "0", "1e999", "0.1", "1E+2", "9007199254740993", "9223372036854775807", "-1.5"};
        return std::string(pick(numbers));
    }
    case 4:
        // The same letters in other bytes, half a character, no UTF-8, and no JSON.
        return std::string(pick(std::vector<std::string_view>{
            R"("\u0061")", R"("\u212A")", R"("a\/b")", R"("\ud800")", R"("\ud83d\ude00")", "\"\xff\"", "\"a\xc3\""}));
    default:
        return event::quoteJson(text());
    }
}

std::string RandomFilters::object(const std::vector<std::pair<std::string_view, std::string>> &members)
{
    std::string json = "{";
    for (const auto &[name, json2] : members) {
        for (int copies = chance(75) ? (chance(4) ? 2 : 1) : 0; copies > 0; --copies) {
            json += (json.size() > 1 ? "," : "") + event::quoteJson(name) + ":" + json2;
        }
    }
    return json + "}";
}

/// The value, or what is written in its place now and then.
std::string RandomFilters::oddly(std::string json)
{
    switch (m_random() % 40) {
    case 0:
        return "null";
    case 1:
        return "{}";
    case 2:
        return "[]";
    case 3:
        return "[" + json + "]";
    case 4:
        return "[" + json + "," + scalar() + ",null,{}]";
    case 5:
        return scalar();
    case 6:
        return "[[" + json + "]]";
    case 7:
        return R"({"a":)" + json + "}";
    default:
        return json;
    }
}

std::string RandomFilters::value()
{
    return oddly(scalar());
}

std::string RandomFilters::target()
{
    return oddly(object({{"id", value()}, {"type", value()}, {"alternateId", value()}, {"displayName", value()},
        {"detailEntry", oddly(object({{"mode", value()}}))}, {"extra", value()}}));
}

std::string RandomFilters::event()
{
    std::string targets;
    for (auto count = m_random() % 4; count > 0; --count) {
        targets += (targets.empty() ? "" : ",") + target();
    }
    std::string chain;
    for (auto count = m_random() % 3; count > 0; --count) {
        chain += (chain.empty() ? "" : ",") + object({{"ip", value()}, {"source", value()}});
    }
    const auto times = std::vector<std::string>{"\"2024-08-13T15:58:20.353Z\"", "\"2024-08-13\"",
        "\"2024-08-13T17:58:20.353+02:00\"", "\"1969-12-31T23:59:59.999999Z\"", value()};
    const auto geography = object({{"geolocation", oddly(object({{"lat", value()}, {"lon", value()}}))}});
    const auto debugData = object({{"requestUri", value()}, {"plain", value()}, {"odd key", value()}, {"a.b", value()},
        {"plain", oddly(object({{"inner", value()}}))}, {"", value()}});
    std::string json = object({{"uuid", value()}, {"published", pick(times)}, {"eventType", value()},
        {"version", value()}, {"severity", value()}, {"outcome", oddly(object({{"result", value()}}))},
        {"actor", oddly(object({{"id", value()}, {"alternateId", value()}, {"displayName", value()}}))},
        {"device", oddly(object({{"id", value()}}))},
        {"client",
            oddly(object({{"ipAddress", value()}, {"zone", value()}, {"geographicalContext", oddly(geography)}}))},
        {"securityContext", oddly(object({{"asNumber", value()}, {"isProxy", value()}}))},
        {"target", oddly("[" + targets + "]")}, {"request", oddly(object({{"ipChain", oddly("[" + chain + "]")}}))},
        {"debugContext", oddly(object({{"debugData", oddly(debugData)}}))}});
    if (chance(2)) {
        json.resize(m_random() % json.size());
    }
    return json;
}

Literal RandomFilters::literal(Operator op)
{
    if (op == Operator::Cidr && chance(90)) {
        return std::string(pick(networks));
    }
    if (op == Operator::Re && chance(90)) {
        return std::string(pick(patterns));
    }
    switch (m_random() % 12) {
    case 0:
        return nullptr;
    case 1:
        return chance(50);
    case 2:
    case 3: {
        const std::vector<Number> numbers{{5, "5"}, {5, "5.0"}, {-0.0, "-0"}, {100, "1e2"}, {0.1, "0.1"}, {5, ""},
            {9007199254740992.0, "9007199254740993"}, {9.2233720368547758e18, "9223372036854775807"},
            {9.2233720368547758e18, "9223372036854775808"}, {1e308, "1e308"}, {-1.5, "-1.5"}};
        return pick(numbers);
    }
    case 4:
        return std::string(chance(50) ? "\xff" : "a\xc3");
    default:
        return text();
    }
}

NodePtr RandomFilters::comparison(Inside inside)
{
    Comparison comparison;
    if (inside == Inside::Event) {
        const auto kind = m_random() % 12;
        if (kind >= 10) {
            comparison.path = event::FieldPath(pick(profilePaths));
        } else if (kind == 0) {
            comparison.path
                = event::FieldPath({"debugContext", "debugData", std::string(chance(50) ? "odd key" : "a.b")});
        } else {
            comparison.path = event::FieldPath(kind < 4 ? pick(eventPaths)
                    : kind < 6                          ? pick(typedPaths)
                    : kind < 9                          ? pick(listPaths)
                                                        : pick(jsonPaths));
        }
        comparison.field = event::fieldByPath(comparison.path.toString());
    } else {
        const bool isMember = inside == Inside::Target ? chance(70) : chance(30);
        comparison.path = event::FieldPath(isMember ? pick(memberPaths) : pick(objectPaths));
    }
    comparison.op = pick(operators);
    if (chance(3)) {
        comparison.path = event::FieldPath("*");
        comparison.field.reset();
        comparison.reach = Reach::Anywhere;
    } else if (chance(5)) {
        comparison.reach = Reach::AnyCase;
    } else if (inside == Inside::Event && chance(5)) {
        comparison.path = event::FieldPath(pick(partPaths));
        comparison.field.reset();
    }
    const bool comparesFields = comparison.op == Operator::Eq || comparison.op == Operator::Ne
        || comparison.op == Operator::Co || comparison.op == Operator::Sw || comparison.op == Operator::Ew;
    if (comparesFields && chance(8)) {
        comparison.other = event::FieldPath(inside == Inside::Event ? chance(60) ? pick(eventPaths) : pick(listPaths)
                : chance(70) ? pick(memberPaths)
                                                                    : pick(objectPaths));
        return make(std::move(comparison));
    }
    comparison.caseSensitive = chance(5);
    const bool isList = comparison.op == Operator::In || (comparison.op == Operator::Cidr && chance(30));
    for (auto count = isList ? 1 + m_random() % 4 : 1; comparison.op != Operator::Pr && count > 0; --count) {
        comparison.literals.push_back(literal(comparison.op));
    }
    return make(std::move(comparison));
}

NodePtr RandomFilters::node(int depth, Inside inside)
{
    if (depth == 0 || chance(30)) {
        return comparison(inside);
    }
    const auto kind = m_random() % 10;
    if (kind < 3) {
        return make(Not{node(depth - 1, inside)});
    }
    if (kind < 6) {
        constexpr std::string_view paths[]{"target", "target", "target", "request.ipChain", "actor", "detailEntry"};
        const auto path = pick(paths);
        const bool isTarget = inside == Inside::Event && path == "target";
        // Often half of it in columns, which is where it is easy to go wrong.
        NodePtr inner = isTarget && chance(40) ? make(And{{comparison(Inside::Target), comparison(Inside::Other)}})
                                               : node(depth - 1, isTarget ? Inside::Target : Inside::Other);
        return make(ElementMatch{event::FieldPath(path), std::move(inner)});
    }
    std::vector<NodePtr> terms;
    for (auto count = chance(3) ? 0 : 1 + m_random() % 3; count > 0; --count) {
        terms.push_back(node(depth - 1, inside));
    }
    return kind < 8 ? make(And{std::move(terms)}) : make(Or{std::move(terms)});
}

std::shared_ptr<const ProfileIndex> RandomFilters::profiles()
{
    auto index = std::make_shared<ProfileIndex>();
    for (const std::string_view id : texts) {
        if (chance(70)) {
            index->add(std::string(id),
                object({{"id", event::quoteJson(id)}, {"status", value()},
                    {"profile",
                        oddly(object({{"department", value()}, {"tags", "[" + value() + "," + value() + "]"},
                            {"nested", oddly(object({{"inner", value()}}))}}))}}));
        }
    }
    return index;
}

NodePtr RandomFilters::expression()
{
    return node(static_cast<int>(m_random() % 4), Inside::Event);
}
