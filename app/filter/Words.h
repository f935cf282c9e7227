// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Folding.h"

#include <string>
#include <string_view>
#include <vector>

namespace octotrail::filter {

/// A keyword search made ready. Read-only, so safe to share between threads.
class Words
{
public:
    explicit Words(const std::vector<std::string> &words);

    bool areEmpty() const { return m_words.empty(); }

    /// Whether every word occurs in some value of the document, without regard to case.
    bool areIn(std::string_view json) const;

private:
    struct Word
    {
        FoldedSearch search;
        FoldedSearch part; ///< the longest part that JSON writes as it is: to be sought in the bytes
    };
    bool mayBeIn(std::string_view json) const;

    std::vector<Word> m_words;
};

/// Whether strings in the document may be written in other bytes than their own, so that nothing can be sought in them.
bool hasHiddenLetters(std::string_view json);

/// The same of ASCII letters alone: there is no other way to write these than as they are, but for \u and for the code
/// points outside of ASCII that fold into it.
bool mayHideAscii(std::string_view json);

/// The longest part of the text that JSON writes as it is, if it writes nothing as \u.
std::string plainPart(std::string_view text);

} // namespace octotrail::filter
