// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What MainWindow exports, and what it tells of exports, imports and the like.
#include "ui/MainWindow.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/transfer/ProblemList.h"
#include "ui/window/BannerArea.h"
#include "ui/window/TransferArea.h"

#include <QAction>
#include <QLocale>
#include <utility>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

/// What the table shows, whatever arrives while somebody chooses a file, or has arrived since the table was paused.
void MainWindow::exportEvents()
{
    using State = EventResult::State;
    const EventResult &result = m_events->model().result();
    const qint64 rows = result.rows().size();
    const QString count = QLocale().toString(rows);
    const bool isComplete = result.state() == State::Complete;
    const bool isCancelled = result.state() == State::Cancelled;
    const bool whole = m_events->filterBar()->filter().trimmed().isEmpty();
    TransferArea::Offer offer;
    offer.query = m_events->query();
    offer.query.upTo = result.shownUpTo();
    offer.what = isCancelled ? tr("%1 events that were found until the search was cancelled").arg(count)
        : !isComplete        ? tr("All events of the filter, also those that are still searched for")
        : whole              ? tr("%1 events").arg(count)
                             : tr("%1 events that match the filter").arg(count);
    if (isComplete || isCancelled) {
        offer.total = rows;
        if (!offer.query.upTo) {
            offer.found = std::make_shared<const std::vector<store::Seq>>(result.rows().slice(0, rows - 1));
        }
    }
    auto chosen = m_events->chosenEvents();
    if (std::cmp_less(chosen.size(), rows)) {
        offer.chosen = std::make_shared<const std::vector<store::Seq>>(std::move(chosen));
    }
    offer.shownPaths = m_events->shownPaths();
    offer.zone = m_events->filterBar()->timeDisplay().timeZone();
    m_transfers->askForExport(offer);
}

void MainWindow::showOutcome(const QString &title, const TransferJob::Outcome &outcome)
{
    Tone tone = Tone::Good;
    switch (outcome.kind) {
    case TransferJob::Outcome::Kind::Done:
        break;
    case TransferJob::Outcome::Kind::DoneWithProblems:
    case TransferJob::Outcome::Kind::Cancelled:
        tone = Tone::Warning;
        break;
    case TransferJob::Outcome::Kind::Failed:
        tone = Tone::Bad;
        break;
    }
    QList<QAction *> actions;
    if (outcome.offersExport) {
        actions << new QAction(tr("Export instead\u2026"), this);
        connect(actions.last(), &QAction::triggered, this, &MainWindow::exportEvents);
    }
    if (!outcome.problems.isEmpty()) {
        auto *list = new QAction(tr("Show the problems"), this);
        connect(list, &QAction::triggered, this, [this, outcome] {
            (new ProblemList(outcome.problems, outcome.problemCount, this))->show(); // deletes itself when closed
        });
        actions << list;
    }
    // Nothing else leads to a list of problems: it stays until it is closed.
    m_banners->remove(u"transfer"_s);
    const QString key = outcome.problems.isEmpty() ? u"transfer"_s : u"problems-%1"_s.arg(++m_problemLists);
    m_banners->show(key, tone, u"%1: %2"_s.arg(title, outcome.sentence), actions);
    updateWelcome();
}

} // namespace octotrail::ui
