// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/QueryHistory.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace octotrail::ui {

class SavedSearches;

/// Asks under which name the current search is to be saved; says so if that replaces another.
class SaveSearchDialog : public QDialog
{
    Q_OBJECT

public:
    /// id: the saved search that is open, whose name is proposed; may be empty.
    SaveSearchDialog(
        SavedSearches &searches, const BarState &state, const TimeDisplay &time, const QString &id, QWidget *parent);

Q_SIGNALS:
    void saved(const QString &id);

private:
    void update();
    void save();

    SavedSearches &m_searches;
    BarState m_state;
    QLineEdit *m_name;
    QComboBox *m_folder;
    QLabel *m_note;
    QPushButton *m_save;
};

} // namespace octotrail::ui
