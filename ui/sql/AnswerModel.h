// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SqlConsole.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>
#include <memory>
#include <vector>

namespace octotrail::ui {

/// The rows of an answer that is in memory. Can be sorted by any column: numbers as such, what has no value last.
class AnswerModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The row's number in the answer as it came.
    static constexpr int SourceRowRole = Qt::UserRole + 1;

    explicit AnswerModel(QObject *parent = nullptr);

    void setAnswer(std::shared_ptr<const store::SqlTable> answer);
    const std::shared_ptr<const store::SqlTable> &answer() const { return m_answer; }
    /// Names for people in place of the columns' own.
    void setTitles(const QStringList &titles) { m_titles = titles; }
    /// Columns that hold moments (RFC 3339), shown as time says; text() and what is copied stay as they came.
    void setTimes(const QList<int> &columns, const TimeDisplay &time);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// The text of a cell as it came; null where there is no value.
    QString text(const QModelIndex &index) const;
    /// These cells, a line for each row, values apart by tabs: what spreadsheets paste.
    QString tabSeparated(const QModelIndexList &indexes) const;

private:
    bool isNumber(int column) const;
    const QString &cell(int row, int column) const;
    QString shown(const QString &value, int column) const;

    std::shared_ptr<const store::SqlTable> m_answer;
    std::vector<int> m_order; ///< the answer's row for each row
    QStringList m_titles;
    QList<int> m_timeColumns;
    TimeDisplay m_time;
};

} // namespace octotrail::ui
