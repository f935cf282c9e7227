// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace octotrail::ui {

/// A row of small bars, one for each number, the last one now. Says the numbers in words, too.
class Sparkline : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(QWidget *parent = nullptr);

    void setValues(const QList<qint64> &values);
    const QList<qint64> &values() const { return m_values; }
    /// What a bar of full height stands for. A burst, as of a past that is read, goes beyond it and is cut off: beside
    /// it all other bars would lie flat.
    static qint64 topOf(const QList<qint64> &values);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<qint64> m_values;
};

} // namespace octotrail::ui
