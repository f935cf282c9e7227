// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "store/BlockReader.h"
#include "store/Records.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace octotrail::store {

/// Asks candidates with their bytes: for keywords, and for conditions that no column can decide.
class BytesFilter
{
public:
    using Found = std::function<void(std::vector<Seq> seqs, double fraction)>;

    BytesFilter(BlockReader &blocks, const filter::Expression &expression, const std::vector<std::string> &words,
        std::stop_token stop)
        : m_blocks(blocks)
        , m_matcher(expression, words)
        , m_stop(std::move(stop))
    { }

    /// Tells found of those that match, in the order of the candidates, as they are found, with the part of the
    /// candidates that was looked at. Candidates in the order of time stand mostly side by side in the blocks.
    event::Status run(std::span<const Seq> candidates, bool byTime, const Found &found);

private:
    event::Result<std::vector<Seq>> matching(std::span<const Seq> window);

    BlockReader &m_blocks;
    filter::Matcher m_matcher;
    std::stop_token m_stop;
    event::EventReader m_reader;
};

} // namespace octotrail::store
