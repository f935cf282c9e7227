// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/PantherMembers.h"

#include "event/JsonScan.h"

namespace octotrail::exchange {

namespace {

constexpr std::string_view space = " \t\r\n";

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
        const std::size_t colon = json.find_first_not_of(space, event::afterJsonString(json, key));
        at = colon == std::string_view::npos ? json.size() : event::afterJsonValue(json, colon + 1);
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
