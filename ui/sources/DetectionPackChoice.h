// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octotrail::ui {

/// A detection pack that a source can have enabled.
struct DetectionPackChoice
{
    QString id;
    QString title;
    QString description;
    bool isOnByDefault = false; ///< for a new source
};

} // namespace octotrail::ui
