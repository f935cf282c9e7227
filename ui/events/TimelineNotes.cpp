// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimelineNotes.h"

#include "store/Coverage.h"
#include "ui/alerts/AlertLook.h"
#include "ui/events/TimelinePane.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <utility>

namespace octotrail::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto pause = 2s;
constexpr int mostMarks = 500;
constexpr int longestText = 120;

} // namespace

TimelineNotes::TimelineNotes(const std::shared_ptr<store::Store> &store, TimelinePane *pane)
    : QObject(pane)
    , m_store(store)
    , m_pane(pane)
    , m_alerts(store)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &TimelineNotes::read);
    connect(m_store.get(), &store::Store::committed, this, &TimelineNotes::readSoon);
    connect(m_store.get(), &store::Store::sourcesChanged, this, &TimelineNotes::readSoon);
    connect(&m_alerts, &store::Alerts::changed, this, &TimelineNotes::readSoon);
    read();
}

void TimelineNotes::setClockSkew(std::chrono::milliseconds skew)
{
    // Of some seconds nobody would see anything.
    if (std::chrono::abs(std::exchange(m_clockSkew, skew) - skew) > 1min) {
        readSoon();
    }
}

void TimelineNotes::readSoon()
{
    if (!m_timer.isActive()) {
        m_timer.start();
    }
}

void TimelineNotes::read()
{
    whenFinished(store::Coverage(*m_store).gaps(0, event::now() + m_clockSkew), this,
        [this](const event::Result<std::vector<store::Gap>> &gaps) {
            if (!gaps) {
                return; // the sources page tells what is wrong
            }
            m_pane->setGaps(*gaps);
        });
    store::AlertQuery query;
    query.states = {store::AlertState::Open, store::AlertState::Acknowledged};
    query.limit = mostMarks;
    whenFinished(m_alerts.list(query), this, [this](const event::Result<store::AlertList> &list) {
        if (!list) {
            return; // the alerts view tells what is wrong
        }
        std::vector<TimelineMark> marks;
        for (const store::Alert &alert : list->alerts) {
            marks.push_back({alert.first, alertLook(alert.severity).tone, singleLine(alert.title, longestText)});
        }
        m_pane->view()->setMarks(std::move(marks));
    });
}

} // namespace octotrail::ui
