// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Rebuilding.h"

#include "event/Json.h"

#include <array>

namespace octotrail::exchange {

namespace {

using event::JsonNode;
using Kind = JsonNode::Kind;

/// Deeper than any event of Okta's.
constexpr int deepest = 32;

const JsonNode *member(const JsonNode &object, std::string_view key)
{
    for (const JsonNode &child : object.children) {
        if (object.kind == Kind::Object && child.key == key) {
            return &child;
        }
    }
    return nullptr;
}

/// Elastic's names that are not Okta's in another spelling.
std::string oktaName(std::string_view parent, std::string_view key)
{
    if (parent == "client" && key == "ip") {
        return "ipAddress";
    }
    return camelCase(key);
}

void appendValue(std::string &json, const JsonNode &node, std::string_view name);

void appendMember(std::string &json, std::string_view name, const JsonNode &value)
{
    if (json.back() != '{') {
        json += ',';
    }
    json += event::quoteJson(name);
    json += ':';
    appendValue(json, value, name);
}

/// as.number and as.organization.name are asNumber and asOrg at Okta.
void appendAutonomousSystem(std::string &json, const JsonNode &as)
{
    if (const JsonNode *number = member(as, "number")) {
        appendMember(json, "asNumber", *number);
    }
    const JsonNode *organization = member(as, "organization");
    if (const JsonNode *name = organization ? member(*organization, "name") : nullptr) {
        appendMember(json, "asOrg", *name);
    }
}

void appendMembers(std::string &json, const JsonNode &object, std::string_view name)
{
    // What Elastic kept under Okta's own names goes before what it renamed.
    const JsonNode *flattened = name == "debugData" ? member(object, "flattened") : nullptr;
    if (flattened && flattened->kind == Kind::Object) {
        for (const JsonNode &child : flattened->children) {
            appendMember(json, child.key, child);
        }
        return;
    }
    for (const JsonNode &child : object.children) {
        if (name == "securityContext" && child.key == "as" && child.kind == Kind::Object) {
            appendAutonomousSystem(json, child);
        } else {
            appendMember(json, oktaName(name, child.key), child);
        }
    }
}

void appendValue(std::string &json, const JsonNode &node, std::string_view name)
{
    switch (node.kind) {
    case Kind::Null:
        json += "null";
        break;
    case Kind::String:
        json += event::quoteJson(node.text);
        break;
    case Kind::Number:
    case Kind::Boolean:
        json += node.text;
        break;
    case Kind::Object:
        json += '{';
        appendMembers(json, node, name);
        json += '}';
        break;
    case Kind::Array: {
        const char *separator = "";
        json += '[';
        for (const JsonNode &child : node.children) {
            json += separator;
            separator = ",";
            appendValue(json, child, name);
        }
        json += ']';
        break;
    }
    }
}

} // namespace

std::string camelCase(std::string_view name)
{
    std::string result;
    bool upper = false;
    for (const char c : name) {
        if (c == '_' && !result.empty()) {
            upper = true;
        } else {
            result += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            upper = false;
        }
    }
    return result;
}

std::string rebuiltMember(std::string_view from)
{
    return "\"_octotrail\":{\"rebuiltFrom\":" + event::quoteJson(from) + "}";
}

std::optional<std::string> rebuildFromElastic(std::string_view json)
{
    const auto document = event::readTree(json, deepest);
    if (!document) {
        return std::nullopt;
    }
    const JsonNode *okta = member(*document, "okta");
    const JsonNode *time = member(*document, "@timestamp");
    if (!okta || !time || time->kind != Kind::String || !member(*okta, "uuid") || !member(*okta, "event_type")) {
        return std::nullopt;
    }
    std::string event = "{";
    appendMembers(event, *okta, {});
    if (!member(*okta, "published")) {
        appendMember(event, "published", *time);
    }
    return event + ',' + rebuiltMember("Elastic's fields") + '}';
}

} // namespace octotrail::exchange
