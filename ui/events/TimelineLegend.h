// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/TimelineLook.h"

#include <QWidget>

namespace octotrail::ui {

/// What the layers of a timeline's bars mean, and how many events each has.
class TimelineLegend : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineLegend(QWidget *parent = nullptr);

    void setLayers(std::vector<timeline::Layer> layers);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static QString text(const timeline::Layer &layer);

    std::vector<timeline::Layer> m_layers;
};

} // namespace octotrail::ui
