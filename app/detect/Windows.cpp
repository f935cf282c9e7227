// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Windows.h"

#include "event/Text.h"
#include "filter/Numbers.h"

#include <QByteArray>
#include <QDataStream>
#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace octotrail::detect {

namespace {

using Type = Correlation::Type;

constexpr std::size_t maxEntriesOfGroup = 5000;
/// A match names so many events; the newest tell enough of a flood.
constexpr std::size_t maxMembers = 500;
constexpr std::size_t maxValueLength = 200;

std::string spanText(std::chrono::microseconds span)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
    if (seconds % 86'400 == 0) {
        return std::to_string(seconds / 86'400) + " d";
    }
    if (seconds % 3600 == 0) {
        return std::to_string(seconds / 3600) + " h";
    }
    if (seconds % 60 == 0) {
        return std::to_string(seconds / 60) + " min";
    }
    return std::to_string(seconds) + " s";
}

} // namespace

Windows::Windows(RulePtr rule)
    : Correlator(std::move(rule))
    , m_condition(correlation().condition)
{
    for (const FieldName &field : correlation().fields) {
        m_fields.emplace_back(field);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(correlation().rules.size()); ++i) {
        m_ruleNames.push_back(std::to_string(i));
    }
    const bool isTemporal = correlation().type == Type::Temporal || correlation().type == Type::TemporalOrdered;
    if (isTemporal && !m_condition.isSet()) {
        m_condition.gte = static_cast<double>(m_ruleNames.size());
    }
}

void Windows::add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches)
{
    auto &sequence = static_cast<Sequence &>(group);
    Entry entry;
    entry.time = occurrence.time;
    entry.members = occurrence.members;
    switch (correlation().type) {
    case Type::EventCount:
        insert(sequence, std::move(entry), matches);
        return;
    case Type::Temporal:
    case Type::TemporalOrdered:
        entry.value = m_ruleNames[occurrence.rule];
        insert(sequence, std::move(entry), matches);
        return;
    default:
        break;
    }
    // Several fields count together; several values of the only one count each.
    std::vector<std::string> values;
    for (const EventValues &field : m_fields) {
        std::vector<std::string> own;
        const auto known = std::ranges::find(
            occurrence.group, field.field().path.toString(), &std::pair<std::string, std::string>::first);
        if (known != occurrence.group.end()) {
            own.push_back(known->second);
        } else if (occurrence.event) {
            own = field.of(*occurrence.event, m_fields.size() == 1 ? 16 : 1);
        }
        if (m_fields.size() == 1) {
            values = std::move(own);
        } else {
            if (values.empty()) {
                values.emplace_back();
            }
            values.front() += (own.empty() ? std::string() : own.front()) + '\x1f';
        }
    }
    for (const std::string &value : values) {
        Entry one = entry;
        if (correlation().type == Type::ValueCount) {
            one.value = event::foldCase(value).substr(0, maxValueLength);
        } else if (const auto number = filter::jsonNumber(value); number && std::isfinite(*number)) {
            one.number = *number;
        } else {
            continue; // no number
        }
        insert(sequence, std::move(one), matches);
    }
}

void Windows::insert(Sequence &sequence, Entry entry, std::vector<Match> &matches)
{
    auto &entries = sequence.entries;
    if (entries.size() >= maxEntriesOfGroup) {
        entries.erase(entries.begin(), entries.begin() + maxEntriesOfGroup / 5);
        sequence.isCounted = false;
    }
    const auto at = std::upper_bound(entries.begin(), entries.end(), entry,
        [](const Entry &a, const Entry &b) { return std::pair(a.time, a.seq()) < std::pair(b.time, b.seq()); });
    const auto index = static_cast<std::size_t>(at - entries.begin());
    const bool isNewest = at == entries.end();
    entries.insert(at, std::move(entry));
    sequence.isCounted = sequence.isCounted && isNewest;
    if (closesWindows()) {
        return;
    }
    if (correlation().type == Type::TemporalOrdered) {
        judgeOrder(sequence, index, matches);
    } else if (isNewest) {
        judgeNewest(sequence, matches);
    } else {
        judgeAround(sequence, index, matches);
    }
}

/// The window that ends with the newest entry, counted as it grows.
void Windows::judgeNewest(Sequence &sequence, std::vector<Match> &matches) const
{
    const auto &entries = sequence.entries;
    const event::Timestamp newest = entries.back().time;
    const bool counts = correlation().type == Type::ValueCount || correlation().type == Type::Temporal;
    if (!sequence.isCounted) {
        sequence.counts.clear();
        sequence.begin = 0;
        if (counts) {
            for (const Entry &entry : entries) {
                ++sequence.counts[entry.value];
            }
        }
        sequence.isCounted = true;
    } else if (counts) {
        ++sequence.counts[entries.back().value];
    }
    while (newest - entries[sequence.begin].time >= correlation().timespan) {
        if (counts) {
            const auto count = sequence.counts.find(entries[sequence.begin].value);
            if (--count->second == 0) {
                sequence.counts.erase(count);
            }
        }
        ++sequence.begin;
    }
    const double measured
        = counts ? static_cast<double>(sequence.counts.size()) : measure(sequence, sequence.begin, entries.size());
    if (m_condition.holds(measured)) {
        tell(sequence, sequence.begin, entries.size(), measured, matches);
    }
}

/// Every window that holds the entry, which came late.
void Windows::judgeAround(Sequence &sequence, std::size_t at, std::vector<Match> &matches) const
{
    const auto &entries = sequence.entries;
    const auto span = correlation().timespan;
    std::size_t begin = at;
    while (begin > 0 && entries[at].time - entries[begin - 1].time < span) {
        --begin;
    }
    std::size_t end = at + 1;
    for (; begin <= at; ++begin) {
        while (end < entries.size() && entries[end].time - entries[begin].time < span) {
            ++end;
        }
        const double measured = measure(sequence, begin, end);
        if (m_condition.holds(measured)) {
            tell(sequence, begin, end, measured, matches);
            return;
        }
    }
}

/// The shortest run of all the rules, one after the other, that the entry is a part of.
void Windows::judgeOrder(Sequence &sequence, std::size_t at, std::vector<Match> &matches) const
{
    auto &entries = sequence.entries;
    for (std::size_t place = 0; place < m_ruleNames.size(); ++place) {
        if (m_ruleNames[place] != entries[at].value) {
            continue;
        }
        std::vector<std::size_t> run{at};
        std::size_t left = place;
        for (std::size_t i = at; left > 0 && i-- > 0;) {
            if (entries[at].time - entries[i].time >= correlation().timespan) {
                break;
            }
            if (entries[i].value == m_ruleNames[left - 1]) {
                run.insert(run.begin(), i);
                --left;
            }
        }
        std::size_t right = place + 1;
        for (std::size_t i = at + 1; left == 0 && right < m_ruleNames.size() && i < entries.size(); ++i) {
            if (entries[i].value == m_ruleNames[right]) {
                run.push_back(i);
                ++right;
            }
        }
        if (left > 0 || right < m_ruleNames.size()
            || entries[run.back()].time - entries[run.front()].time >= correlation().timespan) {
            continue;
        }
        std::vector<Member> members;
        for (const std::size_t i : run) {
            members.insert(members.end(), entries[i].members.begin(), entries[i].members.end());
            entries[i].isTold = true;
        }
        Match match = matchOf(sequence, std::move(members), entries[run.front()].time, entries[run.back()].time,
            std::to_string(run.size()) + " steps within " + spanText(correlation().timespan));
        match.firedBy = entries[at].seq();
        matches.push_back(std::move(match));
        return;
    }
}

double Windows::measure(const Sequence &sequence, std::size_t begin, std::size_t end) const
{
    const auto &entries = sequence.entries;
    const Type type = correlation().type;
    if (type == Type::EventCount) {
        return static_cast<double>(end - begin);
    }
    if (type == Type::ValueCount || type == Type::Temporal || type == Type::TemporalOrdered) {
        std::unordered_set<std::string_view> values;
        for (std::size_t i = begin; i < end; ++i) {
            values.insert(entries[i].value);
        }
        return static_cast<double>(values.size());
    }
    std::vector<double> numbers;
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) {
        numbers.push_back(entries[i].number);
        sum += entries[i].number;
    }
    if (type == Type::ValueSum || numbers.empty()) {
        return sum;
    }
    if (type == Type::ValueAvg) {
        return sum / static_cast<double>(numbers.size());
    }
    // The nearest rank: the smallest number that so much of them does not exceed.
    const double rank = std::ceil(correlation().percentile / 100 * static_cast<double>(numbers.size()));
    const auto nth = numbers.begin() + std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(rank) - 1);
    std::nth_element(numbers.begin(), nth, numbers.end());
    return *nth;
}

/// Tells a window, with those of its events that were not told before and the one that made it.
void Windows::tell(
    Sequence &sequence, std::size_t begin, std::size_t end, double measured, std::vector<Match> &matches) const
{
    auto &entries = sequence.entries;
    std::vector<Member> members;
    std::size_t first = end;
    std::size_t last = begin;
    store::Seq firedBy = 0;
    // What is not told stands together: before it fulfilled the condition nothing was, and since then everything.
    for (std::size_t i = end; i-- > begin;) {
        Entry &entry = entries[i];
        if (members.size() >= maxMembers || (entry.isTold && !members.empty())) {
            break;
        }
        if (entry.isTold) {
            continue;
        }
        entry.isTold = true;
        members.insert(members.end(), entry.members.rbegin(), entry.members.rend());
        firedBy = std::max(firedBy, entry.seq());
        first = i;
        last = std::max(last, i);
    }
    if (members.empty()) {
        return;
    }
    std::ranges::reverse(members);
    Match match = matchOf(sequence, std::move(members), entries[first].time, entries[last].time, describe(measured));
    match.firedBy = firedBy;
    matches.push_back(std::move(match));
}

std::string Windows::describe(double measured) const
{
    const std::string number = std::floor(measured) == measured && std::abs(measured) < 1e15
        ? std::to_string(static_cast<long long>(measured))
        : std::to_string(measured);
    const std::string span = " within " + spanText(correlation().timespan);
    switch (correlation().type) {
    case Type::EventCount:
        return number + " events" + span;
    case Type::ValueCount:
        return number + " values of " + correlation().fields.front().path.toString() + span;
    case Type::ValueSum:
        return "a sum of " + number + span;
    case Type::ValueAvg:
        return "an average of " + number + span;
    case Type::ValuePercentile:
        return "a percentile of " + number + span;
    default:
        return number + " of the rules" + span;
    }
}

void Windows::close(Group &group, event::Timestamp until, std::vector<Match> &matches)
{
    auto &sequence = static_cast<Sequence &>(group);
    auto &entries = sequence.entries;
    while (!entries.empty()) {
        const event::Timestamp begin = entries.front().time;
        if (until != event::Timestamp::max() && begin + correlation().timespan > until) {
            return;
        }
        std::size_t end = 1;
        while (end < entries.size() && entries[end].time - begin < correlation().timespan) {
            ++end;
        }
        const double measured = measure(sequence, 0, end);
        if (m_condition.holds(measured)) {
            tell(sequence, 0, end, measured, matches);
        }
        entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(end));
        sequence.isCounted = false;
    }
}

bool Windows::forget(Group &group, event::Timestamp oldest, store::Seq seq)
{
    auto &sequence = static_cast<Sequence &>(group);
    const auto before = sequence.entries.size();
    std::erase_if(sequence.entries, [&](const Entry &entry) { return entry.time < oldest && entry.seq() < seq; });
    if (sequence.entries.size() != before) {
        sequence.isCounted = false;
    }
    return sequence.entries.empty();
}

std::size_t Windows::sizeOf(const Group &group) const
{
    return static_cast<const Sequence &>(group).entries.size();
}

void Windows::write(const Group &group, QDataStream &out) const
{
    const auto &entries = static_cast<const Sequence &>(group).entries;
    out << static_cast<quint32>(entries.size());
    for (const Entry &entry : entries) {
        out << static_cast<qint64>(entry.time.time_since_epoch().count()) << entry.isTold << entry.number
            << QByteArray::fromStdString(entry.value) << static_cast<quint32>(entry.members.size());
        for (const Member &member : entry.members) {
            out << static_cast<qint64>(member.seq) << QByteArray::fromStdString(member.uuid);
        }
    }
}

void Windows::read(Group &group, QDataStream &in) const
{
    auto &entries = static_cast<Sequence &>(group).entries;
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        Entry entry;
        qint64 time = 0;
        QByteArray value;
        quint32 members = 0;
        in >> time >> entry.isTold >> entry.number >> value >> members;
        entry.time = event::Timestamp{std::chrono::microseconds(time)};
        entry.value = value.toStdString();
        for (quint32 j = 0; j < members && in.status() == QDataStream::Ok; ++j) {
            qint64 seq = 0;
            QByteArray uuid;
            in >> seq >> uuid;
            entry.members.push_back({seq, uuid.toStdString()});
        }
        entries.push_back(std::move(entry));
    }
}

} // namespace octotrail::detect
