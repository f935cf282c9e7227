// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace octotrail::ui {

class FilterEdit;

/// "Not for this actor until ...": asks for a suppression, made from an alert. Shown with open(); deletes itself.
class SuppressDialog : public QDialog
{
    Q_OBJECT

public:
    SuppressDialog(store::Alerts &alerts, const store::Alert &alert, QWidget *parent = nullptr);

Q_SIGNALS:
    void stored(const octotrail::store::Suppression &suppression);

private:
    void check();
    void store();
    std::optional<event::Timestamp> until() const;

    store::Alerts &m_alerts;
    store::Alert m_alert;
    QCheckBox *m_thisRule;
    FilterEdit *m_filter;
    QComboBox *m_period;
    QDateTimeEdit *m_until;
    QLineEdit *m_reason;
    QLabel *m_error;
    QPushButton *m_store;
};

} // namespace octotrail::ui
