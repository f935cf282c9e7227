// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace octotrail::event {

/// Takes JSON token by token, without copies and without a tree, for those who go through many events. It knows tokens
/// only: their order is for the caller to check. Whether a string is UTF-8 is not looked at, nor whether its escapes
/// are any: that only readTree() tells of strings that are not plain. One thread.
class JsonCursor
{
public:
    explicit JsonCursor(std::string_view json)
        : m_json(json)
    { }

    /// The next byte that is no white space, not taken; 0 at the end.
    char next();
    /// Whether this is the next byte that is no white space; then it is taken.
    bool take(char c);

    /// What stands between the quotes, as it is written; nothing if there is no string, or one that is not closed or
    /// has control characters.
    std::optional<std::string_view> takeString();
    /// Of the string taken last: neither escapes nor bytes beyond ASCII.
    bool isPlain() const { return m_isPlain; }
    /// true, false, null, or a number; nothing if it is another word.
    std::optional<std::string_view> takeWord();

private:
    std::string_view m_json;
    std::size_t m_at = 0;
    bool m_isPlain = true;
};

/// As JSON has it: -0.5e+10, and neither 192.0.2.9 nor 007.
bool isJsonNumber(std::string_view text);

} // namespace octotrail::event
