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
constexpr int marksOfABar = 4; ///< at most: what began closer together is told as one
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
    connect(m_pane->view(), &TimelineView::timeChanged, this, &TimelineNotes::readMarks);
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
    readMarks();
}

void TimelineNotes::readMarks()
{
    const store::HistogramData &shown = m_pane->view()->data();
    store::AlertQuery query;
    query.states = {store::AlertState::Open, store::AlertState::Acknowledged};
    // One more bar: a day is longer where clocks are put back.
    const int stretches = shown.bins > 0 ? (shown.bins + 1) * marksOfABar : 0;
    whenFinished(m_alerts.moments(std::move(query), shown.start, shown.width / marksOfABar, stretches), this,
        [this, reading = ++m_reading](const event::Result<std::vector<store::AlertMoment>> &moments) {
            if (!moments || reading != m_reading) {
                return; // the alerts view tells what is wrong
            }
            std::vector<TimelineMark> marks;
            for (const store::AlertMoment &moment : *moments) {
                const QString title = singleLine(moment.title, longestText);
                marks.push_back({moment.time, alertLook(moment.severity).tone,
                    moment.count == 1 ? title : tr("%1 alerts, one of them: %2").arg(moment.count).arg(title)});
            }
            m_pane->view()->setMarks(std::move(marks));
        });
}

} // namespace octotrail::ui
