// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/cases/RedactionChoice.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QRadioButton;

namespace octotrail::ui {

/// Asks for the fields that are to be redacted, the usual ones chosen, and for a passphrase if pseudonyms are to be the
/// same another time. The fields are remembered, the passphrase is not.
class RedactionPane : public QWidget
{
    Q_OBJECT

public:
    explicit RedactionPane(QWidget *parent = nullptr);

    RedactionChoice choice() const;
    /// A sentence on what is wrong with it; empty if nothing is.
    QString problem() const;
    void remember() const;

Q_SIGNALS:
    void changed();

private:
    void add(const QString &path, const QString &caption, bool isChosen);
    void addOther();
    void update();
    void showProblem(const QString &sentence);

    QListWidget *m_fields;
    QLineEdit *m_other;
    QRadioButton *m_random;
    QRadioButton *m_repeatable;
    QLineEdit *m_passphrase;
    QLabel *m_problem;
};

} // namespace octotrail::ui
