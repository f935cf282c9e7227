// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace octotrail::ui {

/// What shall not leave the case, and how its pseudonyms are made.
struct RedactionChoice
{
    std::vector<std::string> fields;
    QString passphrase; ///< empty: a key that nobody knows
};

} // namespace octotrail::ui
