// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/RuleLook.h"

#include "ui/style/Icons.h"

#include <QObject>

namespace octotrail::ui {

RuleLook ruleLook(detect::Level level)
{
    switch (level) {
    case detect::Level::Informational:
        return {icon(u"info", Tone::Muted), QObject::tr("Info")};
    case detect::Level::Low:
        return {icon(u"circle", Tone::Accent), QObject::tr("Low")};
    case detect::Level::Medium:
        return {icon(u"warning", Tone::Warning), QObject::tr("Medium")};
    case detect::Level::High:
        return {icon(u"error", Tone::Bad), QObject::tr("High")};
    case detect::Level::Critical:
        return {icon(u"deny", Tone::Bad), QObject::tr("Critical")};
    }
    return {};
}

} // namespace octotrail::ui
