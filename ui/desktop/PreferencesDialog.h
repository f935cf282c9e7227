// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/desktop/Preferences.h"

#include <QDialog>
#include <array>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace octotrail::ui {

/// What a person may choose of the application as a whole. Shown with open(); deletes itself.
class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    PreferencesDialog(const Preferences &preferences, bool startsAtLogin, bool hasTray, QWidget *parent = nullptr);

    Preferences preferences() const;
    bool startsAtLogin() const;
    /// What came of a test: where to, and the fault if there was one.
    void showTested(const QString &target, const QString &fault);

Q_SIGNALS:
    /// An invented alert is to be sent there.
    void testRequested(const octotrail::notify::AlertForwarder::Routes &routes);
    /// The choices are meant.
    void chosen(const octotrail::ui::Preferences &preferences, bool startsAtLogin);

private:
    QWidget *makeAlerts();
    QWidget *makeBackground(bool startsAtLogin, bool hasTray);
    void addSeverity(QGridLayout &grid, int row, store::AlertSeverity severity);
    void check();
    void test();
    void makeRoom();

    struct Row
    {
        QCheckBox *notify = nullptr;
        QLineEdit *webhook = nullptr;
        QLineEdit *command = nullptr;
    };

    const Preferences m_given;
    std::array<Row, store::alertSeverities> m_rows;
    QCheckBox *m_sound;
    QCheckBox *m_closeToTray;
    QCheckBox *m_startAtLogin;
    QLabel *m_error;
    QLabel *m_tested;
    QPushButton *m_test;
    QStringList m_answers;
    QPushButton *m_ok = nullptr;
};

} // namespace octotrail::ui
