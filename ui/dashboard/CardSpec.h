// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "ui/charts/ChartContent.h"

#include <QByteArray>
#include <vector>

namespace octotrail::ui {

/// A card of the dashboard: a saved query and how it is shown.
struct CardSpec
{
    QString title;
    QString filter; ///< an expression; empty: all events
    ChartSpec chart;
    bool onlyNew = false; ///< of bars: only new values, see NewValues

    bool operator==(const CardSpec &) const = default;
};

/// The cards that a case has at first.
std::vector<CardSpec> usualCards();

/// The cards as the body of a document, and back. What is no card is left out.
QByteArray cardsToBody(const std::vector<CardSpec> &cards);
event::Result<std::vector<CardSpec>> cardsFromBody(const QByteArray &body);

} // namespace octotrail::ui
