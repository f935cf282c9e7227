// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/Annotator.h"
#include "ui/layouts/LayoutShelf.h"
#include "ui/models/ResultFinder.h"

#include <QUndoStack>

class QAction;
class QMenu;

namespace octotrail::ui {

class AnnotationPanel;
class EventView;
class FindBar;
class HoverCard;

/// What an analyst does with the events of the table beside filtering them: marks, tags and notes, layouts and colours,
/// finding in the result, going to what is alike or to a time.
class EventTools : public QObject
{
    Q_OBJECT

public:
    EventTools(std::shared_ptr<store::Store> store, EventView &view);
    ~EventTools() override;

    struct Actions
    {
        QAction *undo;
        QAction *redo;
        QAction *bookmark;
        QAction *tag;
        QAction *note;
        QAction *clearMarks;
        QAction *panel;
        QAction *showBookmarked;
        QAction *showTagged;
        QAction *showNoted;
        QAction *find;
        QAction *findNext;
        QAction *findPrevious;
        QAction *alikeTransaction;
        QAction *alikeSession;
        QAction *alikeActor;
        QAction *alikeValue;
        QAction *alikeNext;
        QAction *alikePrevious;
        QAction *alikeNone;
        QAction *goToTime;
        QAction *compare;
        QAction *card;
        QAction *copyMarkdown;
        QAction *columns;
        QAction *colorRules;
        QAction *colorRuleOfFilter;
        QAction *compact;
        QAction *normal;
        QAction *comfortable;
    };
    const Actions &actions() const { return m_actions; }
    QMenu *makeLayoutMenu(QWidget *parent) { return m_shelf.makeMenu(parent); }
    QMenu *makeDensityMenu(QWidget *parent);

    AnnotationBook &book() { return m_book; }
    Annotator &annotator() { return m_annotator; }
    LayoutShelf &shelf() { return m_shelf; }
    RowColors &colors() { return m_colors; }
    ResultFinder &finder() { return m_finder; }
    ResultFinder &alike() { return m_alike; }
    /// Every change that can be undone here.
    QUndoStack &undoStack() { return m_undo; }

    FindBar *findBar() const { return m_findBar; }
    HoverCard *card() const { return m_card; }
    FindBar *alikeBar() const { return m_alikeBar; }
    AnnotationPanel *panel() const { return m_panel; }

    /// Goes to an event; if the result does not have it, it becomes the result.
    void showEvent(store::Seq seq, const QString &uuid);
    /// Goes to the first event at this time or behind it, as the result is ordered by time.
    void goTo(event::Timestamp moment);

Q_SIGNALS:
    void problemOccurred(const QString &sentence);
    /// Something was done that can be undone.
    void told(const QString &sentence);

private:
    void makeActions();
    void makeFindActions();
    void connectParts();
    std::vector<store::Seq> chosen();
    void askForTags();
    void askForNote();
    void askForTime();
    void compareTwo();
    void goToEvent(store::Seq seq, const QString &uuid);
    void showInstead(const QString &filter, const event::TimeRange &range);
    void findFrom(const filter::Input &input);
    void showFound();
    void showAlikeState();
    void go(const ResultFinder &finder, bool forward);
    /// Marks the events that have the same value at the path as the current one; once more takes the marks away.
    /// If forward is given, goes on to the next one or the one before.
    void markAlike(const char *path, const QString &what, std::optional<bool> forward = std::nullopt);
    void markAlike(const QString &comparison, const QString &what, std::optional<bool> forward);
    void showAlikeBar();

    std::shared_ptr<store::Store> m_store;
    EventView &m_view;
    QUndoStack m_undo;
    AnnotationBook m_book;
    Annotator m_annotator;
    RowColors m_colors;
    LayoutShelf m_shelf;
    ResultFinder m_finder;
    ResultFinder m_alike;
    FindBar *m_findBar;
    FindBar *m_alikeBar;
    AnnotationPanel *m_panel;
    HoverCard *m_card;
    Actions m_actions{};
    QString m_alikeComparison;
    std::optional<bool> m_goAlike; ///< where to go as soon as they are known: forward or back
    int m_findOrigin = 0; ///< the row that was current when finding began
    std::optional<store::Seq> m_pending; ///< to be gone to when the result has it
    std::unique_ptr<store::Search> m_timeSearch;
};

} // namespace octotrail::ui
