// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/Desktop.h"

#include "ui/desktop/Autostart.h"
#include "ui/desktop/PreferencesDialog.h"

#include <QCoreApplication>
#include <QSettings>

namespace octotrail::ui {

Desktop::Desktop(collect::Supervisor &supervisor, store::Alerts &alerts, QObject *parent)
    : QObject(parent)
    , m_tray(supervisor)
    , m_notifier(alerts)
    , m_forwarder(alerts)
{
    const auto takeNames = [this, &supervisor] {
        QHash<store::SourceId, QString> names;
        for (const store::SourceConfig &source : supervisor.sources()) {
            names.insert(source.id, source.name);
        }
        m_forwarder.setSourceNames(names);
    };
    connect(&supervisor, &collect::Supervisor::sourcesChanged, this, takeNames);
    takeNames();
    m_notifier.setFallback([this](const QString &title, const QString &text) { m_tray.showMessage(title, text); });
    connect(&m_notifier, &DesktopNotifier::alertRequested, this, &Desktop::alertRequested);
    connect(&m_tray, &TrayIcon::openRequested, this, &Desktop::openRequested);
    connect(&m_tray, &TrayIcon::quitRequested, this, &Desktop::quitRequested);
    connect(&m_forwarder, &notify::AlertForwarder::failed, this,
        [this](store::AlertId, const QString &sentence) { Q_EMIT problemOccurred(sentence); });
}

Desktop::~Desktop() = default;

void Desktop::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    m_notifier.setPreferences(preferences);
    m_forwarder.setRoutes(preferences.routes);
}

bool Desktop::keepsRunning() const
{
    return m_preferences.closeToTray && m_tray.isThere();
}

void Desktop::tellThatItRuns()
{
    if (!std::exchange(m_told, true)) {
        m_tray.showMessage(tr("Octotrail goes on"), tr("Sources are collected on. Quit it from the icon's menu."));
    }
}

void Desktop::askForPreferences(QWidget *parent)
{
    auto *dialog = new PreferencesDialog(m_preferences, autostart::isEnabled(), m_tray.isThere(), parent);
    connect(dialog, &PreferencesDialog::testRequested, &m_forwarder, &notify::AlertForwarder::test);
    connect(&m_forwarder, &notify::AlertForwarder::tested, dialog, &PreferencesDialog::showTested);
    connect(dialog, &PreferencesDialog::chosen, this, [this](const Preferences &preferences, bool startsAtLogin) {
        setPreferences(preferences);
        QSettings settings;
        preferences.save(settings);
        if (startsAtLogin != autostart::isEnabled()) {
            const event::Status done = autostart::setEnabled(startsAtLogin, QCoreApplication::applicationFilePath());
            if (!done) {
                Q_EMIT problemOccurred(done.error().sentence);
            }
        }
    });
    dialog->open();
}

} // namespace octotrail::ui
