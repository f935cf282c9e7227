// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleDraft.h"
#include "store/Documents.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <vector>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace octotrail::ui {

/// What a rule was before: its versions, what is different in the text that is being written, and the way back.
class VersionsPane : public QWidget
{
    Q_OBJECT

public:
    explicit VersionsPane(QWidget *parent = nullptr);

    /// Why there are no versions.
    void showNone(const QString &why);
    void showVersions(const std::vector<store::DocumentVersion> &versions);
    /// What the differences are told against.
    void setDraft(const detect::RuleDraft &draft);
    void setTimeDisplay(const TimeDisplay &time);

    QListWidget *list() const { return m_list; }
    QString differences() const;

Q_SIGNALS:
    void restoreRequested(const octotrail::detect::RuleDraft &draft);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showCurrent();
    void addDifference(const QString &heading, const QString &before, const QString &after);

    std::vector<store::DocumentVersion> m_versions;
    detect::RuleDraft m_draft;
    TimeDisplay m_time;
    QLabel *m_why;
    QListWidget *m_list;
    QPlainTextEdit *m_difference;
    QPushButton *m_restore;
};

} // namespace octotrail::ui
