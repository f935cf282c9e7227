// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Unfold.h"

#include <QCoreApplication>
#include <algorithm>

namespace octotrail::event {

namespace {

constexpr std::size_t longestText = 256U << 10U;
constexpr int deepest = 8; ///< texts in texts, maps in maps
constexpr std::size_t mostParts = 2000;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool isEnclosed(std::string_view text, char open, char close)
{
    return text.size() >= 2 && text.front() == open && text.back() == close;
}

/// The parts between commas that stand in no bracket. nullopt if brackets do not go together.
std::optional<std::vector<std::string_view>> splitAtCommas(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth < 0 || parts.size() > mostParts) {
            return std::nullopt;
        }
        if (depth == 0 && c == ',' && i + 1 < text.size() && text[i + 1] == ' ') {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 2;
        }
    }
    if (depth != 0) {
        return std::nullopt;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

JsonNode printedValue(std::string_view text, int depth);

std::optional<JsonNode> printedMap(std::string_view text, int depth)
{
    if (depth > deepest || !isEnclosed(text, '{', '}')) {
        return std::nullopt;
    }
    JsonNode map;
    map.kind = JsonNode::Kind::Object;
    const std::string_view inside = text.substr(1, text.size() - 2);
    if (trimmed(inside).empty()) {
        return map;
    }
    const auto parts = splitAtCommas(inside);
    if (!parts) {
        return std::nullopt;
    }
    std::vector<std::pair<std::string_view, std::string_view>> entries;
    for (const std::string_view part : *parts) {
        const std::size_t equals = part.find('=');
        const std::size_t bracket = part.find_first_of("{[");
        if (equals != std::string_view::npos && equals > 0 && equals < bracket) {
            entries.emplace_back(part.substr(0, equals), part.substr(equals + 1));
        } else if (!entries.empty()) {
            // A comma that is part of the value before: reasons=Anomalous Location, New Device
            std::string_view &value = entries.back().second;
            value = std::string_view(value.data(), static_cast<std::size_t>(part.data() + part.size() - value.data()));
        } else {
            return std::nullopt;
        }
    }
    for (const auto &[key, value] : entries) {
        JsonNode node = printedValue(value, depth + 1);
        node.key = key;
        map.children.push_back(std::move(node));
    }
    return map;
}

JsonNode printedValue(std::string_view text, int depth)
{
    if (auto map = printedMap(text, depth)) {
        return std::move(*map);
    }
    JsonNode node;
    if (depth <= deepest && isEnclosed(text, '[', ']')) {
        if (const auto parts = splitAtCommas(text.substr(1, text.size() - 2))) {
            node.kind = JsonNode::Kind::Array;
            for (const std::string_view part : *parts) {
                if (!part.empty() || parts->size() > 1) {
                    JsonNode element = printedValue(part, depth + 1);
                    element.key = std::to_string(node.children.size());
                    node.children.push_back(std::move(element));
                }
            }
            return node;
        }
    }
    node.kind = JsonNode::Kind::String;
    node.text = text;
    return node;
}

void unfold(JsonNode &node, bool isDebugData, int depth)
{
    if (node.kind == JsonNode::Kind::String) {
        const std::string_view text = trimmed(node.text);
        if (depth > deepest || text.size() > longestText
            || (!isEnclosed(text, '{', '}') && !isEnclosed(text, '[', ']'))) {
            return;
        }
        auto tree = readTree(text);
        if (!tree && isDebugData) {
            tree = readPrintedMap(text);
        }
        if (tree && !tree->children.empty()) {
            node.children = std::move(tree->children);
            for (JsonNode &child : node.children) {
                unfold(child, isDebugData, depth + 1);
            }
        }
        return;
    }
    for (JsonNode &child : node.children) {
        unfold(child, isDebugData || child.key == "debugData", depth);
    }
}

} // namespace

Result<JsonNode> readPrintedMap(std::string_view text)
{
    if (auto map = printedMap(trimmed(text), 0)) {
        return std::move(*map);
    }
    return failure(ErrorKind::InvalidInput, QCoreApplication::translate("Unfold", "This is no printed map."));
}

void unfoldTexts(JsonNode &root)
{
    unfold(root, false, 0);
}

} // namespace octotrail::event
