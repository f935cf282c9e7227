// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/Preferences.h"

#include "store/AlertJson.h"

#include <QSettings>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const char *what, std::size_t severity)
{
    return u"preferences/%1/%2"_s.arg(
        QLatin1StringView(what), store::severityName(static_cast<store::AlertSeverity>(severity)));
}

} // namespace

Preferences Preferences::load(const QSettings &settings)
{
    Preferences result;
    for (std::size_t i = 0; i < result.notify.size(); ++i) {
        result.notify[i] = settings.value(keyOf("notify", i), result.notify[i]).toBool();
        result.routes[i].webhook = settings.value(keyOf("webhook", i)).toString();
        result.routes[i].command = settings.value(keyOf("command", i)).toString();
    }
    result.sound = settings.value("preferences/sound", false).toBool();
    result.closeToTray = settings.value("preferences/closeToTray", false).toBool();
    return result;
}

void Preferences::save(QSettings &settings) const
{
    for (std::size_t i = 0; i < notify.size(); ++i) {
        settings.setValue(keyOf("notify", i), notify[i]);
        settings.setValue(keyOf("webhook", i), routes[i].webhook);
        settings.setValue(keyOf("command", i), routes[i].command);
    }
    settings.setValue("preferences/sound", sound);
    settings.setValue("preferences/closeToTray", closeToTray);
}

} // namespace octotrail::ui
