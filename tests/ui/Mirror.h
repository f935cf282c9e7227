// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/EventTableModel.h"

#include <vector>

namespace octotrail::ui {

/// What a view would have if it believed every signal.
class Mirror : public QObject
{
public:
    explicit Mirror(EventTableModel &model)
        : m_model(model)
    {
        read();
        connect(&model, &QAbstractItemModel::modelReset, this, [this] {
            ++resets;
            read();
        });
        connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row) {
                seqs.insert(seqs.begin() + row, *m_model.seqAt(row));
            }
            inserted += last - first + 1;
        });
        connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
            seqs.erase(seqs.begin() + first, seqs.begin() + last + 1);
        });
    }

    /// Whether it is what the model has.
    bool isRight() const
    {
        if (static_cast<int>(seqs.size()) != m_model.rowCount()) {
            return false;
        }
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (seqs[static_cast<std::size_t>(row)] != *m_model.seqAt(row)) {
                return false;
            }
        }
        return true;
    }

    std::vector<store::Seq> seqs;
    int resets = 0;
    int inserted = 0;

private:
    void read()
    {
        seqs.clear();
        for (int row = 0; row < m_model.rowCount(); ++row) {
            seqs.push_back(*m_model.seqAt(row));
        }
    }
    EventTableModel &m_model;
};

} // namespace octotrail::ui
