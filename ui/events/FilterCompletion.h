// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace octotrail::ui {

/// What may stand at a place in a filter expression.
struct FilterCompletion
{
    qsizetype start = 0; ///< what is replaced begins here
    qsizetype length = 0; ///< and is that long
    QStringList candidates; ///< best first; empty: nothing to offer
    QString valuePath{}; ///< the path whose value is expected here, if one is
    QString valueWord{}; ///< what of the value is there already
};

/// Reads the expression up to the cursor and offers field paths, operators, values that Okta documents, and or or.
/// Operators are those that go with the field's type. further: paths to offer beside those of the catalogue.
FilterCompletion completeFilter(QStringView text, qsizetype cursor, filter::Schema schema = filter::Schema::SystemLog,
    const QStringList &further = {});

} // namespace octotrail::ui
