// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octotrail::exchange {

/// What was made of texts lately, so that what stands in many events is made once. It holds a fixed number of them, in
/// pairs of places: the one that was not asked for as long gives way. For one thread.
class TextMemo
{
public:
    /// nullptr if it is not known (any more). Valid until the next call.
    const std::string *find(std::string_view text)
    {
        if (m_entries.empty()) {
            return nullptr;
        }
        const std::size_t at = placeOf(text);
        if (m_entries[at + 1].isOf(text)) {
            std::swap(m_entries[at], m_entries[at + 1]);
        }
        return m_entries[at].isOf(text) ? &m_entries[at].made : nullptr;
    }
    void keep(std::string_view text, std::string_view made)
    {
        if (text.size() > longest || made.size() > longest) {
            return;
        }
        if (m_entries.empty()) {
            m_entries.resize(pairs * 2);
        }
        const std::size_t at = placeOf(text);
        std::swap(m_entries[at], m_entries[at + 1]);
        m_entries[at].text.assign(text);
        m_entries[at].made.assign(made);
        m_entries[at].isKnown = true;
    }
    void clear() { m_entries.clear(); }

private:
    struct Entry
    {
        std::string text, made;
        bool isKnown = false;

        bool isOf(std::string_view other) const { return isKnown && text == other; }
    };
    static std::size_t placeOf(std::string_view text) { return std::hash<std::string_view>()(text) % pairs * 2; }

    static constexpr std::size_t longest = 2048;
    static constexpr std::size_t pairs = 16384;

    std::vector<Entry> m_entries;
};

} // namespace octotrail::exchange
