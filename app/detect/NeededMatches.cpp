// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/NeededMatches.h"

#include "detect/SigmaFields.h"
#include "event/Text.h"
#include "store/MatchValues.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <unordered_map>

namespace octotrail::detect {

namespace {

using Type = Correlation::Type;

/// As many as memory holds with ease; the matches of further rules are read as they come.
constexpr std::size_t maxEntries = 6'000'000;
/// As EventValues and the correlators have them.
constexpr std::size_t maxValues = 16;
constexpr std::size_t maxValueLength = 500;
constexpr std::size_t maxFoldedLength = 300;
/// Larger groups are bounded by what correlators remember of one, which is for these to do.
constexpr std::size_t maxGroup = 4000;
constexpr std::size_t maxKnownValues = 1000;

constexpr const char *latitude = "client.geographicalContext.geolocation.lat";
constexpr const char *longitude = "client.geographicalContext.geolocation.lon";

std::uint64_t mix(std::uint64_t hash, std::string_view text)
{
    const std::uint64_t own = std::hash<std::string_view>()(text);
    return (hash ^ (own + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2))) * 0xff51afd7ed558ccdULL;
}

/// What makes matches of one group, however the values are cut there: no two groups come of one.
std::uint64_t mixFolded(std::uint64_t hash, std::string_view text)
{
    constexpr std::size_t margin = 8; // values are cut between characters
    return mix(hash, event::foldCase(text.substr(0, maxValueLength - margin)));
}

/// The values that take part: none empty, none twice.
void add(std::vector<std::string_view> &values, const std::vector<std::string_view> &all, std::size_t most)
{
    for (const std::string_view value : all) {
        if (values.size() < most && !value.empty() && std::ranges::find(values, value) == values.end()) {
            values.push_back(value);
        }
    }
}

/// How many events, values or rules a window has to have.
std::size_t leastOf(const Correlation &correlation)
{
    const bool isTemporal = correlation.type == Type::Temporal || correlation.type == Type::TemporalOrdered;
    const NumberCondition &condition = correlation.condition;
    if (isTemporal && (correlation.type == Type::TemporalOrdered || !condition.isSet())) {
        return static_cast<std::size_t>(correlation.rules.size());
    }
    double least = 0;
    if (condition.gte) {
        least = std::max(least, std::ceil(*condition.gte));
    }
    if (condition.gt) {
        least = std::max(least, std::floor(*condition.gt) + 1);
    }
    return static_cast<std::size_t>(std::clamp(least, 0.0, 1e6));
}

bool countsValues(Type type)
{
    return type == Type::ValueCount || type == Type::Temporal || type == Type::TemporalOrdered;
}

} // namespace

struct NeededMatches::Occurrence
{
    std::uint64_t group = 0, value = 0;
    event::Timestamp time;
    store::Seq seq = 0;
    std::size_t rule = 0;
    std::uint32_t hit = 0;
};

NeededMatches::NeededMatches(const std::vector<RulePtr> &rules)
    : m_rules(rules)
    , m_sources(rules.size())
    , m_isThinned(rules.size())
{
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Correlation *correlation = rules[i]->correlation();
        if (!correlation) {
            m_sources[i].isRead = true; // as long as nothing speaks against it
            m_isThinned[i] = rules[i]->expression() && !rules[i]->raises;
            continue;
        }
        m_isThinned[i] = canThin(i);
        for (std::size_t place = 0; place < static_cast<std::size_t>(correlation->rules.size()); ++place) {
            const auto rule = placeOf(correlation->rules[static_cast<qsizetype>(place)], i);
            if (!rule) {
                m_isThinned[i] = false;
                continue;
            }
            Feed feed{i, place, {}, {}};
            m_isThinned[i] = m_isThinned[i] && rules[*rule]->expression() && plan(*rule, feed, m_sources[*rule]);
            m_sources[*rule].feeds.push_back(std::move(feed));
        }
    }
    settle();
    for (Source &source : m_sources) {
        source.isRead = false;
    }
}

std::optional<std::size_t> NeededMatches::placeOf(const QString &id, std::size_t before) const
{
    for (std::size_t i = 0; i < before; ++i) {
        if (m_rules[i]->id == id) {
            return i;
        }
    }
    return std::nullopt;
}

bool NeededMatches::canThin(std::size_t correlation) const
{
    const Correlation &said = *m_rules[correlation]->correlation();
    switch (said.type) {
    case Type::EventCount:
    case Type::ValueCount:
    case Type::Temporal:
    case Type::TemporalOrdered:
        return !said.condition.hasUpperBound() && leastOf(said) > 1;
    case Type::FirstSeen:
        return true;
    case Type::Travel:
        return said.minDistance > 0;
    default:
        return false; // a sum may be made by a single match
    }
}

/// Notes which paths the correlation asks of the rule; whether columns have them.
bool NeededMatches::plan(std::size_t rule, Feed &feed, Source &source) const
{
    const Correlation &said = *m_rules[feed.correlation]->correlation();
    bool hasColumns = true;
    const auto add = [&](const FieldName &field, std::vector<std::size_t> &places) {
        if (field.reach != filter::Reach::Exact || !store::EventSieve::hasColumn(field.path)) {
            hasColumns = false;
            return;
        }
        const auto known = std::ranges::find(source.paths, field.path);
        places.push_back(static_cast<std::size_t>(known - source.paths.begin()));
        if (known == source.paths.end()) {
            source.paths.push_back(field.path);
        }
    };
    for (const std::string &name : said.groupBy) {
        FieldName field = sigmaField(name).value_or(FieldName{});
        if (const auto alias = said.aliases.find(name); alias != said.aliases.end()) {
            if (const auto own = alias->second.find(m_rules[rule]->id); own != alias->second.end()) {
                field = own->second;
            }
        }
        add(field, feed.groupBy);
    }
    if (said.type == Type::Travel) {
        add({event::FieldPath(latitude), filter::Reach::Exact}, feed.fields);
        add({event::FieldPath(longitude), filter::Reach::Exact}, feed.fields);
    } else if (said.type == Type::ValueCount || said.type == Type::FirstSeen) {
        for (const FieldName &field : said.fields) {
            add(field, feed.fields);
        }
    }
    return hasColumns;
}

/// A correlation needs to know all its rules' matches, and a rule's are chosen by all who take them.
void NeededMatches::settle()
{
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t rule = 0; rule < m_rules.size(); ++rule) {
            const Source &source = m_sources[rule];
            if (m_rules[rule]->correlation()) {
                continue;
            }
            bool isThinned = m_isThinned[rule] && source.isRead;
            for (const Feed &feed : source.feeds) {
                isThinned = isThinned && m_isThinned[feed.correlation];
            }
            for (const Feed &feed : source.feeds) {
                changed = changed || (m_isThinned[feed.correlation] && !isThinned);
                m_isThinned[feed.correlation] = m_isThinned[feed.correlation] && isThinned;
            }
            changed = changed || m_isThinned[rule] != isThinned;
            m_isThinned[rule] = isThinned;
        }
    }
}

event::Status NeededMatches::read(store::Store &store, std::size_t rule, const filter::Expression &expression,
    const event::TimeRange &range, const std::stop_token &stop)
{
    Source &source = m_sources[rule];
    if (m_entries > maxEntries) {
        return {};
    }
    bool isTooMuch = false;
    std::vector<std::uint64_t> groups;
    std::vector<std::uint64_t> next;
    std::vector<std::string_view> values;
    std::string joined;
    const auto take = [&](const store::MatchValues::Row &row) {
        isTooMuch = isTooMuch || m_entries > maxEntries || source.hits.size() > maxEntries;
        if (isTooMuch) {
            return;
        }
        const auto hit = static_cast<std::uint32_t>(source.hits.size());
        source.hits.push_back({row.published, row.seq});
        for (Feed &feed : source.feeds) {
            const Correlation &said = *m_rules[feed.correlation]->correlation();
            groups.assign(1, static_cast<std::uint64_t>(row.source) + 1);
            for (const std::size_t path : feed.groupBy) {
                values.clear();
                add(values, row.values[path], maxValues);
                next.clear();
                for (const std::uint64_t group : groups) {
                    for (const std::string_view value : values) {
                        if (next.size() < maxValues) {
                            next.push_back(mixFolded(group, value));
                        }
                    }
                }
                groups.swap(next);
            }
            values.clear();
            if (said.type == Type::Temporal || said.type == Type::TemporalOrdered || said.type == Type::EventCount) {
                values.emplace_back();
            } else if (feed.fields.size() == 1) {
                add(values, row.values[feed.fields.front()], maxValues);
            } else {
                joined.clear();
                bool isThere = said.type == Type::ValueCount;
                for (const std::size_t path : feed.fields) {
                    const auto first = std::ranges::find_if_not(row.values[path], &std::string_view::empty);
                    if (first != row.values[path].end()) {
                        joined += first->substr(0, maxValueLength);
                        isThere = true;
                    }
                    joined += said.type == Type::FirstSeen && path != feed.fields.back() ? ", " : "\x1f";
                }
                if (isThere) {
                    values.emplace_back(joined);
                }
            }
            for (const std::string_view value : values) {
                // Of what counts, values may be told apart too finely; of what is known already, not at all.
                const std::uint64_t hash = countsValues(said.type) && said.type != Type::ValueCount
                    ? feed.place
                    : (said.type == Type::FirstSeen
                            ? mix(1, event::foldCase(value.substr(0, maxValueLength)).substr(0, maxFoldedLength))
                            : mix(1, value));
                for (const std::uint64_t group : groups) {
                    feed.entries.push_back({group, hash, hit});
                }
            }
            m_entries += groups.size() * values.size();
        }
    };
    const auto read = store::MatchValues(store, source.paths).forEach(expression, range, take, stop);
    if (!read) {
        return tl::unexpected(read.error());
    }
    source.isRead = *read && !isTooMuch;
    source.isNeeded.assign(source.hits.size(), false);
    return {};
}

void NeededMatches::choose()
{
    settle();
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (m_rules[i]->correlation() && m_isThinned[i]) {
            chooseFor(i);
        }
    }
}

void NeededMatches::chooseFor(std::size_t correlation)
{
    const Correlation &said = *m_rules[correlation]->correlation();
    Occurrences all;
    for (std::size_t rule = 0; rule < correlation; ++rule) {
        Source &source = m_sources[rule];
        for (Feed &feed : source.feeds) {
            if (feed.correlation != correlation) {
                continue;
            }
            for (const Entry &entry : feed.entries) {
                const store::EventSieve::Known &hit = source.hits[entry.hit];
                all.push_back({entry.group, entry.value, hit.published, hit.seq, rule, entry.hit});
            }
            feed.entries = {};
        }
    }
    std::ranges::sort(all, {}, [](const Occurrence &one) { return std::tuple(one.group, one.time, one.seq); });
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin + 1;
        while (end < all.size() && all[end].group == all[begin].group) {
            ++end;
        }
        const auto group = std::span(all).subspan(begin, end - begin);
        if (said.type == Type::FirstSeen) {
            chooseFirst(said, group);
        } else if (said.type == Type::Travel) {
            chooseJourney(group);
        } else {
            chooseWindows(said, group);
        }
        begin = end;
    }
}

void NeededMatches::keep(const Occurrence &occurrence)
{
    m_sources[occurrence.rule].isNeeded[occurrence.hit] = true;
}

/// All that is in a window which fulfils the condition.
void NeededMatches::chooseWindows(const Correlation &correlation, std::span<Occurrence> group)
{
    const std::size_t least = leastOf(correlation);
    const bool values = countsValues(correlation.type);
    const auto isOther = [&](const Occurrence &one) { return one.value != group.front().value; };
    if (group.size() < least || (values && std::ranges::none_of(group, isOther))) {
        return;
    }
    std::unordered_map<std::uint64_t, std::size_t> counts;
    std::size_t begin = 0;
    std::size_t kept = 0;
    for (std::size_t end = 0; end < group.size(); ++end) {
        ++counts[values ? group[end].value : 0];
        for (; group[end].time - group[begin].time >= correlation.timespan; ++begin) {
            const auto count = counts.find(values ? group[begin].value : 0);
            if (--count->second == 0) {
                counts.erase(count);
            }
        }
        if (group.size() > maxGroup || (values ? counts.size() : end + 1 - begin) >= least) {
            for (kept = std::max(kept, begin); kept <= end; ++kept) {
                keep(group[kept]);
            }
        }
    }
}

namespace {

/// Of occurrences in the order of time: the first one, those on both sides of a silence longer than the span, and so
/// many between that what is known of them is never older than the span.
template <class Keep>
void chooseChain(std::span<const event::Timestamp> times, std::chrono::microseconds span, Keep keep)
{
    std::size_t last = 0;
    keep(last);
    for (std::size_t i = 1; i < times.size(); ++i) {
        if (times[i] - times[last] > span) {
            last = i - 1;
            keep(last);
        }
        if (times[i] - times[i - 1] > span) {
            last = i;
            keep(last);
        }
    }
}

} // namespace

void NeededMatches::chooseFirst(const Correlation &correlation, std::span<Occurrence> group)
{
    std::vector<event::Timestamp> times;
    const auto chooseFrom = [&](std::span<const Occurrence> chain) {
        times.clear();
        std::ranges::transform(chain, std::back_inserter(times), &Occurrence::time);
        chooseChain(times, correlation.timespan, [&](std::size_t i) { keep(chain[i]); });
    };
    chooseFrom(group); // how long the group is known
    std::ranges::stable_sort(group, {}, &Occurrence::value);
    std::size_t valueCount = 0;
    for (std::size_t begin = 0; begin < group.size();) {
        std::size_t end = begin + 1;
        while (end < group.size() && group[end].value == group[begin].value) {
            ++end;
        }
        chooseFrom(group.subspan(begin, end - begin));
        begin = end;
        ++valueCount;
    }
    if (valueCount > maxKnownValues) {
        std::ranges::for_each(group, [this](const Occurrence &one) { keep(one); });
    }
}

/// Where somebody stays, the first and the last that is known of it.
void NeededMatches::chooseJourney(std::span<Occurrence> group)
{
    for (std::size_t i = 0; i < group.size(); ++i) {
        const bool comes = i == 0 || group[i - 1].value != group[i].value;
        const bool leaves = i + 1 == group.size() || group[i + 1].value != group[i].value;
        if (comes || leaves) {
            keep(group[i]);
        }
    }
}

std::optional<std::vector<store::EventSieve::Known>> NeededMatches::take(std::size_t rule)
{
    Source &source = m_sources[rule];
    if (!m_isThinned[rule] || !source.isRead) {
        return std::nullopt;
    }
    std::vector<store::EventSieve::Known> needed;
    for (std::size_t hit = 0; hit < source.hits.size(); ++hit) {
        if (source.isNeeded[hit]) {
            needed.push_back(source.hits[hit]);
        }
    }
    source.hits = {};
    std::ranges::sort(
        needed, {}, [](const store::EventSieve::Known &one) { return std::pair(one.published, one.seq); });
    return needed;
}

} // namespace octotrail::detect
