// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleStart.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace octotrail::ui {

/// Asks what of an event a new rule looks for.
class EventRuleDialog : public QDialog
{
    Q_OBJECT

public:
    explicit EventRuleDialog(event::LogEvent event, QWidget *parent = nullptr);

    QTreeWidget *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const octotrail::detect::RuleDraft &draft);

protected:
    void changeEvent(QEvent *event) override;

private:
    void tint();
    std::vector<detect::EventTrait> chosenTraits() const;
    void search(const QString &text);

    event::LogEvent m_event;
    std::vector<detect::EventTrait> m_traits;
    QLineEdit *m_search;
    QTreeWidget *m_list;
    QPushButton *m_make;
};

} // namespace octotrail::ui
