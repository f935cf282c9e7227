// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/EventColumns.h"
#include "ui/models/EventResult.h"
#include "ui/models/RowLoader.h"
#include "ui/models/RowText.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace octotrail::ui {

class AnnotationBook;
class ResultFinder;
class RowColors;

/// The events that a query finds as a table of any size. Holds their order, and the cells of the rows around those
/// that were looked at last; others are empty until they have been read (IsLoadingRole), which takes milliseconds.
class EventTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        RawValueRole = Qt::UserRole, ///< what a filter compares: the value as it is in the event; a time in RFC 3339
        SortRole, ///< the same, typed: QDateTime for Time
        CopyRole, ///< what Copy puts on the clipboard
        SeqRole, ///< qint64
        IsLoadingRole, ///< bool
        MarksRole, ///< int, a sum of AnnotationMark
        RuleRole, ///< int: which colour rule the event is of, -1 for none
        HitRole, ///< int, a sum of Hit
        NamesRole, ///< bool: whether the cell speaks of whom there may be a page of, see store::entityKindOf()
    };
    /// Why an event stands out among those of the result.
    enum Hit { Found = 1, Alike = 2 };

    /// What is shown of events beside what they say. Asked about each row that is painted.
    struct Beside
    {
        const AnnotationBook *annotations = nullptr;
        const RowColors *colors = nullptr;
        const ResultFinder *find = nullptr;
        const ResultFinder *alike = nullptr;
    };
    void setBeside(const Beside &beside);
    const Beside &beside() const { return m_beside; }
    /// It has changed.
    void updateBeside();

    explicit EventTableModel(const std::shared_ptr<store::Store> &store, QObject *parent = nullptr);

    EventResult &result() { return m_result; }
    const EventResult &result() const { return m_result; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Asks the store again for the same events in another order.
    void sort(int column, Qt::SortOrder order) override;

    /// The most rows that a view can show: INT_MAX pixels hang it. What is beyond is not shown.
    void setRowLimit(int limit);
    int rowLimit() const { return m_limit; }
    /// Whether the result has more rows than can be shown.
    bool isTruncated() const { return m_result.rows().size() > m_limit; }

    /// The rows on the screen: they and those around them are read ahead.
    void setViewport(int first, int last);

    std::optional<store::Seq> seqAt(int row) const;
    /// Where an event is; looks at rows around that one first.
    std::optional<int> rowOf(store::Seq seq, int around = 0) const;
    /// A row that has been read, or nullptr. Valid until control returns to the event loop.
    const store::EventRow *loadedRow(int row) const;

    /// What the cells say, and the paths that rows are read with for it.
    const RowText &text() const { return m_text; }
    std::vector<std::string> cellPaths() const { return m_loader.paths(); }

    const TimeDisplay &timeDisplay() const { return m_text.time; }
    void setTimeDisplay(const TimeDisplay &time);

    /// Columns of further paths, behind those of EventColumn, in this order.
    void setPathColumns(const QStringList &paths);
    const QStringList &pathColumns() const { return m_paths; }
    ColumnInfo column(int column) const;
    /// The path of what the column shows first; empty if that is nothing of the event.
    QString pathOf(int column) const;
    /// The column with this key; nullopt if there is none.
    std::optional<int> columnOf(const QString &key) const;

    /// Whether columns show what the actors' profiles tell: only then it is read.
    void setProfilesShown(bool shown);

    /// Reads again what the cells show: it is told by something beside the events.
    void reloadCells();

    /// The events of a source were removed, or it has another name.
    void forgetRows();

Q_SIGNALS:
    void readFailed(const octotrail::event::Error &error);

private:
    const store::Annotation *noted(store::Seq seq) const;
    QString display(const store::EventRow &row, int column) const;
    QString tip(const store::EventRow &row, int column) const;
    QString sentence(const store::EventRow &row) const;
    int hitOf(store::Seq seq) const;
    void tellCellsChanged(int firstRow, int lastRow);
    void wantRow(int row) const;
    void readWindow();
    void beginInsert(qint64 row, qint64 count);
    void endInsert();

    RowLoader m_loader;
    EventResult m_result;
    RowText m_text;
    QStringList m_paths;
    QList<ColumnInfo> m_pathInfos; ///< of m_paths: painting asks for each cell
    Beside m_beside;
    int m_limit = 50'000'000;
    int m_rowCount = 0; ///< of the result's rows, those that are shown
    bool m_inserting = false;
    int m_viewFirst = 0;
    int m_viewLast = 0;
    mutable int m_wantFirst = -1; ///< rows that were looked at and are not here
    mutable int m_wantLast = -1;
    mutable QTimer m_readTimer;
    QTimer m_profilesTimer;
};

} // namespace octotrail::ui
