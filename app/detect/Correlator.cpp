// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Correlator.h"

#include "detect/FirstSeen.h"
#include "detect/SigmaFields.h"
#include "detect/Travel.h"
#include "detect/Windows.h"
#include "event/Text.h"

#include <QByteArray>
#include <QDataStream>
#include <QIODevice>
#include <algorithm>
#include <tuple>

namespace octotrail::detect {

namespace {

using namespace std::chrono_literals;

constexpr auto lateness = 1h;
/// How many events may come between neighbours in time.
constexpr store::Seq arrivals = 50'000;
constexpr std::size_t maxGroups = 100'000;
constexpr std::size_t maxEntries = 300'000;
constexpr std::size_t maxGroupsOfOccurrence = 16;
/// Occurrences between two tidyings, or a part of the groups that there are: then tidying costs each of them as much.
constexpr std::size_t tidyEvery = 4096;
constexpr quint32 format = 1;
/// Beside the groups' parts: what says when groups are tidied and windows looked through.
constexpr const char *clockPart = "clock";

/// Groups are kept in no order; what they tell has one.
void sortFrom(std::size_t first, std::vector<Match> &matches)
{
    const auto order = [](const Match &match) { return std::tuple(match.first, match.last, match.group); };
    std::ranges::stable_sort(matches.begin() + static_cast<std::ptrdiff_t>(first), matches.end(),
        [&](const Match &a, const Match &b) { return order(a) < order(b); });
}

std::string keyOf(store::SourceId source, const std::vector<std::string> &values)
{
    std::string key = std::to_string(source);
    for (const std::string &value : values) {
        key += '\x1f';
        key += event::foldCase(value);
    }
    return key;
}

} // namespace

std::unique_ptr<Correlator> Correlator::make(const RulePtr &rule)
{
    switch (rule->correlation()->type) {
    case Correlation::Type::FirstSeen:
        return std::make_unique<FirstSeen>(rule);
    case Correlation::Type::Travel:
        return std::make_unique<Travel>(rule);
    default:
        return std::make_unique<Windows>(rule);
    }
}

Correlator::Correlator(RulePtr rule)
    : m_rule(std::move(rule))
{
    const Correlation &said = correlation();
    for (const QString &id : said.rules) {
        auto &names = m_groupBy.emplace_back();
        for (const std::string &name : said.groupBy) {
            FieldName field = sigmaField(name).value_or(FieldName{});
            if (const auto alias = said.aliases.find(name); alias != said.aliases.end()) {
                if (const auto own = alias->second.find(id); own != alias->second.end()) {
                    field = own->second;
                }
            }
            names.emplace_back(std::move(field));
        }
    }
}

/// The values of the group-by names, for each group that the occurrence is of.
std::vector<std::vector<std::string>> Correlator::groupsOf(const Occurrence &occurrence) const
{
    std::vector<std::vector<std::string>> groups{{}};
    for (std::size_t i = 0; i < correlation().groupBy.size(); ++i) {
        std::vector<std::string> values;
        const auto known = std::ranges::find(
            occurrence.group, correlation().groupBy[i], &std::pair<std::string, std::string>::first);
        if (known != occurrence.group.end()) {
            values.push_back(known->second);
        } else if (occurrence.event) {
            values = m_groupBy[occurrence.rule][i].of(*occurrence.event, maxGroupsOfOccurrence);
        }
        std::vector<std::vector<std::string>> next;
        for (const auto &group : groups) {
            for (const std::string &value : values) {
                if (next.size() < maxGroupsOfOccurrence) {
                    next.push_back(group);
                    next.back().push_back(value);
                }
            }
        }
        groups = std::move(next);
    }
    return groups;
}

void Correlator::take(const Occurrence &occurrence, std::vector<Match> &matches)
{
    const store::Seq seq = occurrence.members.empty() ? 0 : occurrence.members.back().seq;
    auto &newest = m_newest.try_emplace(occurrence.source, occurrence.time).first->second;
    newest = std::max(newest, occurrence.time);
    m_isClockChanged = true;
    for (auto &values : groupsOf(occurrence)) {
        const auto [it, isNew] = m_groups.try_emplace(keyOf(occurrence.source, values));
        auto &group = it->second;
        if (isNew) {
            group = makeGroup();
            group->source = occurrence.source;
            group->values = std::move(values);
            group->part = partOf(it->first);
        }
        m_changed.set(group->part);
        group->touched = std::max(group->touched, seq);
        const std::size_t before = isNew ? 0 : sizeOf(*group);
        add(*group, occurrence, matches);
        m_entries += sizeOf(*group) - before;
    }
    ++m_taken;
    if (m_taken >= m_tidyAt || (m_taken % tidyEvery == 0 && isTooLarge(1))) {
        tidy(occurrence.source, seq);
        bound();
        m_tidyAt = m_taken + std::max(tidyEvery, m_groups.size() / 2);
    }
}

bool Correlator::isTooLarge(double part) const
{
    return static_cast<double>(m_groups.size()) > part * maxGroups
        || static_cast<double>(m_entries) > part * maxEntries;
}

/// Notes that a group had another size before.
void Correlator::resized(const Group &group, std::size_t before)
{
    const std::size_t size = sizeOf(group);
    if (size != before) {
        m_entries += size - before;
        m_changed.set(group.part);
    }
}

void Correlator::advance(store::SourceId source, event::Timestamp newest, store::Seq seq, std::vector<Match> &matches)
{
    if (!closesWindows()) {
        return;
    }
    // At round moments, so that it makes no difference when the program was started.
    const std::chrono::microseconds step = std::clamp<std::chrono::microseconds>(reach() / 10, 1s, 1min);
    const event::Timestamp moment{newest.time_since_epoch() / step * step};
    if (const auto [it, isNew] = m_swept.try_emplace(source, moment); !isNew && it->second >= moment) {
        return;
    }
    m_swept[source] = moment;
    auto &known = m_newest.try_emplace(source, newest).first->second;
    known = std::max(known, newest);
    m_isClockChanged = true;
    const std::size_t told = matches.size();
    for (auto &[key, group] : m_groups) {
        if (group->source == source) {
            const std::size_t before = sizeOf(*group);
            close(*group, moment - 10min, matches);
            resized(*group, before);
        }
    }
    sortFrom(told, matches);
    tidy(source, seq);
}

void Correlator::finish(std::vector<Match> &matches)
{
    if (!closesWindows()) {
        return;
    }
    const std::size_t told = matches.size();
    for (auto &[key, group] : m_groups) {
        const std::size_t before = sizeOf(*group);
        close(*group, event::Timestamp::max(), matches);
        resized(*group, before);
    }
    sortFrom(told, matches);
}

void Correlator::erase(Groups::iterator it)
{
    m_changed.set(it->second->part);
    m_entries -= sizeOf(*it->second);
    m_groups.erase(it);
}

void Correlator::tidy(store::SourceId source, store::Seq seq)
{
    const event::Timestamp oldest = m_newest[source] - reach() - lateness;
    for (auto it = m_groups.begin(); it != m_groups.end();) {
        const auto next = std::next(it);
        if (it->second->source == source) {
            const std::size_t before = sizeOf(*it->second);
            const bool isEmpty = forget(*it->second, oldest, seq - arrivals);
            resized(*it->second, before);
            if (isEmpty) {
                erase(it);
            }
        }
        it = next;
    }
}

/// Drops the groups that nothing has come for the longest.
void Correlator::bound()
{
    if (!isTooLarge(1)) {
        return;
    }
    std::vector<std::pair<store::Seq, std::string>> byAge;
    for (const auto &[key, group] : m_groups) {
        byAge.emplace_back(group->touched, key);
    }
    std::ranges::sort(byAge);
    for (const auto &[touched, key] : byAge) {
        if (!isTooLarge(0.9)) {
            return;
        }
        erase(m_groups.find(key));
    }
}

Match Correlator::matchOf(const Group &group, std::vector<Member> members, event::Timestamp first,
    event::Timestamp last, std::string measure) const
{
    Match match;
    match.rule = m_rule;
    match.source = group.source;
    match.members = std::move(members);
    match.first = first;
    match.last = last;
    match.measure = std::move(measure);
    for (std::size_t i = 0; i < group.values.size(); ++i) {
        match.group.emplace_back(correlation().groupBy[i], group.values[i]);
    }
    match.firedBy = match.members.empty() ? 0 : match.members.back().seq;
    return match;
}

std::size_t Correlator::partOf(const std::string &key)
{
    // Stays the same from run to run, which std::hash does not promise.
    std::uint32_t hash = 2166136261U;
    for (const char c : key) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash % parts;
}

std::map<std::string, std::string> Correlator::takeChanged()
{
    std::map<std::size_t, std::vector<const Group *>> changed;
    for (std::size_t part = 0; part < parts; ++part) {
        if (m_changed.test(part)) {
            changed[part];
        }
    }
    std::map<std::string, std::string> result;
    if (std::exchange(m_isClockChanged, false)) {
        result.emplace(clockPart, clock());
    }
    if (changed.empty()) {
        return result;
    }
    for (const auto &[key, group] : m_groups) {
        if (const auto it = changed.find(group->part); it != changed.end()) {
            it->second.push_back(group.get());
        }
    }
    m_changed.reset();
    for (const auto &[part, groups] : changed) {
        QByteArray bytes;
        if (!groups.empty()) {
            QDataStream out(&bytes, QIODevice::WriteOnly);
            out.setVersion(QDataStream::Qt_6_4);
            out << format << static_cast<quint32>(groups.size());
            for (const Group *group : groups) {
                const auto newest = m_newest.find(group->source);
                out << static_cast<qint32>(group->source) << static_cast<qint64>(group->touched)
                    << static_cast<qint64>(newest == m_newest.end() ? 0 : newest->second.time_since_epoch().count())
                    << static_cast<quint32>(group->values.size());
                for (const std::string &value : group->values) {
                    out << QByteArray::fromStdString(value);
                }
                write(*group, out);
            }
        }
        result.emplace(std::to_string(part), bytes.toStdString());
    }
    return result;
}

/// All that decides what is forgotten when, beside the groups: a restart must not make a late event another one.
std::string Correlator::clock() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << format << static_cast<quint64>(m_taken) << static_cast<quint64>(m_tidyAt);
    for (const auto *times : {&m_newest, &m_swept}) {
        out << static_cast<quint32>(times->size());
        for (const auto &[source, time] : *times) {
            out << static_cast<qint32>(source) << static_cast<qint64>(time.time_since_epoch().count());
        }
    }
    return bytes.toStdString();
}

void Correlator::restoreClock(QDataStream &in)
{
    quint64 taken = 0;
    quint64 tidyAt = 0;
    in >> taken >> tidyAt;
    for (auto *times : {&m_newest, &m_swept}) {
        quint32 count = 0;
        in >> count;
        for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
            qint32 source = 0;
            qint64 time = 0;
            in >> source >> time;
            if (in.status() == QDataStream::Ok) {
                (*times)[source] = event::Timestamp{std::chrono::microseconds(time)};
            }
        }
    }
    if (in.status() == QDataStream::Ok) {
        m_taken = taken;
        m_tidyAt = tidyAt;
    }
}

void Correlator::restore(const std::string &part, const std::string &text)
{
    const QByteArray bytes = QByteArray::fromStdString(text);
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 written = 0;
    in >> written;
    if (written != format) {
        return;
    }
    if (part == clockPart) {
        restoreClock(in);
        return;
    }
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        qint32 source = 0;
        qint64 touched = 0;
        qint64 newest = 0;
        quint32 values = 0;
        in >> source >> touched >> newest >> values;
        auto group = makeGroup();
        group->source = source;
        group->touched = touched;
        for (quint32 j = 0; j < values && in.status() == QDataStream::Ok; ++j) {
            QByteArray value;
            in >> value;
            group->values.push_back(value.toStdString());
        }
        read(*group, in);
        if (in.status() != QDataStream::Ok || group->values.size() != correlation().groupBy.size()) {
            return;
        }
        const event::Timestamp time{std::chrono::microseconds(newest)};
        auto &known = m_newest.try_emplace(source, time).first->second;
        known = std::max(known, time);
        std::string key = keyOf(source, group->values);
        group->part = partOf(key);
        m_entries += sizeOf(*group);
        m_groups[std::move(key)] = std::move(group);
    }
}

} // namespace octotrail::detect
