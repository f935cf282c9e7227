// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/EventValues.h"
#include "detect/Match.h"

#include <vector>

namespace octotrail::detect {

/// Writes what an alert says of a match: its title, the key by which matches join, and its context.
class MatchWords
{
public:
    explicit MatchWords(const Rule &rule);

    /// event is the one that made the match; none for windows that ended with nothing happening.
    void put(Match &match, const event::LogEvent *event) const;

    /// The fields of events that put() asks for.
    std::vector<FieldName> fields() const;

private:
    struct Part
    {
        QString text; ///< as it is, or the name of a field
        std::optional<EventValues> field;
    };

    QString filled(const Match &match, const event::LogEvent *event) const;
    QString actorOf(const Match &match, const event::LogEvent *event) const;
    QString keyOf(const Match &match, const event::LogEvent *event) const;

    std::vector<Part> m_title;
    std::vector<EventValues> m_dedup;
    bool m_isDedupGiven = false;
    bool m_saysActor = false; ///< the title or the key does
    EventValues m_actor;
};

} // namespace octotrail::detect
