// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/PantherMembers.h"

namespace octotrail::exchange {

namespace {

constexpr std::string_view space = " \t\r\n";

/// The position after the string that starts at a quote.
std::size_t afterString(std::string_view json, std::size_t at)
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

/// The position of the comma or bracket after the value that starts here.
std::size_t afterValue(std::string_view json, std::size_t at)
{
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = afterString(json, at);
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

} // namespace

std::string withoutPantherMembers(std::string_view json)
{
    std::size_t at = json.find_first_not_of(space);
    if (at == std::string_view::npos || json[at] != '{') {
        return std::string(json);
    }
    std::string rest(json.substr(0, at + 1));
    bool isFirst = true;
    while (true) {
        // Behind the opening bracket, or behind a comma that belongs to the member to come.
        const std::size_t begin = at + 1;
        const std::size_t key = json.find_first_not_of(space, begin);
        if (key == std::string_view::npos || json[key] != '"') {
            at = begin; // an empty object, or no JSON: as it is
            rest += isFirst ? "" : ",";
            break;
        }
        const std::size_t colon = json.find_first_not_of(space, afterString(json, key));
        at = colon == std::string_view::npos ? json.size() : afterValue(json, colon + 1);
        if (!json.substr(key).starts_with("\"p_")) {
            rest += isFirst ? "" : ",";
            rest += json.substr(begin, at - begin);
            isFirst = false;
        }
        if (at >= json.size() || json[at] != ',') {
            break;
        }
    }
    return at < json.size() ? rest.append(json.substr(at)) : rest;
}

} // namespace octotrail::exchange
