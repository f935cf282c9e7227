// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Json.h"
#include "event/JsonCursor.h"

#include "event/JsonScan.h"
#include "event/Parsing.h"

#include <algorithm>
#include <span>

namespace octotrail::event {

namespace {

using parsing::Lease;
namespace ondemand = simdjson::ondemand;

/// Deeper than this nothing is looked at: Okta's events are some six levels deep, and the stack is finite.
constexpr int maxDepth = 256;

struct Found
{
    std::string text;
    JsonKind kind;
};

/// Calls use with each element of an array while it returns true. Whether it always did, and all could be read.
template <class Use>
bool eachElement(ondemand::value value, const Use &use)
{
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) {
        return false;
    }
    for (auto element : array) {
        ondemand::value item;
        if (element.get(item) != simdjson::SUCCESS || !use(item)) {
            return false;
        }
    }
    return true;
}

/// Collects what the path names below value. Errors of the JSON end the walk; what was found stays.
void collect(ondemand::value value, std::span<const std::string> path, std::vector<Found> &found, int depth)
{
    ondemand::json_type type{};
    if (depth > maxDepth || value.type().get(type) != simdjson::SUCCESS) {
        return;
    }
    if (type == ondemand::json_type::array) {
        eachElement(value, [&](ondemand::value item) {
            collect(item, path, found, depth + 1);
            return true;
        });
        return;
    }
    if (path.empty()) {
        Found entry;
        if (const auto kind = parsing::appendText(value, entry.text)) {
            entry.kind = *kind;
            found.push_back(std::move(entry));
        }
        return;
    }
    ondemand::object object;
    if (type != ondemand::json_type::object || value.get_object().get(object) != simdjson::SUCCESS) {
        return;
    }
    const auto before = found.size();
    for (auto member : object) {
        std::string_view key;
        if (member.unescaped_key().get(key) != simdjson::SUCCESS) {
            return;
        }
        if (key != path.front()) {
            continue;
        }
        ondemand::value item;
        if (member.value().get(item) != simdjson::SUCCESS) {
            return;
        }
        found.resize(before); // of a key that occurs twice the last one counts
        collect(item, path.subspan(1), found, depth + 1);
    }
}

std::vector<Found> valuesAt(std::string_view json, const FieldPath &path)
{
    std::vector<Found> found;
    Lease lease(json);
    ondemand::value root;
    if (lease.root().get(root) == simdjson::SUCCESS) {
        collect(root, path.segments(), found, 0);
    }
    return found;
}

/// What a JSON string says; empty if it is none.
std::string unquoted(std::string_view text)
{
    // A document has to be more than a string to be walked.
    const std::vector<Found> found = valuesAt("[" + std::string(text) + "]", FieldPath());
    return found.size() == 1 ? found.front().text : std::string();
}

bool equalInAnyCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string joined(std::span<const std::string> path)
{
    std::string text;
    for (const auto &segment : path) {
        text += (text.empty() ? "" : ".") + segment;
    }
    return text;
}

/// As collect(), with names in any case.
void collectInAnyCase(ondemand::value value, std::span<const std::string> path, std::vector<Found> &found, int depth)
{
    ondemand::json_type type{};
    if (depth > maxDepth || value.type().get(type) != simdjson::SUCCESS) {
        return;
    }
    if (path.empty()) {
        collect(value, path, found, depth);
        return;
    }
    if (type == ondemand::json_type::array) {
        eachElement(value, [&](ondemand::value item) {
            collectInAnyCase(item, path, found, depth + 1);
            return true;
        });
        return;
    }
    ondemand::object object;
    if (type != ondemand::json_type::object || value.get_object().get(object) != simdjson::SUCCESS) {
        return;
    }
    const std::string whole = path.size() > 1 ? joined(path) : std::string();
    std::vector<Found> exact;
    std::vector<Found> inAnyCase;
    bool isExact = false;
    for (auto member : object) {
        std::string_view key;
        if (member.unescaped_key().get(key) != simdjson::SUCCESS) {
            break;
        }
        const bool isName = equalInAnyCase(key, path.front());
        if (!isName && (whole.empty() || !equalInAnyCase(key, whole))) {
            continue;
        }
        const bool isThis = key == path.front() || key == whole;
        ondemand::value item;
        if (member.value().get(item) != simdjson::SUCCESS) {
            break;
        }
        std::vector<Found> &into = isThis ? exact : inAnyCase;
        isExact = isExact || isThis;
        into.clear();
        collectInAnyCase(item, isName ? path.subspan(1) : path.subspan(path.size()), into, depth + 1);
    }
    std::ranges::move(isExact ? exact : inAnyCase, std::back_inserter(found));
}

bool visitTextsBelow(ondemand::value value, const std::function<bool(std::string_view)> &visit, int depth)
{
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return true;
    }
    if (type == ondemand::json_type::array && depth < maxDepth) {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            return true;
        }
        for (auto element : array) {
            ondemand::value item;
            if (element.get(item) != simdjson::SUCCESS) {
                return true;
            }
            if (!visitTextsBelow(item, visit, depth + 1)) {
                return false;
            }
        }
        return true;
    }
    if (type == ondemand::json_type::object && depth < maxDepth) {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return true;
        }
        for (auto member : object) {
            ondemand::value item;
            if (member.error() != simdjson::SUCCESS || member.value().get(item) != simdjson::SUCCESS) {
                return true;
            }
            if (!visitTextsBelow(item, visit, depth + 1)) {
                return false;
            }
        }
        return true;
    }
    std::string text;
    return !parsing::appendText(value, text) || visit(text);
}

/// Goes through all below value, which belongs to a member of the name. False where something cannot be read.
bool visitMembersBelow(ondemand::value value, std::string_view name,
    const std::function<void(std::string_view, std::string_view, JsonKind)> &visit, std::string &text, int depth)
{
    ondemand::json_type type{};
    if (depth > maxDepth || value.type().get(type) != simdjson::SUCCESS) {
        return false;
    }
    if (type == ondemand::json_type::array) {
        return eachElement(
            value, [&](ondemand::value item) { return visitMembersBelow(item, name, visit, text, depth + 1); });
    }
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return false;
        }
        visit(name, {}, JsonKind::Object);
        for (auto member : object) {
            std::string_view key;
            ondemand::value item;
            if (member.unescaped_key().get(key) != simdjson::SUCCESS || member.value().get(item) != simdjson::SUCCESS
                || !visitMembersBelow(item, key, visit, text, depth + 1)) {
                return false;
            }
        }
        return true;
    }
    text.clear();
    if (const auto kind = parsing::appendText(value, text)) {
        visit(name, text, *kind);
        return true;
    }
    return type == ondemand::json_type::null;
}

JsonNode::Kind nodeKind(ondemand::json_type type)
{
    switch (type) {
    case ondemand::json_type::array:
        return JsonNode::Kind::Array;
    case ondemand::json_type::object:
        return JsonNode::Kind::Object;
    case ondemand::json_type::string:
        return JsonNode::Kind::String;
    case ondemand::json_type::number:
        return JsonNode::Kind::Number;
    case ondemand::json_type::boolean:
        return JsonNode::Kind::Boolean;
    case ondemand::json_type::null:
        break;
    }
    return JsonNode::Kind::Null;
}

simdjson::error_code readNode(ondemand::value value, JsonNode &node, int depthLeft)
{
    ondemand::json_type type{};
    if (const auto error = value.type().get(type)) {
        return error;
    }
    node.kind = nodeKind(type);
    const bool isContainer = node.kind == JsonNode::Kind::Array || node.kind == JsonNode::Kind::Object;
    if (depthLeft <= 0 || !isContainer) {
        const bool isNull = node.kind == JsonNode::Kind::Null && parsing::trimmed(value.raw_json_token()) == "null";
        const auto kind = parsing::appendText(value, node.text);
        // What a word or a number looks like at its first letter it need not be to its last.
        const bool isSound = isContainer || isNull || (kind && (*kind != JsonKind::Number || isJsonNumber(node.text)));
        return isSound ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
    }
    if (node.kind == JsonNode::Kind::Array) {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) {
            return error;
        }
        for (auto element : array) {
            ondemand::value item;
            if (const auto error = element.get(item)) {
                return error;
            }
            JsonNode &child = node.children.emplace_back();
            child.key = std::to_string(node.children.size() - 1);
            if (const auto error = readNode(item, child, depthLeft - 1)) {
                return error;
            }
        }
        return simdjson::SUCCESS;
    }
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) {
        return error;
    }
    for (auto member : object) {
        std::string_view key;
        if (const auto error = member.unescaped_key().get(key)) {
            return error;
        }
        JsonNode &child = node.children.emplace_back();
        child.key = key;
        ondemand::value item;
        if (const auto error = member.value().get(item)) {
            return error;
        }
        if (const auto error = readNode(item, child, depthLeft - 1)) {
            return error;
        }
    }
    return simdjson::SUCCESS;
}

} // namespace

FieldPath::FieldPath(std::string_view dotted)
{
    while (true) {
        const bool isQuoted = dotted.starts_with('"');
        const auto end = std::min(isQuoted ? afterJsonString(dotted, 0) : dotted.find('.'), dotted.size());
        auto segment = isQuoted ? unquoted(dotted.substr(0, end)) : std::string(dotted.substr(0, end));
        const bool isLast = end == dotted.size();
        if (segment.empty() || (!isLast && dotted[end] != '.')) {
            m_segments.clear();
            return;
        }
        m_segments.push_back(std::move(segment));
        if (isLast) {
            return;
        }
        dotted.remove_prefix(end + 1);
    }
}

FieldPath::FieldPath(std::vector<std::string> segments)
    : m_segments(std::move(segments))
{ }

std::string FieldPath::toString() const
{
    std::string dotted;
    for (const auto &segment : m_segments) {
        if (!dotted.empty()) {
            dotted += '.';
        }
        dotted += segment;
    }
    return dotted;
}

void visitValues(std::string_view json, const FieldPath &path,
    const std::function<bool(std::string_view text, JsonKind kind)> &visit)
{
    for (const Found &found : valuesAt(json, path)) {
        if (!visit(found.text, found.kind)) {
            return;
        }
    }
}

void visitValuesInAnyCase(std::string_view json, const FieldPath &path,
    const std::function<bool(std::string_view text, JsonKind kind)> &visit)
{
    std::vector<Found> values;
    {
        Lease lease(json);
        ondemand::value root;
        if (lease.root().get(root) == simdjson::SUCCESS) {
            collectInAnyCase(root, path.segments(), values, 0);
        }
    }
    for (const Found &found : values) {
        if (!visit(found.text, found.kind)) {
            return;
        }
    }
}

void visitObjects(std::string_view json, const FieldPath &path, const std::function<bool(std::string_view json)> &visit)
{
    for (const Found &found : valuesAt(json, path)) {
        if (found.kind == JsonKind::Object && !visit(found.text)) {
            return;
        }
    }
}

void visitTexts(std::string_view json, const std::function<bool(std::string_view text)> &visit)
{
    Lease lease(json);
    ondemand::value root;
    if (lease.root().get(root) != simdjson::SUCCESS) {
        visit(json);
        return;
    }
    visitTextsBelow(root, visit, 0);
}

bool visitMembers(std::string_view json,
    const std::function<void(std::string_view name, std::string_view text, JsonKind kind)> &visit)
{
    Lease lease(json);
    ondemand::value root;
    std::string text;
    return lease.root().get(root) == simdjson::SUCCESS && visitMembersBelow(root, {}, visit, text, 0);
}

Result<JsonNode> readTree(std::string_view json, int depth)
{
    Lease lease(json);
    JsonNode tree;
    ondemand::value root;
    auto error = lease.root().get(root);
    if (!error) {
        error = readNode(root, tree, std::min(depth, maxDepth));
    }
    if (error) {
        return failure(ErrorKind::InvalidInput,
            QStringLiteral("This is not valid JSON: %1.").arg(QString::fromUtf8(simdjson::error_message(error))));
    }
    return tree;
}

} // namespace octotrail::event
