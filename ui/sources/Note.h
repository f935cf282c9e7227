// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QWidget>

class QVBoxLayout;

namespace octotrail::ui {

class StatusIcon;
class ToneLabel;

/// A paragraph set apart from the fields around it, with an icon in its tone. Widgets can stand under its text.
class Note : public QWidget
{
    Q_OBJECT

public:
    explicit Note(QWidget *parent = nullptr);

    /// Plain text. The icon is the tone's own unless one is named.
    void setText(Tone tone, const QString &text, QStringView iconName = {});
    QString text() const;
    Tone tone() const { return m_tone; }
    /// Under the text, aligned with it.
    void addWidget(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Accent;
    StatusIcon *m_icon;
    ToneLabel *m_text;
    QVBoxLayout *m_column;
};

} // namespace octotrail::ui
