// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/details/DifferenceModel.h"
#include "ui/models/TimeDisplay.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QTreeView;

namespace octotrail::ui {

/// Two events side by side: where they differ, and if it is wanted, where they do not. Reads and compares off the GUI
/// thread.
class DifferenceDialog : public QDialog
{
    Q_OBJECT

public:
    DifferenceDialog(std::shared_ptr<store::Store> store, store::Seq left, store::Seq right, const TimeDisplay &time,
        QWidget *parent = nullptr);

    const DifferenceModel &model() const { return m_model; }

Q_SIGNALS:
    void columnRequested(const QString &path);

private:
    struct Read;
    void take(const Read &read);
    void showMenu(const QPoint &position);

    std::shared_ptr<store::Store> m_store;
    TimeDisplay m_time;
    DifferenceModel m_model;
    QLabel *m_left;
    QLabel *m_right;
    QLabel *m_state;
    QCheckBox *m_changedOnly;
    QTreeView *m_table;
};

} // namespace octotrail::ui
