// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>
#include <utility>

namespace octotrail::detect {

/// What is wrong with a rule file, and where.
struct Problem
{
    int line = 0; ///< 1-based; 0: the file as a whole
    QString reason; ///< a sentence
    QString file{};
    QString title{}; ///< of the rule, where it is known

    /// "file:line: reason", as compilers write it.
    QString text() const
    {
        const QString place
            = line > 0 ? QStringLiteral("%1:%2: ").arg(file).arg(line) : QStringLiteral("%1: ").arg(file);
        return (file.isEmpty() ? line > 0 ? QStringLiteral("line %1: ").arg(line) : QString() : place) + reason;
    }
};

template <class T>
using Checked = tl::expected<T, Problem>;

[[nodiscard]] inline tl::unexpected<Problem> problem(int line, QString reason)
{
    return tl::unexpected<Problem>(Problem{line, std::move(reason)});
}

} // namespace octotrail::detect
