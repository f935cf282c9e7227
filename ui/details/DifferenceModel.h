// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

#include <QAbstractTableModel>
#include <vector>

namespace octotrail::ui {

/// How two documents differ, path by path.
struct Difference
{
    enum class Kind { Same, Changed, OnlyLeft, OnlyRight };
    QString path;
    QString left;
    QString right;
    Kind kind = Kind::Same;
};

/// The paths of both, in the order of the left one, with what only the right one has behind its neighbour there.
/// Bounded; any thread.
std::vector<Difference> differences(const event::JsonNode &left, const event::JsonNode &right);

/// Differences as a table: path, mark, left, right.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Path, Left, Right, ColumnCount };
    enum Role { KindRole = Qt::UserRole };

    explicit DifferenceModel(QObject *parent = nullptr);

    void setDifferences(std::vector<Difference> differences);
    /// Whether paths are left out that have the same value in both.
    void setChangedOnly(bool only);
    int changedCount() const { return m_changed; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void choose();

    std::vector<Difference> m_all;
    std::vector<std::size_t> m_shown; ///< into m_all
    bool m_changedOnly = true;
    int m_changed = 0;
};

} // namespace octotrail::ui
