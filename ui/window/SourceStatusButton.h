// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"

#include <QToolButton>

namespace octotrail::ui {

/// A source in the status bar: its state's mark, its name and the sentence, cut to the room there is.
class SourceStatusButton : public QToolButton
{
    Q_OBJECT

public:
    explicit SourceStatusButton(const QString &name, QWidget *parent = nullptr);

    void setName(const QString &name);
    void setStatus(const collect::SourceStatus &status);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateText();

    QString m_name;
    QString m_text;
    collect::SourceStatus m_status;
};

} // namespace octotrail::ui
