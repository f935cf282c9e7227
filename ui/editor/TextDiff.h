// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace octotrail::ui {

/// A line of what became of a text.
struct DiffLine
{
    enum class Kind { Same, Added, Removed, Skipped };

    Kind kind = Kind::Same;
    QString text; ///< of Skipped: empty
    int count = 1; ///< of Skipped: how many lines that are the same were left out

    bool operator==(const DiffLine &) const = default;
};

/// What changed from one text to the other, line by line; of what stayed the same, so many lines around a change.
std::vector<DiffLine> diffLines(const QString &before, const QString &after, int context = 3);

} // namespace octotrail::ui
