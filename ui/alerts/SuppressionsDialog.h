// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "ui/models/TimeDisplay.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

namespace octotrail::ui {

/// What is suppressed, until when, and how much it kept away; each can be ended. Deletes itself when closed.
class SuppressionsDialog : public QDialog
{
    Q_OBJECT

public:
    SuppressionsDialog(store::Alerts &alerts, const TimeDisplay &time, QWidget *parent = nullptr);

private:
    void read();
    void show(const std::vector<store::Suppression> &suppressions);
    void removeSelected();

    store::Alerts &m_alerts;
    TimeDisplay m_time;
    QTableWidget *m_table;
    QLabel *m_note;
    QPushButton *m_remove;
    std::vector<store::Suppression> m_suppressions;
};

} // namespace octotrail::ui
