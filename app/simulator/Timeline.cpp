// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Timeline.h"

#include <algorithm>
#include <cmath>

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::Timestamp;
using std::chrono::milliseconds;

namespace {

constexpr auto sliceLength = 10s;

} // namespace

Timeline::Timeline(const Company &company, const Setup &setup, EventLog &log)
    : m_company(company)
    , m_setup(setup)
    , m_log(log)
    , m_writer(setup.faults)
    , m_background(company, setup.seed)
    , m_calendar(setup.seed, setup.start - setup.history, setup.start)
    , m_begin(std::chrono::floor<milliseconds>(setup.start - setup.history))
{ }

void Timeline::advance(Timestamp now)
{
    while (m_begin + m_slice * sliceLength <= now) {
        liveThroughSlice();
    }
    while (!m_pending.empty() && m_pending.top().persisted <= now) {
        // The queue gives its top away as const; its order does not depend on the line.
        auto &top = const_cast<Pending &>(m_pending.top());
        m_log.append(std::move(top.line), top.published, top.persisted, top.visible);
        m_pending.pop();
    }
    const std::scoped_lock lock(m_toldMutex);
    m_now = std::max(m_now, now);
}

void Timeline::liveThroughSlice()
{
    // Each slice has a stream of its own, so that what is told in one does not depend on how it was reached.
    Random random(m_setup.seed, 0x711e'0000 + m_slice);
    const Timestamp begin = m_begin + m_slice * sliceLength;
    ++m_slice;
    if (m_setup.stories) {
        for (const StoryCalendar::Entry &entry : m_calendar.between(begin, begin + sliceLength)) {
            tell(entry);
        }
    }
    Scene scene(m_company, random, [&](const EventDraft &draft) { take(draft, random); });
    const int perMinute = begin < m_setup.start ? m_setup.historyEventsPerMinute : m_setup.eventsPerMinute;
    m_owed += m_background.load(begin) * perMinute / (60s / sliceLength);
    while (m_owed > 0) {
        const std::uint64_t before = m_written;
        const Timestamp t = begin + milliseconds(random.below(static_cast<int>(milliseconds(sliceLength).count())));
        m_background.perform(scene, t);
        m_owed -= static_cast<double>(std::max<std::uint64_t>(1, m_written - before));
    }
}

void Timeline::tell(const StoryCalendar::Entry &entry)
{
    Random random(m_setup.seed, 0x5701'0000'0000 ^ static_cast<std::uint64_t>(entry.begin.time_since_epoch().count()));
    Told told{entry.plot->name, entry.begin, {}};
    Scene scene(m_company, random, [&](const EventDraft &draft) { told.parts.push_back(take(draft, random)); });
    entry.plot->tell(scene, std::chrono::floor<milliseconds>(entry.begin));
    std::ranges::stable_sort(told.parts, {}, &Told::Part::published);
    const std::scoped_lock lock(m_toldMutex);
    m_told.push_back(std::move(told));
}

std::vector<Story> Timeline::stories() const
{
    const std::scoped_lock lock(m_toldMutex);
    std::vector<Story> result;
    for (const Told &told : m_told) {
        Story story{QString::fromUtf8(told.name.data(), static_cast<qsizetype>(told.name.size())), told.begin, {}};
        for (const Told::Part &part : told.parts) {
            if (part.persisted <= m_now) {
                story.uuids.push_back(part.uuid);
            }
        }
        if (!story.uuids.empty()) {
            result.push_back(std::move(story));
        }
    }
    return result;
}

Timeline::Told::Part Timeline::take(const EventDraft &draft, Random &random)
{
    EventWriter::Written written = m_writer.write(draft, random);
    const Timestamp persisted = persistenceOf(draft.published, random);
    const bool isBehind = m_setup.faults.behind > 0 && random.chance(m_setup.faults.behind);
    const Timestamp visible = isBehind ? persisted + upToTwoHours(random) : persisted;
    m_pending.push({persisted, m_written++, draft.published, visible, std::move(written.line)});
    return {draft.published, persisted, std::move(written.uuid)};
}

/// A second as likely as an hour: most delays are short.
std::chrono::seconds Timeline::upToTwoHours(Random &random)
{
    constexpr double longest = 7200;
    return std::chrono::seconds(static_cast<int>(std::pow(longest, random.unit())));
}

Timestamp Timeline::persistenceOf(Timestamp published, Random &random) const
{
    if (random.chance(m_setup.faults.late)) {
        return published + std::chrono::seconds(random.between(120, 1800));
    }
    if (m_setup.faults.veryLate > 0 && random.chance(m_setup.faults.veryLate)) {
        return published + upToTwoHours(random);
    }
    if (random.chance(m_setup.faults.reorder)) {
        return published + milliseconds(random.between(2000, 15'000));
    }
    return published + milliseconds(random.between(150, 600));
}

} // namespace octotrail::simulator
