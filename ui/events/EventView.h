// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "store/Store.h"
#include "ui/events/QueryHistory.h"
#include "ui/events/RowClipboard.h"
#include "ui/models/EventTableModel.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <chrono>
#include <memory>

class QAction;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace octotrail::ui {

class DetailsPane;
class EventTable;
class EventTools;
class FacetRail;
class FilterBar;
class SearchActions;
class StatePage;
class TimelineNotes;
class TimelinePane;
class TransferJob;

/// The events: a bar that says which, how they lie in time, the values they have, a table, and one of them in full.
class EventView : public QWidget
{
    Q_OBJECT

public:
    explicit EventView(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~EventView() override;

    FilterBar *filterBar() const { return m_bar; }
    EventTable *table() const { return m_table; }
    EventTableModel &model() { return m_model; }
    DetailsPane *details() const { return m_details; }
    TimelinePane *timeline() const { return m_timeline; }
    TimelineNotes *timelineNotes() const { return m_notes; }
    FacetRail *facets() const { return m_facets; }
    SearchActions *searches() const { return m_searches; }
    EventTools *tools() const { return m_tools; }
    /// Those chosen in the table, in its order, or else the current one.
    std::vector<store::Seq> chosenEvents() const;
    /// The paths of the columns that are shown, for an export; those of annotations come last, if there are any.
    std::vector<std::string> shownPaths() const;
    void copyMarkdown();

    /// The query whose result is shown, with its order. What an export writes.
    store::EventQuery query() const;
    /// Events in the store, once counted.
    std::optional<qint64> total() const { return m_total; }

    /// Asks for a detection rule made of the current event.
    void requestRule();
    void focusFilter();
    /// Joins a condition to the filter, as FilterBar::narrow() does.
    void narrow(const QString &condition);
    /// The same by a source, which is chosen beside the filter: of the sources that are shown, only those of that name
    /// stay, or all others.
    void narrowToSource(const QString &name, bool exclude);
    /// Calls with the comparison that the current cell stands for, once that is known, and the column's title; with
    /// none if it stands for none.
    void whenCompared(bool exclude, std::function<void(const QString &comparison, const QString &title)> then);
    /// What is told then.
    static QString nothingToCompare(const QString &title);
    /// Narrows the time; undoZoom() goes back to the time before.
    void zoomTo(const event::TimeRange &range);
    void undoZoom();
    /// What happened so long before and after the current event; all of it, or what the filter shows.
    void showAround(std::chrono::seconds half, bool withoutFilter);
    void goBack();
    void goForward();
    void setTimeDisplay(const TimeDisplay &time);
    void setDetailsBelow(bool below);
    bool isDetailsBelow() const;

    struct Actions
    {
        QAction *focusFilter;
        QAction *clearFilter;
        QAction *searchAgain;
        QAction *filterToValue;
        QAction *excludeValue;
        QAction *copy;
        QAction *copyCsv;
        QAction *copyJson;
        QAction *follow;
        QAction *newest;
        QAction *actorProfile;
        QAction *deviceProfile;
        QAction *openEntity;
        QAction *details;
        QAction *detailsBelow;
        QAction *timeline;
        QAction *facets;
        QAction *nextPane;
        QAction *previousPane;
        QAction *undoZoom;
        QAction *back;
        QAction *forward;
        QAction *chips;
        QAction *timeRange;
        QAction *around;
    };
    const Actions &actions() const { return m_actions; }
    /// Shown where there are no events yet, after those of the page itself.
    void addStartAction(QAction *action);

    void saveState(QSettings &settings) const;
    void restoreState(QSettings &settings);

Q_SIGNALS:
    void totalChanged(qint64 total);
    void timeDisplayChanged(const octotrail::ui::TimeDisplay &time);
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);
    /// The page of somebody or something that an event names is wanted.
    void entityRequested(const octotrail::store::Entity &entity);
    /// A detection rule is to be made of the event.
    void ruleRequested(const octotrail::event::LogEvent &event);
    /// Something that the window should tell.
    void problemOccurred(const QString &sentence);
    void noteArose(const QString &sentence);
    /// The case is looked at for the first time, and has nothing in the usual time.
    void onlyOldEventsFound();
    /// Takes a while: its progress is to be shown.
    void jobStarted(octotrail::ui::TransferJob *job);
    /// Something happened here that is to be seen.
    void viewRequested();

private:
    void makeActions();
    void makePlaceActions();
    void makePages();
    void connectParts();
    void showCurrentTime();
    void applyQuery();
    void takePlace();
    void goToPane(bool forward);
    void makeFilterActions();
    void completeFilters();
    QMenu *makeAroundMenu(QWidget *parent);
    void showState();
    void countTotal();
    void showFirstEvents();
    bool isFiltered() const;
    void readSources();
    void showCellMenu(const QPoint &position);
    void openCellMenu(const QModelIndex &index, const event::LogEvent *event, const QPoint &globalPosition);
    QList<int> shownColumns() const;
    void requestProfile(store::ProfileKind kind);
    void makeEntityAction();
    void openEntityOfCell();
    void addEntities(QMenu &menu, int column, const event::LogEvent &event);
    void copyValue();
    void copyRows(RowCopy::Form form, std::vector<store::Seq> seqs);

    std::shared_ptr<store::Store> m_store;
    EventTableModel m_model;
    FilterBar *m_bar;
    SearchActions *m_searches;
    TimelinePane *m_timeline;
    TimelineNotes *m_notes = nullptr;
    QSplitter *m_outer;
    FacetRail *m_facets;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    EventTable *m_table;
    StatePage *m_nothingYet;
    StatePage *m_noMatch;
    StatePage *m_failed;
    StatePage *m_searching;
    DetailsPane *m_details;
    EventTools *m_tools;
    Actions m_actions{};
    QAction *m_allTime;
    QAction *m_clear; ///< where nothing matches, and there is a filter
    std::optional<qint64> m_total;
    bool m_isFirstLook = false; ///< nobody has chosen a time in this case
    std::vector<store::SourceConfig> m_sources;
    QueryHistory m_history;
    std::vector<BarState> m_zooms; ///< what was shown before each narrowing of the time
    std::optional<event::TimeRange> m_zoomedTo;
    QPointer<TransferJob> m_copying;
    QTimer m_countTimer;
    QTimer m_searchingTimer;
};

} // namespace octotrail::ui
