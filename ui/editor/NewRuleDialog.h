// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleStart.h"

#include <QDialog>
#include <vector>

class QDialogButtonBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace octotrail::ui {

/// What a new rule begins with: one of the templates that Octotrail brings.
class NewRuleDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewRuleDialog(QWidget *parent = nullptr);

    QListWidget *list() const { return m_list; }

Q_SIGNALS:
    /// With ids of its own.
    void chosen(const octotrail::detect::RuleDraft &draft);

private:
    void fill(const std::vector<detect::RuleTemplate> &templates);
    void showCurrent();
    void choose();

    std::vector<detect::RuleTemplate> m_templates;
    QListWidget *m_list;
    QLabel *m_description;
    QPlainTextEdit *m_text;
    QDialogButtonBox *m_buttons;
};

} // namespace octotrail::ui
