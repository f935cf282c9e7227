// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/EventValues.h"
#include "detect/Match.h"

#include <bitset>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

class QDataStream;

namespace octotrail::detect {

/// A match of one of a correlation's rules.
struct Occurrence
{
    std::size_t rule = 0; ///< which one, in the order of Correlation::rules
    store::SourceId source = 0;
    event::Timestamp time; ///< of the event
    const event::LogEvent *event = nullptr; ///< which made the match
    std::vector<Member> members;
    /// Of a correlation's match: what its names stand for.
    std::vector<std::pair<std::string, std::string>> group;
};

/// Correlates matches in the time of the events, for each group of a source on its own. Events may come in any order: a
/// late one is judged with its neighbours in time as long as they are remembered, which they are for the timespan and
/// an hour, and for the next 50,000 events at least, so that older parts of a log may be read after newer ones. An
/// event without a value for one of the group-by names takes no part; one with several takes part in several groups.
///
/// What is remembered is bounded: in each group, and in all of them together.
class Correlator
{
public:
    static std::unique_ptr<Correlator> make(const RulePtr &rule);
    virtual ~Correlator() = default;
    Correlator(const Correlator &) = delete;
    Correlator &operator=(const Correlator &) = delete;

    const RulePtr &rule() const { return m_rule; }

    void take(const Occurrence &occurrence, std::vector<Match> &matches);
    /// Judges windows that can only be judged when they are over, if time (the newest of the source) says they are.
    void advance(store::SourceId source, event::Timestamp newest, store::Seq seq, std::vector<Match> &matches);
    /// Nothing more comes: what was still open is judged.
    void finish(std::vector<Match> &matches);

    /// What has changed since the last call, in parts small enough to be written often; an empty text removes.
    std::map<std::string, std::string> takeChanged();
    /// Brings back a part.
    void restore(const std::string &part, const std::string &text);

protected:
    /// What is remembered of a group.
    struct Group
    {
        virtual ~Group() = default;
        store::SourceId source = 0;
        std::vector<std::string> values; ///< of the group-by names, as they were first written
        store::Seq touched = 0;
        std::size_t part = 0; ///< in which it is written
    };

    explicit Correlator(RulePtr rule);

    const Correlation &correlation() const { return *m_rule->correlation(); }
    Match matchOf(const Group &group, std::vector<Member> members, event::Timestamp first, event::Timestamp last,
        std::string measure) const;

    virtual std::unique_ptr<Group> makeGroup() const = 0;
    virtual void add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches) = 0;
    virtual void close(Group &, event::Timestamp /*until*/, std::vector<Match> &) { }
    /// Forgets what is older than oldest and came before seq. Whether nothing is left.
    virtual bool forget(Group &group, event::Timestamp oldest, store::Seq seq) = 0;
    virtual std::size_t sizeOf(const Group &group) const = 0;
    virtual void write(const Group &group, QDataStream &out) const = 0;
    virtual void read(Group &group, QDataStream &in) const = 0;
    /// How long an event matters.
    virtual std::chrono::microseconds reach() const { return correlation().timespan; }
    virtual bool closesWindows() const { return false; }

private:
    using Groups = std::unordered_map<std::string, std::unique_ptr<Group>>;

    std::vector<std::vector<std::string>> groupsOf(const Occurrence &occurrence) const;
    static std::size_t partOf(const std::string &key);
    void tidy(store::SourceId source, store::Seq seq);
    bool isTooLarge(double part) const;
    void bound();
    void resized(const Group &group, std::size_t before);
    std::string clock() const;
    void restoreClock(QDataStream &in);
    void erase(Groups::iterator it);

    RulePtr m_rule;
    std::vector<std::vector<EventValues>> m_groupBy; ///< for each rule, for each name
    std::map<store::SourceId, event::Timestamp> m_newest;
    std::map<store::SourceId, event::Timestamp> m_swept; ///< when windows were last looked through
    Groups m_groups;
    static constexpr std::size_t parts = 64;
    std::bitset<parts> m_changed;
    bool m_isClockChanged = false;
    std::size_t m_entries = 0; ///< of all groups, by their size
    std::size_t m_taken = 0;
    std::size_t m_tidyAt = 0; ///< so many taken
};

} // namespace octotrail::detect
