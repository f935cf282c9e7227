// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Folding.h"

#include "event/Text.h"

#include <algorithm>
#include <bit>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace octotrail::filter {

namespace {

constexpr auto lowerTable = [] {
    std::array<unsigned char, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
    }
    return table;
}();

unsigned char lower(char c)
{
    return lowerTable[static_cast<unsigned char>(c)];
}

bool isAsciiByte(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

enum class Verdict { Same, Different, Unknown };

/// Compares as far as the shorter one goes; unknown where the text leaves ASCII before they differ.
template <class TextIterator, class FoldedIterator>
Verdict compare(TextIterator text, FoldedIterator folded, std::size_t count)
{
    for (; count > 0; --count, ++text, ++folded) {
        if (!isAsciiByte(*text)) {
            return Verdict::Unknown;
        }
        if (lower(*text) != static_cast<unsigned char>(*folded)) {
            return Verdict::Different;
        }
    }
    return Verdict::Same;
}

} // namespace

bool isAscii(std::string_view text)
{
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, sizeof word);
        if (word & 0x8080808080808080U) {
            return false;
        }
    }
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), isAsciiByte);
}

bool equalsFolded(std::string_view text, std::string_view folded)
{
    switch (compare(text.begin(), folded.begin(), std::min(text.size(), folded.size()))) {
    case Verdict::Same:
        return text.size() == folded.size();
    case Verdict::Different:
        return false;
    case Verdict::Unknown:
        break;
    }
    return event::foldCase(text) == folded;
}

bool startsWithFolded(std::string_view text, std::string_view folded)
{
    switch (compare(text.begin(), folded.begin(), std::min(text.size(), folded.size()))) {
    case Verdict::Same:
        return text.size() >= folded.size();
    case Verdict::Different:
        return false;
    case Verdict::Unknown:
        break;
    }
    return event::foldCase(text).starts_with(folded);
}

bool endsWithFolded(std::string_view text, std::string_view folded)
{
    switch (compare(text.rbegin(), folded.rbegin(), std::min(text.size(), folded.size()))) {
    case Verdict::Same:
        return text.size() >= folded.size();
    case Verdict::Different:
        return false;
    case Verdict::Unknown:
        break;
    }
    return event::foldCase(text).ends_with(folded);
}

FoldedSearch::FoldedSearch(std::string folded)
    : m_text(std::move(folded))
{
    constexpr std::size_t farthest = 255;
    m_skip.fill(static_cast<std::uint8_t>(std::min(m_text.size(), farthest)));
    for (std::size_t i = 0; i + 1 < m_text.size(); ++i) {
        const auto distance = static_cast<std::uint8_t>(std::min(m_text.size() - 1 - i, farthest));
        const auto byte = static_cast<unsigned char>(m_text[i]);
        m_skip[byte] = distance;
        if (byte >= 'a' && byte <= 'z') {
            m_skip[byte - ('a' - 'A')] = distance;
        }
    }
}

bool FoldedSearch::isInBytes(std::string_view bytes) const
{
    const std::size_t size = m_text.size();
    if (size == 0) {
        return true;
    }
    const auto isAt = [&](const char *place) {
        return std::equal(m_text.begin(), m_text.end(), place,
            [](char a, char b) { return static_cast<unsigned char>(a) == lower(b); });
    };
    std::size_t end = size;
#ifdef __SSE2__
    // Sixteen places at a time are asked for the first and the last byte, but for the bit that tells the case of
    // letters.
    const __m128i caseBit = _mm_set1_epi8(0x20);
    const __m128i first = _mm_or_si128(_mm_set1_epi8(m_text.front()), caseBit);
    const __m128i final = _mm_or_si128(_mm_set1_epi8(m_text.back()), caseBit);
    const auto load = [&](const char *place) {
        return _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i *>(place)), caseBit);
    };
    for (; end + 15 <= bytes.size(); end += 16) {
        const char *place = bytes.data() + (end - size);
        auto hits = static_cast<unsigned>(_mm_movemask_epi8(
            _mm_and_si128(_mm_cmpeq_epi8(load(place), first), _mm_cmpeq_epi8(load(place + size - 1), final))));
        for (; hits != 0; hits &= hits - 1) {
            if (isAt(place + std::countr_zero(hits))) {
                return true;
            }
        }
    }
#endif
    // Horspool's search.
    const auto last = static_cast<unsigned char>(m_text.back());
    while (end <= bytes.size()) {
        const char c = bytes[end - 1];
        if (lower(c) == last && isAt(bytes.data() + (end - size))) {
            return true;
        }
        end += m_skip[static_cast<unsigned char>(c)];
    }
    return false;
}

bool FoldedSearch::isIn(std::string_view text) const
{
    return isAscii(text) ? isInBytes(text) : isInBytes(event::foldCase(text));
}

} // namespace octotrail::filter
