// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace octotrail::ui {

/// What stands where a list would be when there is none: an icon, a title, a sentence, and what can be done.
class StatePage : public QWidget
{
    Q_OBJECT

public:
    explicit StatePage(QWidget *parent = nullptr);

    void setIcon(QStringView name, Tone tone = Tone::Muted);
    void setTitle(const QString &title);
    void setSentence(const QString &sentence);
    QString title() const;
    QString sentence() const;
    /// Shows a moving bar, for states that end by themselves.
    void setBusy(bool busy);
    /// A button for the action. The first one is the one that is expected.
    void addAction(QAction *action);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateLook();

    QString m_iconName;
    Tone m_iconTone = Tone::Muted;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QProgressBar *m_busy;
    QHBoxLayout *m_actions;
};

} // namespace octotrail::ui
