// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layouts/ColorRuleModel.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace octotrail::ui {

class FilterEdit;

/// Edits the rules that colour the event table's rows. Shown with open(); what it gives counts if it was accepted.
class ColorRulesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ColorRulesDialog(const std::vector<ColorRule> &rules, QWidget *parent = nullptr);

    const std::vector<ColorRule> &rules() const { return m_model.rules(); }
    /// Begins a rule for this filter.
    void addRule(const QString &filter);

private:
    void showRule();
    void takeRule();
    void check();
    void moveBy(int by);
    int currentRow() const;

    ColorRuleModel m_model;
    QTreeView *m_list;
    QPushButton *m_remove;
    QPushButton *m_up;
    QPushButton *m_down;
    QLineEdit *m_name;
    FilterEdit *m_filter;
    QComboBox *m_color;
    QLabel *m_error;
    QPushButton *m_ok = nullptr;
    bool m_showing = false;
};

} // namespace octotrail::ui
