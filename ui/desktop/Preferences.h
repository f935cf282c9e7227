// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "notify/AlertForwarder.h"
#include "store/AlertRecords.h"

#include <QString>
#include <array>

class QSettings;

namespace octotrail::ui {

/// What a person has chosen of the application as a whole. A value; kept in the settings.
struct Preferences
{
    /// Of each severity: whether new alerts are told on the desktop.
    std::array<bool, store::alertSeverities> notify{false, false, false, true, true};
    bool sound = false;
    /// Where new alerts are sent; nowhere at first.
    notify::AlertForwarder::Routes routes;
    bool closeToTray = false;

    static Preferences load(const QSettings &settings);
    void save(QSettings &settings) const;
    bool operator==(const Preferences &) const = default;
};

} // namespace octotrail::ui
