// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octotrail::ui {

/// Where a rule that is being written comes from, and is saved to.
struct RuleOrigin
{
    enum class Kind {
        New, ///< nowhere yet: the case
        Case, ///< a document of the case
        File, ///< a file in a folder of the analyst's
    };

    Kind kind = Kind::New;
    QString place; ///< the document's id, or the file

    bool operator==(const RuleOrigin &) const = default;
};

} // namespace octotrail::ui
