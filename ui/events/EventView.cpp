// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventView.h"

#include "store/Cases.h"
#include "ui/annotations/AnnotationPanel.h"
#include "ui/details/HoverCard.h"
#include "ui/events/CellMenu.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/FindBar.h"
#include "ui/events/FollowButton.h"
#include "ui/events/SourceChoice.h"
#include "ui/events/TimelineNotes.h"
#include "ui/events/TimelinePane.h"
#include "ui/searches/SearchActions.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QFuture>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

EventView::EventView(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_model(m_store)
    , m_bar(new FilterBar(this))
    , m_searches(new SearchActions(m_store, m_bar, this))
    , m_timeline(new TimelinePane(m_store, m_model.result(), this))
    , m_outer(new QSplitter(Qt::Horizontal, this))
    , m_facets(new FacetRail(m_store, m_model.result(), this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new EventTable(m_model, this))
    , m_nothingYet(new StatePage(this))
    , m_noMatch(new StatePage(this))
    , m_failed(new StatePage(this))
    , m_searching(new StatePage(this))
    , m_details(new DetailsPane(m_store, this))
    , m_tools(new EventTools(m_store, *this))
    , m_allTime(new QAction(tr("Show all time"), this))
    , m_clear(new QAction(icon(u"clear"), tr("&Clear the filter"), this))
{
    makeActions();
    makePlaceActions();
    makeFilterActions();
    makeEntityAction();
    makePages();
    m_splitter->setObjectName(u"eventSplitter"_s);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_details->setMinimumSize(30 * metrics::Unit, 18 * metrics::Unit);
    m_pages->setMinimumSize(40 * metrics::Unit, 16 * metrics::Unit);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_outer->setObjectName(u"facetSplitter"_s);
    m_outer->addWidget(m_facets);
    m_outer->addWidget(m_splitter);
    m_outer->addWidget(m_tools->panel());
    m_outer->setStretchFactor(1, 1);
    m_outer->setChildrenCollapsible(false);
    m_outer->setSizes({27 * metrics::Unit, 125 * metrics::Unit, 44 * metrics::Unit});
    layout->addWidget(m_bar);
    layout->addWidget(m_timeline);
    layout->addWidget(m_tools->findBar());
    layout->addWidget(m_tools->alikeBar());
    layout->addWidget(m_outer, 1);
    setFirstFocus(this, m_table);
    completeFilters();
    // Beside the table there is room for few of its columns, except on a wide screen.
    setDetailsBelow(true);

    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(std::chrono::milliseconds(400));
    m_searchingTimer.setSingleShot(true);
    m_searchingTimer.setInterval(std::chrono::milliseconds(200));
    connectParts();
    readSources();
    countTotal();
}

EventView::~EventView()
{
    delete m_tools; // it looks at the model, which goes before the children
    m_store->disconnect(this);
}

void EventView::makeActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key) {
        auto *action = new QAction(text, this);
        if (!iconName.isEmpty()) {
            action->setIcon(icon(iconName));
        }
        action->setShortcut(key);
        return action;
    };
    // Keys that mean something in text fields, too, belong to the table alone.
    const auto onTable = [this, make](const QString &text, QStringView iconName, const QKeySequence &key) {
        QAction *action = make(text, iconName, key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_table->addAction(action);
        return action;
    };
    m_actions.focusFilter = make(tr("&Edit the filter"), u"search", QKeySequence(u"Ctrl+L"_s));
    m_actions.clearFilter = make(tr("&Clear the filter"), u"clear", QKeySequence(u"Ctrl+Shift+L"_s));
    m_actions.searchAgain = make(tr("Search &again"), u"refresh", QKeySequence(u"Ctrl+R"_s));
    m_actions.filterToValue = make(tr("&Filter to this value"), u"filter", QKeySequence(u"Ctrl+Return"_s));
    m_actions.excludeValue = make(tr("E&xclude this value"), u"exclude", QKeySequence(u"Ctrl+Shift+Return"_s));
    m_actions.copy = onTable(tr("&Copy"), u"copy", QKeySequence::Copy);
    m_actions.copyCsv = make(tr("Copy rows as C&SV"), {}, QKeySequence(u"Ctrl+Alt+C"_s));
    m_actions.copyJson = make(tr("Copy events as &JSON"), {}, QKeySequence(u"Ctrl+Shift+C"_s));
    // Space is the table's own key: an action with it would take it from every text field.
    m_actions.follow = make(tr("&Follow new events"), u"follow", QKeySequence());
    m_actions.follow->setCheckable(true);
    m_actions.follow->setChecked(true);
    m_actions.newest = onTable(tr("Go to the &newest event"), u"arrow-up", QKeySequence(u"Ctrl+Home"_s));
    m_actions.actorProfile = make(tr("Show the actor's &profile"), u"user", QKeySequence(u"Ctrl+P"_s));
    m_actions.deviceProfile = make(tr("Show the de&vice's profile"), u"device", QKeySequence(u"Ctrl+Alt+P"_s));
    m_actions.details = make(tr("Event &details"), u"details", QKeySequence(u"Ctrl+D"_s));
    m_actions.details->setCheckable(true);
    m_actions.details->setChecked(true);
    m_actions.detailsBelow = make(tr("Details &below the table"), {}, QKeySequence());
    m_actions.detailsBelow->setCheckable(true);

    connect(m_actions.focusFilter, &QAction::triggered, this, &EventView::focusFilter);
    connect(m_actions.clearFilter, &QAction::triggered, m_bar, &FilterBar::clear);
    connect(m_actions.searchAgain, &QAction::triggered, this, [this] { m_bar->setFilter(m_bar->filter()); });
    const auto narrowByCell = [this](bool exclude) {
        if (m_table->currentIndex().column() == static_cast<int>(EventColumn::Source)) {
            m_table->whenCurrentIsRead([this, exclude](const QModelIndex &cell) {
                narrowToSource(cell.data(EventTableModel::RawValueRole).toString(), exclude);
            });
            return;
        }
        whenCompared(exclude, [this](const QString &comparison, const QString &title) {
            if (comparison.isEmpty()) {
                Q_EMIT noteArose(nothingToCompare(title));
            }
            narrow(comparison);
        });
    };
    connect(m_actions.filterToValue, &QAction::triggered, this, [narrowByCell] { narrowByCell(false); });
    connect(m_actions.excludeValue, &QAction::triggered, this, [narrowByCell] { narrowByCell(true); });
    connect(m_actions.copy, &QAction::triggered, this, &EventView::copyValue);
    connect(m_actions.copyCsv, &QAction::triggered, this, [this] { copyRows(RowCopy::Form::Csv, chosenEvents()); });
    connect(m_actions.copyJson, &QAction::triggered, this, [this] { copyRows(RowCopy::Form::Json, chosenEvents()); });
    connect(m_actions.follow, &QAction::triggered, this, [this](bool on) {
        if (on) {
            m_table->follow();
        } else {
            m_table->setPaused(true);
        }
    });
    connect(m_actions.actorProfile, &QAction::triggered, this, [this] { requestProfile(store::ProfileKind::User); });
    connect(m_actions.deviceProfile, &QAction::triggered, this, [this] { requestProfile(store::ProfileKind::Device); });
    connect(m_actions.newest, &QAction::triggered, m_table, &EventTable::follow);
    connect(m_actions.details, &QAction::toggled, m_details, &QWidget::setVisible);
    connect(m_actions.detailsBelow, &QAction::toggled, this, &EventView::setDetailsBelow);
    connect(m_clear, &QAction::triggered, m_actions.clearFilter, &QAction::trigger);
    connect(m_allTime, &QAction::triggered, this, [this] {
        m_bar->timeRange()->setPreset(TimeRangeChoice::Preset::All);
        applyQuery();
    });
}

void EventView::makePages()
{
    m_nothingYet->setIcon(u"events");
    const bool isReadOnly = store::isReadOnly(*m_store);
    m_nothingYet->setTitle(isReadOnly ? tr("No events") : tr("No events yet"));
    m_nothingYet->setSentence(isReadOnly
            ? tr("There are none in this case. It is open for reading only, so that none are collected or imported.")
            : tr("Events appear here as soon as a source has collected them or an archive is imported."));
    m_noMatch->setIcon(u"filter");
    m_noMatch->setTitle(tr("Nothing matches"));
    m_noMatch->addAction(m_clear);
    m_noMatch->addAction(m_allTime);
    m_failed->setIcon(u"error", Tone::Bad);
    m_failed->setTitle(tr("The search failed"));
    m_failed->addAction(m_actions.searchAgain);
    m_searching->setIcon(u"search");
    m_searching->setTitle(tr("Searching\u2026"));
    m_searching->setSentence({});
    m_searching->setBusy(true);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_nothingYet);
    m_pages->addWidget(m_noMatch);
    m_pages->addWidget(m_failed);
    m_pages->addWidget(m_searching);
    m_pages->setCurrentWidget(m_searching);
    m_pages->setAutoFillBackground(true);
    m_pages->setBackgroundRole(QPalette::Base);
}

void EventView::connectParts()
{
    connect(m_bar, &FilterBar::applied, this, &EventView::applyQuery);
    connect(m_bar, &FilterBar::cancelRequested, this, [this] { m_model.result().cancel(); });
    connect(m_bar, &FilterBar::leaveRequested, m_table, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_bar, &FilterBar::timeDisplayChanged, this, [this] {
        setTimeDisplay(m_bar->timeDisplay());
        Q_EMIT timeDisplayChanged(m_bar->timeDisplay());
    });
    connect(m_bar, &FilterBar::followToggled, this, [this] {
        const auto state = m_table->followState();
        if (state == EventTable::FollowState::ScrolledAway || state == EventTable::FollowState::Paused) {
            m_table->follow();
        } else {
            m_table->setPaused(true);
        }
    });
    connect(m_table, &EventTable::currentSeqChanged, this, [this] {
        m_details->showSeq(m_table->currentSeq());
        showCurrentTime();
        m_actions.around->setEnabled(m_table->currentSeq().has_value());
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &EventView::showCurrentTime);
    connect(m_bar, &FilterBar::zoomRequested, this, &EventView::zoomTo);
    connect(m_searches, &SearchActions::opened, this, &EventView::viewRequested);
    connect(m_searches, &SearchActions::told, this, [this](const QString &sentence, bool isWarning) {
        if (isWarning) {
            Q_EMIT problemOccurred(sentence);
        } else {
            Q_EMIT noteArose(sentence);
        }
    });
    connect(m_table, &EventTable::followStateChanged, this, &EventView::showState);
    connect(m_table, &EventTable::sortRefused, this, &EventView::noteArose);
    connect(m_table, &QWidget::customContextMenuRequested, this, &EventView::showCellMenu);
    connect(m_details, &DetailsPane::profileRequested, this, &EventView::profileRequested);
    connect(m_details, &DetailsPane::filterRequested, this,
        [this](
            const QString &path, const QString &value, bool exclude) { narrow(comparisonFor(path, value, exclude)); });
    m_notes = new TimelineNotes(m_store, m_timeline);
    connect(m_timeline, &TimelinePane::rangeChosen, this, &EventView::zoomTo);
    connect(m_timeline, &TimelinePane::backRequested, m_actions.undoZoom, &QAction::trigger);
    connect(
        m_facets, &FacetRail::filterRequested, this, [this](const QString &path, const QString &value, bool exclude) {
            if (path == u"source"_s) {
                narrowToSource(value, exclude);
            } else {
                narrow(comparisonFor(path, value, exclude));
            }
        });
    EventResult *result = &m_model.result();
    connect(result, &EventResult::stateChanged, this, &EventView::showState);
    connect(result, &EventResult::progressed, this, &EventView::showState);
    connect(result, &EventResult::heldCountChanged, this, &EventView::showState);
    connect(result, &EventResult::unplacedCountChanged, this, &EventView::showState);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &EventView::showState);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EventView::showState);
    connect(&m_model, &EventTableModel::readFailed, this,
        [this](const event::Error &error) { Q_EMIT problemOccurred(error.sentence); });
    connect(&m_countTimer, &QTimer::timeout, this, &EventView::countTotal);
    connect(&m_searchingTimer, &QTimer::timeout, this, &EventView::showState);
    connect(m_store.get(), &store::Store::committed, this, [this] {
        if (!m_countTimer.isActive()) {
            m_countTimer.start();
        }
    });
    connect(m_store.get(), &store::Store::sourcesChanged, this, &EventView::readSources);
    connect(m_tools, &EventTools::problemOccurred, this, &EventView::problemOccurred);
}

void EventView::applyQuery()
{
    takePlace();
    m_model.result().run(query());
    m_searchingTimer.start();
    showState();
}

store::EventQuery EventView::query() const
{
    store::EventQuery query = m_bar->query();
    const QHeaderView *header = m_table->horizontalHeader();
    const int column = header->sortIndicatorSection();
    const std::string path = column >= 0 && column < m_model.columnCount() ? m_model.column(column).sortPath : "";
    query.sortPath = path.empty() ? "published" : path;
    query.descending = header->sortIndicatorOrder() == Qt::DescendingOrder;
    return query;
}

void EventView::focusFilter()
{
    m_bar->focusFilter();
}

void EventView::narrow(const QString &condition)
{
    if (!condition.isEmpty()) {
        m_bar->narrow(condition);
    }
}

/// A range can be chosen around the current event once its row has been read.
void EventView::showCurrentTime()
{
    const store::EventRow *row = m_table->currentSeq() ? m_model.loadedRow(m_table->currentIndex().row()) : nullptr;
    m_bar->timeRange()->setCurrentEvent(row ? row->published : std::nullopt);
}

void EventView::whenCompared(bool exclude, std::function<void(const QString &, const QString &)> then)
{
    m_table->whenCurrentIsRead([this, exclude, then = std::move(then)](const QModelIndex &cell) {
        const QString title = m_model.column(cell.column()).title;
        if (cell.column() != static_cast<int>(EventColumn::Targets)) {
            then(CellMenu::comparison(cell, exclude), title);
            return;
        }
        const store::Seq seq = cell.data(EventTableModel::SeqRole).toLongLong();
        whenFinished(m_store->event(seq), this,
            [this, seq, exclude, title, then](const event::Result<store::StoredEvent> &read) {
                if (!read) {
                    Q_EMIT problemOccurred(read.error().sentence);
                } else if (m_table->currentSeq() == seq) {
                    then(CellMenu::comparisonByTarget(read->event, exclude), title);
                }
            });
    });
}

QString EventView::nothingToCompare(const QString &title)
{
    return tr("Events are not compared by \u201c%1\u201d. Choose a cell of another column.").arg(title);
}

void EventView::showState()
{
    const EventResult &result = m_model.result();
    m_bar->showResult(result, m_model.rowCount(), m_model.isTruncated(), m_total);
    m_bar->followButton()->showState(m_table->followState(), m_table->newEvents());
    m_actions.follow->setChecked(m_table->followState() != EventTable::FollowState::Paused);
    if (result.state() == EventResult::State::Failed) {
        m_failed->setSentence(result.error().sentence);
        m_pages->setCurrentWidget(m_failed);
        m_details->showSeq(std::nullopt);
        return;
    }
    if (m_model.rowCount() > 0) {
        m_pages->setCurrentWidget(m_table);
        return;
    }
    if (result.state() == EventResult::State::Searching || result.state() == EventResult::State::Empty) {
        if (!m_searchingTimer.isActive()) {
            m_pages->setCurrentWidget(m_searching);
        }
        return;
    }
    const bool cancelled = result.state() == EventResult::State::Cancelled;
    const bool filtered = isFiltered();
    const bool timed = m_bar->timeRange()->preset() != TimeRangeChoice::Preset::All;
    if (!cancelled && (m_total.value_or(0) == 0 || (!filtered && !timed))) {
        m_pages->setCurrentWidget(m_nothingYet);
        return;
    }
    m_noMatch->setTitle(cancelled ? tr("The search was cancelled") : tr("Nothing matches"));
    m_noMatch->setSentence(cancelled ? tr("Nothing had been found by then.")
            : filtered && timed      ? tr("No event in this time range matches the filter.")
            : filtered               ? tr("No event matches the filter.")
                                     : tr("There are no events in this time range."));
    m_allTime->setVisible(timed);
    m_clear->setVisible(filtered);
    m_pages->setCurrentWidget(m_noMatch);
}

void EventView::countTotal()
{
    whenFinished(m_store->count({}), this, [this](const event::Result<std::int64_t> &count) {
        if (count) {
            const bool areFirst = *count > 0 && (m_total ? *m_total == 0 : m_isFirstLook);
            m_total = *count;
            Q_EMIT totalChanged(*count);
            showState();
            if (areFirst) {
                showFirstEvents();
            }
        }
    });
}

bool EventView::isFiltered() const
{
    return !m_bar->filter().trimmed().isEmpty() || !m_bar->sources()->chosen().empty();
}

void EventView::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (!sources) {
            return;
        }
        // A source that is gone may have taken its events with it, and names are part of the rows.
        const bool changed = std::ranges::any_of(m_sources, [&](const store::SourceConfig &old) {
            const auto now = std::ranges::find(*sources, old.id, &store::SourceConfig::id);
            return now == sources->end() || now->name != old.name;
        });
        m_sources = *sources;
        m_bar->sources()->setSources(m_sources);
        m_searches->setSources(m_sources);
        m_details->setSourceNames(m_sources);
        m_bar->followButton()->setFeed(feedOf(m_sources, store::isReadOnly(*m_store)));
        if (changed) {
            m_model.forgetRows();
            countTotal();
        }
    });
}

void EventView::setTimeDisplay(const TimeDisplay &time)
{
    m_bar->setTimeDisplay(time);
    m_model.setTimeDisplay(time);
    m_details->setTimeDisplay(time);
    m_timeline->setTimeDisplay(time);
    m_tools->panel()->setTimeDisplay(time);
    m_tools->card()->setTimeDisplay(time);
}

bool EventView::isDetailsBelow() const
{
    return m_splitter->orientation() == Qt::Vertical;
}

void EventView::setDetailsBelow(bool below)
{
    if (below == isDetailsBelow()) {
        return;
    }
    m_splitter->setOrientation(below ? Qt::Vertical : Qt::Horizontal);
    const int whole = below ? height() : width();
    m_splitter->setSizes(below ? QList{whole - 280, 280} : QList{whole - 380, 380});
    m_actions.detailsBelow->setChecked(below);
}

void EventView::addStartAction(QAction *action)
{
    m_nothingYet->addAction(action);
}

} // namespace octotrail::ui
