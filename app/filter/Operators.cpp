// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Operators.h"

#include <algorithm>
#include <array>
#include <utility>

namespace octotrail::filter::operators {

namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 13> names{
    "eq", "ne", "co", "sw", "ew", "pr", "gt", "ge", "lt", "le", "in", "re", "cidr"};
static_assert(names[static_cast<std::size_t>(Operator::Pr)] == "pr");
static_assert(names[static_cast<std::size_t>(Operator::Cidr)] == "cidr");

/// What other languages call it.
constexpr auto synonyms = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"=", "eq"},
    {"==", "eq"},
    {"===", "eq"},
    {"is", "eq"},
    {"equal", "eq"},
    {"equals", "eq"},
    {":", "eq"},
    {"!=", "ne"},
    {"<>", "ne"},
    {"!==", "ne"},
    {"neq", "ne"},
    {"isnt", "ne"},
    {"noteq", "ne"},
    {"notequals", "ne"},
    {"contains", "co"},
    {"contain", "co"},
    {"has", "co"},
    {"like", "co"},
    {"ilike", "co"},
    {"includes", "co"},
    {"startswith", "sw"},
    {"starts", "sw"},
    {"beginswith", "sw"},
    {"begins", "sw"},
    {"prefix", "sw"},
    {"endswith", "ew"},
    {"ends", "ew"},
    {"suffix", "ew"},
    {"exists", "pr"},
    {"exist", "pr"},
    {"present", "pr"},
    {">", "gt"},
    {">=", "ge"},
    {"=>", "ge"},
    {"gte", "ge"},
    {"after", "gt"},
    {"<", "lt"},
    {"<=", "le"},
    {"=<", "le"},
    {"lte", "le"},
    {"before", "lt"},
    {"~", "re"},
    {"=~", "re"},
    {"~=", "re"},
    {"matches", "re"},
    {"match", "re"},
    {"regex", "re"},
    {"regexp", "re"},
    {"rlike", "re"},
    {"subnet", "cidr"},
    {"network", "cidr"},
    {"net", "cidr"},
    {"within", "cidr"},
    {"innetwork", "cidr"},
    {"&&", "and"},
    {"&", "and"},
    {"||", "or"},
    {"|", "or"},
    {"!", "not"},
});

/// Whether one letter more, less, changed or swapped with its neighbour makes a into b.
bool isNear(std::string_view a, std::string_view b)
{
    if (a.size() > b.size()) {
        std::swap(a, b);
    }
    if (b.size() - a.size() > 1) {
        return false;
    }
    const auto start = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    const auto restA = a.substr(start);
    const auto restB = b.substr(start);
    if (a.size() < b.size()) {
        return restA == restB.substr(1);
    }
    if (restA.empty() || restA.substr(1) == restB.substr(1)) {
        return true;
    }
    return restA.size() > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA.substr(2) == restB.substr(2);
}

} // namespace

std::string_view name(Operator op)
{
    return names[static_cast<std::size_t>(op)];
}

bool comparesFields(Operator op)
{
    return op == Operator::Eq || op == Operator::Ne || op == Operator::Co || op == Operator::Sw || op == Operator::Ew;
}

std::string lower(std::string_view ascii)
{
    std::string text(ascii);
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

std::optional<Operator> fromName(std::string_view word)
{
    const auto found = std::ranges::find(names, lower(word));
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Operator>(found - names.begin());
}

std::string_view guess(std::string_view word)
{
    const std::string wanted = lower(word);
    const auto synonym = std::ranges::find(synonyms, wanted, [](const auto &entry) { return entry.first; });
    if (synonym != synonyms.end()) {
        return synonym->second;
    }
    // Most names are two letters long, so that a slip of one is a guess only if it fits no other.
    std::string_view near;
    for (const auto candidate : names) {
        if (isNear(wanted, candidate)) {
            if (!near.empty()) {
                return {};
            }
            near = candidate;
        }
    }
    return near;
}

std::string_view allNames()
{
    static const std::string list = [] {
        std::string text;
        for (std::size_t i = 0; i < names.size(); ++i) {
            text += i == 0 ? "" : i + 1 == names.size() ? " or " : ", ";
            text += names[i];
        }
        return text;
    }();
    return list;
}

} // namespace octotrail::filter::operators
