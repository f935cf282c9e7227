// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"
#include "filter/ProfileIndex.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Makes events that are odd in every way, and expressions about just what is odd in them. Both draw from the same few
/// values, so that expressions hold here and there.
class RandomFilters
{
public:
    explicit RandomFilters(unsigned seed)
        : m_random(seed)
    { }

    /// The JSON of an event, now and then not valid.
    std::string event();

    octotrail::filter::NodePtr expression();

    /// Users and devices with the ids that events have, as oddly written.
    std::shared_ptr<const octotrail::filter::ProfileIndex> profiles();

private:
    enum class Inside { Event, Target, Other };

    bool chance(int percent);
    template <class Range>
    const auto &pick(const Range &range)
    {
        return range[m_random() % std::size(range)];
    }

    std::string text();
    std::string scalar();
    std::string value();
    std::string object(const std::vector<std::pair<std::string_view, std::string>> &members);
    std::string oddly(std::string json);
    std::string target();

    octotrail::filter::NodePtr node(int depth, Inside inside);
    octotrail::filter::NodePtr comparison(Inside inside);
    octotrail::filter::Literal literal(octotrail::filter::Operator op);

    std::mt19937 m_random;
};
