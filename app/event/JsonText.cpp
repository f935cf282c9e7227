// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What looks at JSON as text only, so that bytes stay as they are.
#include "event/Json.h"
#include "event/JsonScan.h"
#include "event/Parsing.h"

#include <QObject>
#include <algorithm>

namespace octotrail::event {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

std::size_t afterJsonString(std::string_view json, std::size_t at)
{
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\') {
            ++at;
        } else if (json[at] == '"') {
            return at + 1;
        }
    }
    return json.size();
}

std::size_t afterJsonValue(std::string_view json, std::size_t at)
{
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = afterJsonString(json, at);
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth-- == 0) {
                return at;
            }
        } else if (c == ',' && depth == 0) {
            return at;
        }
        ++at;
    }
    return at;
}

Result<std::vector<std::string_view>> splitArray(std::string_view json)
{
    json = parsing::trimmed(json);
    if (json.empty() || json.front() != '[') {
        return failure(ErrorKind::Protocol, QObject::tr("A list of events was expected, but this is something else."));
    }
    std::vector<std::string_view> elements;
    std::size_t start = 1;
    int depth = 0;
    for (std::size_t i = 1; i < json.size();) {
        const char c = json[i];
        if (c == '"') {
            i = afterJsonString(json, i);
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth;
        } else if (depth > 0 && (c == '}' || c == ']')) {
            --depth;
        } else if (depth == 0 && (c == ',' || c == ']')) {
            const auto element = parsing::trimmed(json.substr(start, i - start));
            if (!element.empty()) {
                elements.push_back(element);
            }
            start = i + 1;
            if (c == ']') {
                if (start != json.size()) {
                    return failure(
                        ErrorKind::Protocol, QObject::tr("Something follows the end of the list of events."));
                }
                return elements;
            }
        }
        ++i;
    }
    return failure(ErrorKind::Protocol, QObject::tr("The list of events ends too early: the answer was cut off."));
}

std::string prettyPrint(std::string_view json)
{
    if (!readTree(json)) {
        return std::string(json);
    }
    std::string pretty;
    pretty.reserve(json.size() * 2);
    std::size_t depth = 0;
    constexpr std::size_t maxIndent = 64;
    const auto newLine = [&] {
        pretty += '\n';
        pretty.append(2 * std::min(depth, maxIndent), ' ');
    };
    for (std::size_t i = 0; i < json.size();) {
        const char c = json[i];
        if (c == '"') {
            const auto end = afterJsonString(json, i);
            pretty.append(json.substr(i, end - i));
            i = end;
            continue;
        }
        ++i;
        if (isSpace(c)) {
            continue;
        }
        if (c == '{' || c == '[') {
            while (i < json.size() && isSpace(json[i])) {
                ++i;
            }
            pretty += c;
            if (i < json.size() && (json[i] == '}' || json[i] == ']')) {
                pretty += json[i++];
            } else {
                ++depth;
                newLine();
            }
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
            newLine();
            pretty += c;
        } else if (c == ',') {
            pretty += c;
            newLine();
        } else if (c == ':') {
            pretty += ": ";
        } else {
            pretty += c;
        }
    }
    return pretty;
}

std::string quoteJson(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            quoted += "\\\"";
            break;
        case '\\':
            quoted += "\\\\";
            break;
        case '\n':
            quoted += "\\n";
            break;
        case '\r':
            quoted += "\\r";
            break;
        case '\t':
            quoted += "\\t";
            break;
        default:
            if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
                quoted += "\\u00";
                quoted += hex[byte >> 4];
                quoted += hex[byte & 15];
            } else {
                quoted += c;
            }
        }
    }
    return quoted + '"';
}

} // namespace octotrail::event
