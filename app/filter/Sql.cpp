// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Sql.h"

#include "filter/IdSet.h"
#include "filter/Leaf.h"
#include "filter/Numbers.h"
#include "filter/ProfileIndex.h"
#include "filter/Relaxation.h"
#include "filter/SqlLiterals.h"
#include "filter/SqlText.h"
#include "filter/Tree.h"

#include <functional>

namespace octotrail::filter {

namespace {

using event::FieldType;

std::string_view symbol(Operator op)
{
    switch (op) {
    case Operator::Gt:
        return " > ";
    case Operator::Ge:
        return " >= ";
    case Operator::Lt:
        return " < ";
    case Operator::Le:
        return " <= ";
    default:
        return " = ";
    }
}

/// Writes a tree of which every comparison is in columns. Each part that it writes is true or false, never NULL, so
/// that SQL's not is ours.
class Writer
{
public:
    /// isPlain: literals stand in the text, and no function of the store's is called if it can be helped.
    explicit Writer(const ProfileIndex *profiles, bool isPlain = false)
        : m_profiles(profiles)
        , m_isPlain(isPlain)
    { }

    void write(const Node &node, Scope scope);

    std::string text;
    std::vector<SqlValue> parameters;
    bool needsFunctions = false; ///< although isPlain

private:
    void writeTerms(const std::vector<NodePtr> &terms, Scope scope, std::string_view word, std::string_view none);
    void writeElement(const ElementMatch &element);
    void writeLeaf(const Leaf &leaf, Scope scope);
    void writeOnValue(const Leaf &leaf);
    void writePair(const Leaf &leaf);
    void writePresence(const Leaf &leaf);
    void writeValue(const Leaf &leaf);
    void writeFolded(const Leaf &leaf, bool isCaseSensitive);
    void writeParameter(SqlValue value);
    void writeProfileTest(const Leaf &leaf, const std::function<bool(std::string_view)> &wants);

    void writeTest(const Leaf &leaf, const EqualsTest &test);
    void writeTest(const Leaf &leaf, const PartTest &test);
    void writeTest(const Leaf &leaf, const OrderTest &test);
    void writeTest(const Leaf &leaf, const NumberTest &test);
    void writeTest(const Leaf &leaf, const IntegerTest &test);
    void writeTest(const Leaf &leaf, const BooleanTest &test);
    void writeTest(const Leaf &leaf, const TimeTest &test);
    void writeTest(const Leaf &leaf, const RegexTest &test);
    void writeTest(const Leaf &leaf, const NetworkTest &test);

    /// Writes between the brackets of a predicate on some element of the list of targets.
    template <class WriteInner>
    void writeAnyTarget(const WriteInner &writeInner)
    {
        text += "coalesce(len(list_filter(\"target\", lambda element: ";
        writeInner();
        text += ")) > 0, false)";
    }

    const ProfileIndex *m_profiles;
    bool m_isPlain;
};

void Writer::writeParameter(SqlValue value)
{
    if (m_isPlain) {
        text += sqltext::literal(value);
        return;
    }
    text += '?';
    parameters.push_back(std::move(value));
}

void Writer::writeValue(const Leaf &leaf)
{
    switch (leaf.source) {
    case Leaf::Source::Field:
        if (leaf.timePart) {
            text += "date_part('";
            text += tree::timePartNames[*leaf.timePart];
            text += "', ";
        }
        text += '"';
        text += event::fields()[leaf.field].path;
        text += '"';
        text += leaf.timePart ? ")" : "";
        break;
    case Leaf::Source::TargetMember:
        text += "struct_extract(element, '";
        text += event::targetMembers[leaf.member];
        text += "')";
        break;
    case Leaf::Source::DebugData:
        text += "map_extract_value(\"debugData\", ";
        writeParameter(leaf.key);
        text += ')';
        break;
    case Leaf::Source::Profile: // has a test of its own
    case Leaf::Source::Json: // never asked for: relax() has taken them out
    case Leaf::Source::Anywhere:
        text += "NULL";
        break;
    }
}

void Writer::writeFolded(const Leaf &leaf, bool isCaseSensitive)
{
    text += isCaseSensitive ? "" : "lower(";
    writeValue(leaf);
    text += isCaseSensitive ? "" : ")";
}

void Writer::writeTest(const Leaf &leaf, const EqualsTest &test)
{
    writeFolded(leaf, test.isCaseSensitive);
    if (test.texts.size() == 1) {
        text += " = ";
        writeParameter(test.texts.front());
        return;
    }
    std::string_view separator = " IN (";
    for (const std::string &candidate : test.texts) {
        text += separator;
        writeParameter(candidate);
        separator = ", ";
    }
    text += ')';
}

void Writer::writeTest(const Leaf &leaf, const PartTest &test)
{
    text += test.op == Operator::Sw ? "starts_with(" : test.op == Operator::Ew ? "ends_with(" : "contains(";
    writeFolded(leaf, test.isCaseSensitive);
    text += ", ";
    writeParameter(test.part.text());
    text += ')';
}

void Writer::writeTest(const Leaf &leaf, const OrderTest &test)
{
    writeValue(leaf);
    text += symbol(test.op);
    writeParameter(test.text);
}

void Writer::writeTest(const Leaf &leaf, const NumberTest &test)
{
    if (leaf.type != FieldType::Text) {
        text += "CAST(";
        writeValue(leaf);
        text += " AS DOUBLE)";
        text += symbol(test.op);
        writeParameter(test.value);
        return;
    }
    text += "CASE WHEN regexp_full_match(";
    writeValue(leaf);
    text += ", '";
    text += jsonNumberPattern;
    text += "') THEN TRY_CAST(";
    writeValue(leaf);
    text += " AS DOUBLE)";
    text += symbol(test.op);
    writeParameter(test.value);
    text += " ELSE false END";
}

void Writer::writeTest(const Leaf &leaf, const IntegerTest &test)
{
    writeValue(leaf);
    text += symbol(test.op);
    writeParameter(test.value);
}

void Writer::writeTest(const Leaf &leaf, const BooleanTest &test)
{
    writeValue(leaf);
    text += " = ";
    writeParameter(test.value);
}

void Writer::writeTest(const Leaf &leaf, const TimeTest &test)
{
    writeValue(leaf);
    text += symbol(test.op);
    writeParameter(test.value);
}

void Writer::writeTest(const Leaf &leaf, const RegexTest &test)
{
    text += "regexp_matches(";
    writeValue(leaf);
    text += ", ";
    writeParameter(test.pattern);
    text += ')';
}

void Writer::writeTest(const Leaf &leaf, const NetworkTest &test)
{
    if (const auto range = m_isPlain ? sqltext::rangeOfNetwork(test.text) : std::nullopt) {
        text += "CASE WHEN regexp_full_match(";
        writeValue(leaf);
        text += R"(, '((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.|$)){4}') THEN )";
        std::string_view separator = "";
        for (int octet = 1; octet <= 4; ++octet) {
            text += separator;
            text += "TRY_CAST(split_part(";
            writeValue(leaf);
            text += ", '.', " + std::to_string(octet) + ") AS BIGINT) * ";
            text += std::to_string(1U << (8 * (4 - octet)));
            separator = " + ";
        }
        text += " BETWEEN " + std::to_string(range->first) + " AND " + std::to_string(range->second);
        text += " ELSE false END";
        return;
    }
    needsFunctions = true;
    text += "in_network(";
    writeValue(leaf);
    text += ", ";
    writeParameter(test.text);
    text += ')';
}

/// Profiles are judged here, and SQL asks only whether an id is among those that passed.
void Writer::writeProfileTest(const Leaf &leaf, const std::function<bool(std::string_view)> &wants)
{
    std::vector<std::string_view> ids;
    if (m_profiles) {
        ids = leaf.profileOf == ProfilePath::Of::Event ? m_profiles->annotatedWith(leaf.path, wants)
                                                       : m_profiles->idsWith(leaf.path, wants);
    }
    // A few are left to DuckDB, which knows where it need not look for them.
    const std::size_t few = m_isPlain ? ids.size() : 8;
    text += ids.size() > few ? "coalesce(in_ids(" : "coalesce(";
    if (leaf.profileOf == ProfilePath::Of::Target) {
        text += "struct_extract(element, 'id')";
    } else {
        text += '"';
        text += event::fields()[leaf.field].path;
        text += '"';
    }
    if (ids.size() > few) {
        text += ", ";
        writeParameter(SqlBlob{packIds(ids)});
        text += "), false)";
        return;
    }
    std::string_view separator = " IN (";
    for (const std::string_view id : ids) {
        text += separator;
        writeParameter(std::string(id));
        separator = ", ";
    }
    text += ids.empty() ? " IN (NULL), false)" : "), false)";
}

void Writer::writePresence(const Leaf &leaf)
{
    if (leaf.source == Leaf::Source::Profile) {
        writeProfileTest(leaf, [](std::string_view value) { return !value.empty(); });
        return;
    }
    text += '(';
    writeValue(leaf);
    text += " IS NOT NULL";
    if (leaf.type == FieldType::Text) {
        text += " AND ";
        writeValue(leaf);
        text += " <> ''";
    }
    text += ')';
}

/// Whether one value, which may be missing, passes one of the tests.
void Writer::writeOnValue(const Leaf &leaf)
{
    if (leaf.tests.empty()) {
        text += "false";
        return;
    }
    if (leaf.source == Leaf::Source::Profile) {
        writeProfileTest(leaf, [&leaf](std::string_view value) { return leaf.passes(value); });
        return;
    }
    // Not coalesce: DuckDB looks through a conjunction for what it can skip.
    text += '(';
    writeValue(leaf);
    std::string_view separator = " IS NOT NULL AND (";
    for (const Test &test : leaf.tests) {
        text += separator;
        std::visit([&](const auto &t) { writeTest(leaf, t); }, test);
        separator = " OR ";
    }
    text += "))";
}

/// Whether one value goes together with one of the other field; either may be missing.
void Writer::writePair(const Leaf &leaf)
{
    text += '(';
    writeValue(leaf);
    text += " IS NOT NULL AND ";
    writeValue(*leaf.other);
    text += " IS NOT NULL AND ";
    const Operator op = leaf.pairTest.op;
    const bool isEqual = op == Operator::Eq;
    text += isEqual ? "" : op == Operator::Sw ? "starts_with(" : op == Operator::Ew ? "ends_with(" : "contains(";
    writeFolded(leaf, leaf.pairTest.isCaseSensitive);
    text += isEqual ? " = " : ", ";
    writeFolded(*leaf.other, leaf.pairTest.isCaseSensitive);
    text += isEqual ? ")" : "))";
}

void Writer::writeLeaf(const Leaf &leaf, Scope scope)
{
    const bool isOfTarget = leaf.source == Leaf::Source::TargetMember
        || (leaf.source == Leaf::Source::Profile && leaf.profileOf == ProfilePath::Of::Target);
    const bool isAnyTarget = scope == Scope::Event && isOfTarget;
    const auto writeAny = [&](const auto &writePart) {
        if (isAnyTarget) {
            writeAnyTarget(writePart);
        } else {
            writePart();
        }
    };
    text += leaf.isNegated ? "NOT (" : "(";
    if (leaf.other) {
        const bool isOverTargets
            = isAnyTarget || (scope == Scope::Event && leaf.other->source == Leaf::Source::TargetMember);
        if (isOverTargets) {
            writeAnyTarget([&] { writePair(leaf); });
        } else {
            writePair(leaf);
        }
        text += ')';
        return;
    }
    if (!leaf.tests.empty() || !leaf.orEmpty) {
        writeAny([&] { writeOnValue(leaf); });
    }
    if (leaf.orEmpty) {
        text += leaf.tests.empty() ? "NOT " : " OR NOT ";
        writeAny([&] { writePresence(leaf); });
    }
    text += ')';
}

void Writer::writeElement(const ElementMatch &element)
{
    writeAnyTarget([&] { write(*element.inner, Scope::Target); });
}

void Writer::writeTerms(const std::vector<NodePtr> &terms, Scope scope, std::string_view word, std::string_view none)
{
    if (terms.empty()) {
        text += none;
        return;
    }
    std::string_view separator = "(";
    for (const NodePtr &term : terms) {
        text += separator;
        write(*term, scope);
        separator = word;
    }
    text += ')';
}

void Writer::write(const Node &node, Scope scope)
{
    if (const auto *comparison = std::get_if<Comparison>(&node.value)) {
        writeLeaf(makeLeaf(*comparison, scope), scope);
    } else if (const auto *element = std::get_if<ElementMatch>(&node.value)) {
        writeElement(*element);
    } else if (const auto *negation = std::get_if<Not>(&node.value)) {
        text += "NOT (";
        write(*negation->term, scope);
        text += ')';
    } else if (const auto *all = std::get_if<And>(&node.value)) {
        writeTerms(all->terms, scope, " AND ", "true");
    } else {
        writeTerms(std::get<Or>(node.value).terms, scope, " OR ", "false");
    }
}

} // namespace

SqlCondition toSql(const Expression &expression, const ProfileIndex *profiles)
{
    const Relaxation relaxed = relax(expression.root(), Scope::Event);
    SqlCondition condition;
    condition.exact = relaxed.isExact;
    if (!relaxed.node) {
        condition.text = "true";
        return condition;
    }
    Writer writer(profiles);
    writer.write(*relaxed.node, Scope::Event);
    condition.text = std::move(writer.text);
    condition.parameters = std::move(writer.parameters);
    return condition;
}

SqlText toSqlText(const Expression &expression, const ProfileIndex *profiles)
{
    SqlText result;
    const NodePtr &root = expression.root();
    const auto *all = root ? std::get_if<And>(&root->value) : nullptr;
    for (const NodePtr &term : all ? all->terms : root ? std::vector{root} : std::vector<NodePtr>()) {
        if (!relax(term, Scope::Event).isExact) {
            result.leftOut.push_back(Expression(term).toString());
        }
    }
    const Relaxation relaxed = relax(root, Scope::Event);
    if (!relaxed.node) {
        result.condition = "true";
        return result;
    }
    Writer writer(profiles, true);
    writer.write(*relaxed.node, Scope::Event);
    result.condition = std::move(writer.text);
    result.needsFunctions = writer.needsFunctions;
    return result;
}

bool inNetwork(std::string_view address, std::string_view network)
{
    const auto parsed = Network::parse(network);
    return parsed && parsed->contains(address);
}

} // namespace octotrail::filter
