// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <chrono>

class QSpinBox;

namespace octotrail::ui {

/// 'Refresh period (min)' with its spin box, and the same in words when it is long.
class PeriodField : public QWidget
{
    Q_OBJECT

public:
    /// name: what a screen reader says for the spin box.
    PeriodField(const QString &label, const QString &name, QWidget *parent = nullptr);

    std::chrono::minutes period() const;
    void setPeriod(std::chrono::minutes period);
    QSpinBox *spinBox() const { return m_spinBox; }

Q_SIGNALS:
    void changed();

private:
    QSpinBox *m_spinBox;
};

} // namespace octotrail::ui
