// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace octotrail::filter {

/// Comparisons by event::foldCase that fold nothing as long as the text is ASCII, as nearly all of a log is.
/// The second argument is folded already.
bool equalsFolded(std::string_view text, std::string_view folded);
bool startsWithFolded(std::string_view text, std::string_view folded);
bool endsWithFolded(std::string_view text, std::string_view folded);

bool isAscii(std::string_view text);

/// Searches for one text in many.
class FoldedSearch
{
public:
    explicit FoldedSearch(std::string folded);

    const std::string &text() const { return m_text; }

    /// Whether the text, folded, contains the searched one.
    bool isIn(std::string_view text) const;

    /// The same on bytes of which only ASCII letters are folded.
    bool isInBytes(std::string_view bytes) const;

private:
    std::string m_text;
    std::array<std::uint8_t, 256> m_skip{}; ///< how far the search may jump, by the byte below the text's end
};

} // namespace octotrail::filter
