// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Words.h"

#include "event/Json.h"
#include "event/Text.h"
#include "filter/Matcher.h"

#include <algorithm>

namespace octotrail::filter {

bool hasHiddenLetters(std::string_view json)
{
    return json.find("\\u") != std::string_view::npos;
}

bool mayHideAscii(std::string_view json)
{
    // The two that fold into ASCII: the Kelvin sign and the capital I with a dot.
    const auto has = [&](std::string_view bytes) { return json.find(bytes) != std::string_view::npos; };
    return hasHiddenLetters(json) || has("\xe2\x84\xaa") || has("\xc4\xb0");
}

std::string plainPart(std::string_view text)
{
    const auto isPlain = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\' && c != '/';
    };
    std::string_view longest;
    while (!text.empty()) {
        const auto start = std::ranges::find_if(text, isPlain);
        text.remove_prefix(static_cast<std::size_t>(start - text.begin()));
        const auto end = std::ranges::find_if_not(text, isPlain);
        const auto part = text.substr(0, static_cast<std::size_t>(end - text.begin()));
        if (part.size() > longest.size()) {
            longest = part;
        }
        text.remove_prefix(part.size());
    }
    return std::string(longest);
}

Words::Words(const std::vector<std::string> &words)
{
    for (const std::string &word : words) {
        if (!word.empty()) {
            std::string folded = event::foldCase(event::toValidUtf8(word));
            FoldedSearch part(plainPart(folded));
            m_words.push_back({FoldedSearch(std::move(folded)), std::move(part)});
        }
    }
    // Long words are rare words.
    std::ranges::stable_sort(m_words, std::ranges::greater(), [](const Word &word) { return word.part.text().size(); });
}

/// Whether the bytes leave a chance; costs a tenth of reading them.
bool Words::mayBeIn(std::string_view json) const
{
    const auto isMissing = [&](const Word &word) { return !word.part.isInBytes(json); };
    return std::ranges::none_of(m_words, isMissing) || mayHideAscii(json);
}

bool Words::areIn(std::string_view json) const
{
    if (!mayBeIn(json)) {
        return false;
    }
    std::vector<const Word *> missing;
    missing.reserve(m_words.size());
    std::ranges::transform(m_words, std::back_inserter(missing), [](const Word &word) { return &word; });
    if (missing.empty()) {
        return true;
    }
    event::visitTexts(json, [&](std::string_view text) {
        const bool needsFolding = !isAscii(text);
        const std::string folded = needsFolding ? event::foldCase(text) : std::string();
        const std::string_view bytes = needsFolding ? std::string_view(folded) : text;
        std::erase_if(missing, [&](const Word *word) { return word->search.isInBytes(bytes); });
        return !missing.empty();
    });
    return missing.empty();
}

bool containsWords(std::string_view json, const std::vector<std::string> &words)
{
    return Words(words).areIn(json);
}

} // namespace octotrail::filter
