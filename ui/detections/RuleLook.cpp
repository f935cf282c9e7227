// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/RuleLook.h"

namespace octotrail::ui {

AlertLook ruleLook(detect::Level level)
{
    switch (level) {
    case detect::Level::Informational:
        return alertLook(store::AlertSeverity::Info);
    case detect::Level::Low:
        return alertLook(store::AlertSeverity::Low);
    case detect::Level::Medium:
        return alertLook(store::AlertSeverity::Medium);
    case detect::Level::High:
        return alertLook(store::AlertSeverity::High);
    case detect::Level::Critical:
        return alertLook(store::AlertSeverity::Critical);
    }
    return {};
}

} // namespace octotrail::ui
