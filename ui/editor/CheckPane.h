// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleCheck.h"
#include "ui/style/Tones.h"

#include <QWidget>
#include <memory>

class QLabel;
class QListWidget;
class QListWidgetItem;

namespace octotrail::ui {

/// What was found out about a draft: its errors and hints, and what came of its tests.
class CheckPane : public QWidget
{
    Q_OBJECT

public:
    explicit CheckPane(QWidget *parent = nullptr);

    void showBusy();
    void showCheck(const std::shared_ptr<const detect::RuleCheck> &check);
    /// What the rule would have done, as it is known so far.
    void showFigure(const QString &figure);
    /// In one sentence, as it stands at the top.
    QString summary() const;
    QListWidget *list() const { return m_list; }

    static QString summaryOf(const detect::RuleCheck &check);

Q_SIGNALS:
    /// A line of the Python text or of the YAML is meant.
    void lineRequested(bool isOfPython, int line);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addGroup(const QString &title);
    void go(const QListWidgetItem *item);
    void showIcon();

    QString m_iconName;
    Tone m_tone = Tone::Muted;
    QLabel *m_icon;
    QLabel *m_summary;
    QLabel *m_figure;
    QListWidget *m_list;
};

} // namespace octotrail::ui
