// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventTools' ways to events of the result: what is found, what is alike, what happened at a time.
#include "ui/entities/EntityText.h"
#include "ui/events/CellMenu.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FindBar.h"
#include "ui/events/TimeDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QLayout>
#include <QLocale>
#include <utility>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::Seq;

void EventTools::makeFindActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key, bool table) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        if (table) {
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            m_view.table()->addAction(action);
        }
        return action;
    };
    m_actions.find = make(tr("&Find in the result\u2026"), u"search", QKeySequence::Find, false);
    m_actions.findNext = make(tr("Find ne&xt"), u"arrow-down", QKeySequence(Qt::Key_F3), false);
    m_actions.findPrevious = make(tr("Find pre&vious"), u"arrow-up", QKeySequence(u"Shift+F3"_s), false);
    m_actions.goToTime = make(tr("&Go to a time\u2026"), u"clock", QKeySequence(u"Ctrl+G"_s), false);
    m_actions.alikeTransaction = make(tr("Mark its t&ransaction"), u"similar", QKeySequence(Qt::Key_X), true);
    m_actions.alikeSession = make(tr("Mark its &session"), u"similar", QKeySequence(Qt::Key_S), true);
    m_actions.alikeActor = make(tr("Mark its &actor"), u"user", QKeySequence(Qt::Key_A), true);
    m_actions.alikeValue = make(tr("Mark this &value"), u"similar", QKeySequence(Qt::Key_V), true);
    m_actions.alikeNext = make(tr("&Next like this"), u"arrow-down", QKeySequence(Qt::Key_BracketRight), true);
    m_actions.alikePrevious = make(tr("&Previous like this"), u"arrow-up", QKeySequence(Qt::Key_BracketLeft), true);
    m_actions.alikeNone = make(tr("Take these marks awa&y"), u"clear", QKeySequence(Qt::Key_Escape), true);
    m_actions.alikeNone->setEnabled(false);

    connect(m_actions.find, &QAction::triggered, this, [this] {
        if (m_view.details()->findHere()) {
            return;
        }
        m_findOrigin = std::max(0, m_view.table()->currentIndex().row());
        m_findBar->begin();
    });
    connect(m_actions.findNext, &QAction::triggered, this, [this] {
        if (m_finder.isActive()) {
            go(m_finder, true);
        } else {
            m_actions.find->trigger();
        }
    });
    connect(m_actions.findPrevious, &QAction::triggered, this, [this] { go(m_finder, false); });
    connect(m_findBar, &FindBar::changed, this, &EventTools::findFrom);
    connect(m_findBar, &FindBar::nextRequested, m_actions.findNext, &QAction::trigger);
    connect(m_findBar, &FindBar::previousRequested, m_actions.findPrevious, &QAction::trigger);
    connect(m_findBar, &FindBar::filterRequested, this, [this] {
        const QString text = m_findBar->text().trimmed();
        m_findBar->close();
        m_view.narrow(text);
    });
    connect(m_findBar, &FindBar::closed, this, [this] {
        m_finder.clear();
        m_view.table()->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_finder, &ResultFinder::changed, this, &EventTools::showFound);
    connect(&m_finder, &ResultFinder::firstFound, this, [this] {
        // The first one from where finding began, so that typing more does not wander off.
        if (const auto row = m_finder.next(m_findOrigin - 1, m_view.model().rowCount())) {
            m_view.table()->goToRow(*row);
        }
        showFound();
    });
    connect(m_view.table(), &EventTable::currentSeqChanged, this, [this] {
        showFound();
        showAlikeState();
    });

    connect(m_actions.alikeTransaction, &QAction::triggered, this,
        [this] { markAlike("transaction.id", tr("transaction")); });
    connect(m_actions.alikeSession, &QAction::triggered, this,
        [this] { markAlike("authenticationContext.externalSessionId", tr("session")); });
    connect(m_actions.alikeActor, &QAction::triggered, this, [this] { markAlike("actor.id", tr("actor")); });
    connect(m_actions.alikeValue, &QAction::triggered, this, [this] {
        m_view.whenCompared(false, [this](const QString &comparison, const QString &title) {
            if (comparison.isEmpty()) {
                Q_EMIT problemOccurred(EventView::nothingToCompare(title));
                return;
            }
            markAlike(comparison, title, std::nullopt);
        });
    });
    const auto goAlike = [this](bool forward) {
        if (m_alike.isActive()) {
            go(m_alike, forward);
            return;
        }
        m_view.whenCompared(false, [this, forward](const QString &comparison, const QString &title) {
            if (comparison.isEmpty()) {
                // The time of an event, say, is only its own: another one is like it that is of the same kind.
                markAlike("eventType", tr("event type"), forward);
                return;
            }
            markAlike(comparison, title, forward);
        });
    };
    connect(m_actions.alikeNext, &QAction::triggered, this, [goAlike] { goAlike(true); });
    connect(m_actions.alikePrevious, &QAction::triggered, this, [goAlike] { goAlike(false); });
    connect(m_actions.alikeNone, &QAction::triggered, m_alikeBar, &FindBar::close);
    connect(m_alikeBar, &FindBar::nextRequested, m_actions.alikeNext, &QAction::trigger);
    connect(m_alikeBar, &FindBar::previousRequested, m_actions.alikePrevious, &QAction::trigger);
    connect(m_alikeBar, &FindBar::filterRequested, this, [this] {
        const QString comparison = m_alikeComparison;
        m_alikeBar->close();
        m_view.narrow(comparison);
    });
    connect(m_alikeBar, &FindBar::closed, this, [this] {
        m_alikeComparison.clear();
        m_goAlike.reset();
        m_actions.alikeNone->setEnabled(false);
        m_alike.clear();
        m_view.table()->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_alike, &ResultFinder::changed, this, &EventTools::showAlikeState);
    connect(&m_alike, &ResultFinder::allFound, this, [this] {
        // Found in another order than they stand: which is the nearest is known at the end.
        if (const auto forward = std::exchange(m_goAlike, std::nullopt)) {
            go(m_alike, *forward);
        }
    });
    connect(m_actions.goToTime, &QAction::triggered, this, &EventTools::askForTime);
}

void EventTools::findFrom(const filter::Input &input)
{
    if (input.expression.matchesAll() && input.words.empty()) {
        m_finder.clear();
        return;
    }
    m_finder.find(input);
}

void EventTools::go(const ResultFinder &finder, bool forward)
{
    const int row = m_view.table()->currentIndex().row();
    const int rows = m_view.model().rowCount();
    if (const auto to = forward ? finder.next(row, rows) : finder.previous(row, rows)) {
        m_view.table()->goToRow(*to);
        m_findOrigin = *to;
    }
}

namespace {

/// "3 of 120", as far as it is known.
QString stateOf(const ResultFinder &finder, const EventTable &table, const EventTableModel &model)
{
    constexpr int counted = 500'000; ///< rows: counting further would be felt
    if (!finder.failure().isEmpty()) {
        return finder.failure();
    }
    if (finder.count() == 0) {
        return finder.isSearching() ? EventTools::tr("Searching\u2026") : EventTools::tr("Nothing found");
    }
    const QString count = QLocale().toString(finder.count()) + (finder.isSearching() ? u"+"_s : QString());
    const int row = table.currentIndex().row();
    const auto seq = model.seqAt(row);
    if (seq && finder.contains(*seq) && row < counted) {
        return EventTools::tr("%1 of %2").arg(QLocale().toString(finder.countUpTo(row)), count);
    }
    return finder.count() == 1 ? EventTools::tr("1 event") : EventTools::tr("%1 events").arg(count);
}

} // namespace

void EventTools::showFound()
{
    if (m_findBar->isHidden()) {
        return;
    }
    m_findBar->setState(m_finder.isActive() ? stateOf(m_finder, *m_view.table(), m_view.model()) : QString());
    m_findBar->setHasHits(m_finder.count() > 0);
}

void EventTools::showAlikeState()
{
    if (m_alikeBar->isHidden()) {
        return;
    }
    m_alikeBar->setState(stateOf(m_alike, *m_view.table(), m_view.model()));
    m_alikeBar->setHasHits(m_alike.count() > 0);
}

void EventTools::markAlike(const char *path, const QString &what, std::optional<bool> forward)
{
    const auto seq = m_view.table()->currentSeq();
    if (!seq) {
        return;
    }
    whenFinished(m_store->rows({*seq}, {path}), this,
        [this, path = QString::fromLatin1(path), what, forward](
            const event::Result<std::vector<store::EventRow>> &rows) {
            if (!rows) {
                Q_EMIT problemOccurred(rows.error().sentence);
                return;
            }
            const QString value = rows->empty() ? QString() : rows->front().cells.front();
            if (namesNothing(value.toStdString())) {
                Q_EMIT problemOccurred(tr("This event names no %1.").arg(what));
                return;
            }
            markAlike(comparisonFor(path, value, false), what, forward);
        });
}

void EventTools::markAlike(const QString &comparison, const QString &what, std::optional<bool> forward)
{
    if (comparison == m_alikeComparison && !forward) {
        m_alikeBar->close(); // once more takes the marks away
        return;
    }
    const auto expression = filter::parse(comparison.toStdString());
    if (!expression) {
        Q_EMIT problemOccurred(expression.error().sentence);
        return;
    }
    m_alikeComparison = comparison;
    m_actions.alikeNone->setEnabled(true);
    m_alikeBar->setWhat(tr("Same %1: %2").arg(what, singleLine(comparison, 90)));
    showAlikeBar();
    m_goAlike = forward;
    m_alike.find({*expression, {}});
}

/// The bar takes room from the table: the row that was seen stays seen.
void EventTools::showAlikeBar()
{
    EventTable *table = m_view.table();
    const bool seen = table->viewport()->rect().intersects(table->visualRect(table->currentIndex()));
    m_alikeBar->show();
    m_view.layout()->activate();
    if (seen) {
        table->scrollTo(table->currentIndex());
    }
}

void EventTools::askForTime()
{
    const int row = m_view.table()->currentIndex().row();
    const store::EventRow *current = m_view.model().loadedRow(row);
    const event::Timestamp first = current && current->published ? *current->published : event::now();
    auto *dialog = new TimeDialog(m_view.model().timeDisplay(), first, &m_view);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { goTo(dialog->moment()); });
    dialog->open();
}

void EventTools::goTo(event::Timestamp moment)
{
    // Of the result, in time: the first one from there on, else the last one before.
    const auto search = [this, moment](bool after, auto otherwise) {
        store::EventQuery query = m_view.model().result().query();
        query.sortPath = "published";
        query.descending = !after;
        event::TimeRange range = query.range;
        if (after) {
            range.since = std::max(range.since.value_or(moment), moment);
        } else {
            range.until = std::min(range.until.value_or(moment), moment);
        }
        query.range = range;
        if (m_timeSearch) {
            m_timeSearch.release()->deleteLater();
        }
        m_timeSearch = m_store->search(query);
        connect(m_timeSearch.get(), &store::Search::found, this, [this](const store::SeqsPtr &seqs) {
            if (seqs->empty() || !m_timeSearch) {
                return;
            }
            m_timeSearch->cancel();
            m_timeSearch.release()->deleteLater();
            if (const auto row = m_view.model().rowOf(seqs->front())) {
                m_view.table()->goToRow(*row);
                m_view.table()->setFocus(Qt::OtherFocusReason);
            } else {
                Q_EMIT problemOccurred(tr("The event at this time is not among the rows that can be shown."));
            }
        });
        connect(m_timeSearch.get(), &store::Search::finished, this, [otherwise](qint64 total) {
            if (total == 0) {
                otherwise();
            }
        });
        connect(m_timeSearch.get(), &store::Search::failed, this,
            [this](const event::Error &error) { Q_EMIT problemOccurred(error.sentence); });
    };
    search(true, [search] { search(false, [] {}); });
}

} // namespace octotrail::ui
