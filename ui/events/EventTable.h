// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layouts/TableLayout.h"
#include "ui/models/EventTableModel.h"
#include "ui/widgets/UniformTableView.h"

#include <functional>

namespace octotrail::ui {

class EventDelegate;
class NewEventsChip;
class PinnedColumns;

/// The table of events. New ones come in at the edge where the order puts them (the top, if the newest are first);
/// while that edge is on the screen the table follows them, otherwise it does not move and a chip counts them.
class EventTable : public UniformTableView
{
    Q_OBJECT

public:
    enum class FollowState {
        Following,
        ScrolledAway, ///< new events come in, out of sight
        Paused, ///< new events wait
        Unordered, ///< sorted by something else than time: new events come in anywhere
    };

    explicit EventTable(EventTableModel &model, QWidget *parent = nullptr);
    ~EventTable() override;

    FollowState followState() const;
    /// New events that the user has not been shown: out of sight or held back.
    qint64 newEvents() const;
    void setPaused(bool paused);
    /// Shows the newest event and follows from there.
    void follow();

    /// Which columns, where and how wide, and how high the rows are.
    TableLayout layoutOfColumns() const;
    void setLayoutOfColumns(const TableLayout &layout);
    QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray &state);
    void resetColumns();
    /// Shows a column for the path, behind the others if there is none yet.
    void addColumn(const QString &path);
    void removeColumn(int column);
    void setPinned(int count);
    int pinned() const;
    Density density() const { return m_density; }
    void setDensity(Density density);
    /// Show and hide columns: for the header's menu and the window's.
    QList<QAction *> columnActions() const { return m_columnActions; }
    /// Sorts by the column of the current cell, as a click on its header does.
    QAction *sortAction() const { return m_sort; }
    /// Give the column of the current cell more or less room.
    QAction *widerAction() const { return m_wider; }
    QAction *narrowerAction() const { return m_narrower; }

    /// The event of the current row.
    std::optional<store::Seq> currentSeq() const;
    /// Where a click opens the page of whom the cell names; empty if it names nobody.
    QRect entitySign(const QModelIndex &index) const;
    /// Calls with the current cell as soon as its row has been read, at once if it has; never if another cell becomes
    /// the current one first, or another is waited for.
    void whenCurrentIsRead(std::function<void(const QModelIndex &)> then);

    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void keyboardSearch(const QString &search) override;
    /// Makes the row the current one, and chosen alone; shows it in the middle if it was not on the screen.
    void goToRow(int row);

Q_SIGNALS:
    void layoutOfColumnsChanged();
    /// An arrangement of columns gave way to another one, and can be brought back; what says why.
    void rearranged(const octotrail::ui::TableLayout &before, const QString &what);
    void chooserRequested();
    void currentSeqChanged();
    /// The page of whom the current cell names.
    void entityRequested();
    void followStateChanged();
    void sortChosen();
    /// The column cannot be sorted by: why.
    void sortRefused(const QString &sentence);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Edge { Top, Bottom, None };
    Edge edge() const;
    bool isAtEdge() const;
    void setUpColumns();
    void setPathColumns(const QStringList &paths);
    void sortBy(int column);
    void widen(int pixels);
    void tellLayout();
    void showHeaderMenu(const QPoint &position);
    void showProfiles();
    void updateRowHeight();
    void makeCurrent(int row);
    void rememberPlace();
    void restorePlace();
    void takeScroll();
    void updateChip();

    EventTableModel &m_model;
    EventDelegate *m_delegate;
    NewEventsChip *m_chip;
    PinnedColumns *m_pinned = nullptr;
    QList<QAction *> m_columnActions;
    QAction *m_sort;
    QAction *m_wider;
    QAction *m_narrower;
    Density m_density = Density::Normal;
    QString m_lastKey; ///< of the column that stretches
    int m_lastWidth = 0; ///< what it was before
    bool m_arranging = false;
    qint64 m_unseen = 0;
    bool m_wasAtEdge = true;
    bool m_restoring = false;
    QMetaObject::Connection m_reading; ///< what waits for the current row
    bool m_chosen = false; ///< the user has; until then the newest event is the current one
    std::optional<store::Seq> m_keptSeq; ///< over a reset: the current event
    std::optional<store::Seq> m_topSeq; ///< and the first one on the screen
    int m_keptRow = 0; ///< where they were
    int m_topRow = 0;
    int m_topOffset = 0;
    int m_currentColumn = 0;
};

} // namespace octotrail::ui
