// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/FirstSeen.h"

#include "event/Text.h"

#include <QByteArray>
#include <QDataStream>
#include <algorithm>

namespace octotrail::detect {

namespace {

/// Of a group: user agents change often, and a hostile client can show a new one each time.
constexpr std::size_t maxValues = 1000;
constexpr std::size_t maxLength = 300;

} // namespace

FirstSeen::FirstSeen(RulePtr rule)
    : Correlator(std::move(rule))
{
    for (const FieldName &field : correlation().fields) {
        m_fields.emplace_back(field);
    }
}

/// The values as they are written; several fields make one value together.
std::vector<std::string> FirstSeen::valuesOf(const Occurrence &occurrence) const
{
    if (!occurrence.event) {
        return {};
    }
    if (m_fields.size() == 1) {
        return m_fields.front().of(*occurrence.event);
    }
    std::string all;
    bool isThere = false;
    for (const EventValues &field : m_fields) {
        const std::string value = field.first(*occurrence.event);
        isThere = isThere || !value.empty();
        all += (&field == &m_fields.front() ? "" : ", ") + value;
    }
    return isThere ? std::vector<std::string>{std::move(all)} : std::vector<std::string>{};
}

void FirstSeen::add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches)
{
    auto &history = static_cast<History &>(group);
    const auto values = valuesOf(occurrence);
    if (values.empty()) {
        return;
    }
    const event::Timestamp time = occurrence.time;
    const bool hasLearned = correlation().learning.count() == 0
        || (history.since && time > *history.since && time - *history.since >= correlation().learning);
    const store::Seq seq = occurrence.members.empty() ? 0 : occurrence.members.back().seq;
    for (const std::string &value : values) {
        const std::string folded = event::foldCase(value).substr(0, maxLength);
        const auto [it, isNew] = history.values.try_emplace(folded, Known{time, time, seq});
        Known &known = it->second;
        const bool isForgotten = !isNew && time > known.last && time - known.last > correlation().timespan;
        if (hasLearned && (isNew || isForgotten)) {
            matches.push_back(matchOf(history, occurrence.members, time, time, "first seen: " + value));
        }
        known.first = std::min(known.first, time);
        known.last = std::max(known.last, time);
        known.seq = std::max(known.seq, seq);
    }
    history.last = history.since ? std::max(history.last, time) : time;
    history.since = history.since ? std::min(*history.since, time) : time;
    while (history.values.size() > maxValues) {
        history.values.erase(
            std::ranges::min_element(history.values, {}, [](const auto &entry) { return entry.second.last; }));
    }
}

bool FirstSeen::forget(Group &group, event::Timestamp oldest, store::Seq seq)
{
    auto &history = static_cast<History &>(group);
    std::erase_if(
        history.values, [&](const auto &entry) { return entry.second.last < oldest && entry.second.seq < seq; });
    // That the group was there is remembered longer than what it showed: who comes back after a long silence is known,
    // and what he shows then is new.
    return history.values.empty() && history.last < oldest - 3 * correlation().timespan && history.touched < seq;
}

std::size_t FirstSeen::sizeOf(const Group &group) const
{
    return static_cast<const History &>(group).values.size() + 1;
}

void FirstSeen::write(const Group &group, QDataStream &out) const
{
    const auto &history = static_cast<const History &>(group);
    const auto count = [](event::Timestamp time) { return static_cast<qint64>(time.time_since_epoch().count()); };
    out << history.since.has_value() << count(history.since.value_or(event::Timestamp{})) << count(history.last)
        << static_cast<quint32>(history.values.size());
    for (const auto &[value, known] : history.values) {
        out << QByteArray::fromStdString(value) << count(known.first) << count(known.last)
            << static_cast<qint64>(known.seq);
    }
}

void FirstSeen::read(Group &group, QDataStream &in) const
{
    auto &history = static_cast<History &>(group);
    const auto time = [](qint64 count) { return event::Timestamp{std::chrono::microseconds(count)}; };
    bool hasSince = false;
    qint64 since = 0;
    qint64 last = 0;
    quint32 values = 0;
    in >> hasSince >> since >> last >> values;
    if (hasSince) {
        history.since = time(since);
    }
    history.last = time(last);
    for (quint32 i = 0; i < values && in.status() == QDataStream::Ok; ++i) {
        QByteArray value;
        qint64 first = 0;
        qint64 end = 0;
        qint64 seq = 0;
        in >> value >> first >> end >> seq;
        history.values.emplace(value.toStdString(), Known{time(first), time(end), seq});
    }
}

} // namespace octotrail::detect
