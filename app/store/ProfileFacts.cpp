// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileFacts.h"

#include "event/Json.h"

#include <algorithm>

namespace octotrail::store {

using event::JsonNode;

namespace {

const JsonNode *member(const JsonNode &node, std::string_view key)
{
    // Of a key that occurs twice the last one counts.
    const auto hit = std::find_if(
        node.children.rbegin(), node.children.rend(), [&](const JsonNode &child) { return child.key == key; });
    return hit == node.children.rend() ? nullptr : &*hit;
}

std::string textOf(const JsonNode *node)
{
    return node ? node->text : std::string();
}

bool isList(const JsonNode &node)
{
    return node.kind == JsonNode::Kind::Array;
}

void appendTexts(std::string &out, const JsonNode &node)
{
    if (node.children.empty() && !node.text.empty()) {
        out += (out.empty() ? "" : ", ") + node.text;
    }
    for (const JsonNode &child : node.children) {
        appendTexts(out, child);
    }
}

/// jane@acme.example (MANAGED), tom@acme.example
std::string usersText(const JsonNode &users)
{
    std::vector<std::string> texts;
    for (const JsonNode &entry : users.children) {
        const JsonNode *user = member(entry, "user");
        const JsonNode *profile = user ? member(*user, "profile") : nullptr;
        std::string text = profile ? textOf(member(*profile, "login")) : std::string();
        if (text.empty() && user) {
            text = textOf(member(*user, "id"));
        }
        if (const std::string managed = textOf(member(entry, "managementStatus")); !managed.empty()) {
            text += " (" + managed + ")";
        }
        texts.push_back(std::move(text));
    }
    std::ranges::sort(texts);
    std::string all;
    for (const std::string &text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

void collect(const JsonNode &node, const std::string &path, std::vector<std::pair<std::string, std::string>> &facts)
{
    if (node.key == "_links" || node.key == "credentials") {
        return;
    }
    if (path == "_embedded") {
        if (const JsonNode *users = member(node, "users")) {
            facts.emplace_back("users", usersText(*users));
        }
        return;
    }
    if (node.kind == JsonNode::Kind::Object && !node.children.empty()) {
        for (const JsonNode &child : node.children) {
            collect(child, path.empty() ? child.key : path + '.' + child.key, facts);
        }
        return;
    }
    std::string text;
    if (isList(node)) {
        appendTexts(text, node);
    } else {
        text = node.text;
    }
    if (!text.empty() && !path.empty()) {
        facts.emplace_back(path, std::move(text));
    }
}

} // namespace

std::vector<std::pair<std::string, std::string>> profileFacts(std::string_view json)
{
    std::vector<std::pair<std::string, std::string>> facts;
    if (const auto tree = event::readTree(json)) {
        collect(*tree, {}, facts);
    }
    return facts;
}

std::map<std::string, std::string> comparableFacts(std::string_view json)
{
    std::map<std::string, std::string> facts;
    for (auto &[path, text] : profileFacts(json)) {
        if (path != "lastUpdated" && path != "lastLogin") {
            facts.insert_or_assign(std::move(path), std::move(text));
        }
    }
    return facts;
}

std::vector<std::string> userIdsOf(std::string_view device)
{
    std::vector<std::string> ids;
    event::visitValues(device, event::FieldPath("_embedded.users.user.id"), [&](std::string_view id, event::JsonKind) {
        ids.emplace_back(id);
        return true;
    });
    return ids;
}

} // namespace octotrail::store
