// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Envelope.h"

#include <algorithm>
#include <array>

namespace octotrail::exchange {

namespace {

constexpr std::array<std::string_view, 7> names{"hits", "results", "events", "records", "Records", "data", "value"};

} // namespace

std::optional<std::size_t> envelopeArray(std::string_view textStart)
{
    std::optional<std::size_t> found;
    std::string_view lastString;
    int objects = 0;
    int arrays = 0;
    for (std::size_t at = 0; at < textStart.size(); ++at) {
        switch (textStart[at]) {
        case '"': {
            const std::size_t begin = at + 1;
            for (++at; at < textStart.size() && textStart[at] != '"'; ++at) {
                at += textStart[at] == '\\' ? 1 : 0;
            }
            lastString = at < textStart.size() ? textStart.substr(begin, at - begin) : std::string_view{};
            break;
        }
        case '{':
            ++objects;
            break;
        case '}':
            if (--objects == 0 && arrays == 0) {
                return std::nullopt; // it ends here, and can be read as it is
            }
            break;
        case '[':
            if (objects == 0) {
                return std::nullopt;
            }
            if (arrays++ == 0 && !found && std::ranges::find(names, lastString) != names.end()) {
                found = at;
            }
            break;
        case ']':
            --arrays;
            break;
        default:
            break;
        }
    }
    return found;
}

} // namespace octotrail::exchange
