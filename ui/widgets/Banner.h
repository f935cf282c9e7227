// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QFrame>
#include <QIcon>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace octotrail::ui {

/// A message that stands in the window instead of a dialog in front of it: an icon, plain text, buttons, and a cross
/// that puts it away.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    Tone tone() const { return m_tone; }
    QString text() const;
    void setMessage(Tone tone, const QString &text);
    void addAction(QAction *action);
    /// Whether the user may put it away; on at first.
    void setClosable(bool closable);

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void updateLook();

    Tone m_tone = Tone::Muted;
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_actions;
    QToolButton *m_close;
};

} // namespace octotrail::ui
