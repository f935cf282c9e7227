// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "filter/Words.h"
#include "store/BlockReader.h"
#include "store/Records.h"

#include <QThreadPool>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Asks candidates with their bytes: for keywords, and for conditions that no column can decide. This thread fetches
/// blocks, others unpack and read them.
class BytesFilter
{
public:
    static constexpr std::string_view anything = "true";
    static constexpr std::string_view nothing = "false";

    using Found = std::function<void(std::vector<Seq> seqs, double fraction)>;

    /// @param expression null if the candidates match it already, and only the words are left to be asked for
    BytesFilter(BlockReader &blocks, const filter::Expression *expression, const std::vector<std::string> &words,
        const filter::ProfileIndexPtr &profiles, std::stop_token stop);

    /// Tells found of those that match, in the order of the candidates, as they are found, with the part of the
    /// candidates that was looked at.
    /// @param isFirst something is to show at once, before filters are asked
    event::Status run(std::vector<Seq> candidates, const Found &found, bool isFirst = true);

    /// What the filters say before there are candidates: a condition in SQL that every match fulfils. It is anything if
    /// they say nothing, or if so many blocks are left that to name them would not pay, and nothing if there is none.
    event::Result<std::string> condition();

private:
    /// A candidate: its place in the window, and in the blocks.
    struct Place
    {
        std::size_t block;
        std::size_t at;
    };
    /// Some blocks with the candidates in them.
    struct Task
    {
        std::vector<BlockReader::Packed> blocks;
        std::span<const Place> places; ///< in the order of the blocks
    };

    event::Status leaveToFilters(std::vector<Seq> &candidates);
    event::Result<std::vector<Seq>> matching(std::span<const Seq> window);
    event::Status judge(const Task &task, std::span<const Seq> window, std::span<char> matches) const;
    bool isMatch(std::string_view bytes, event::EventReader &reader) const;

    BlockReader &m_blocks;
    std::optional<filter::Matcher> m_matcher;
    filter::RequiredTexts m_required;
    BlockQuestion m_question;
    filter::Words m_words;
    std::optional<std::vector<bool>> m_mayHold; ///< of all blocks, once condition() has asked
    std::stop_token m_stop;
    QThreadPool m_pool; // last: what runs in it ends before the rest goes
};

} // namespace octotrail::store
