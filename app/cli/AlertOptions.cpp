// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/AlertOptions.h"

#include "store/AlertJson.h"
#include "ui/desktop/Preferences.h"

#include <CLI/Validators.hpp>
#include <QCoreApplication>
#include <QSettings>

namespace octotrail::cli {

using notify::AlertForwarder;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("octotrail::cli::AlertOptions", text);
}

std::string nameOf(std::size_t severity)
{
    return store::severityName(static_cast<store::AlertSeverity>(severity)).toStdString();
}

} // namespace

void AlertOptions::declare(CLI::App &options)
{
    std::vector<std::string> severities;
    for (std::size_t i = 0; i < store::alertSeverities; ++i) {
        severities.push_back(nameOf(i));
    }
    options
        .add_option("--alert-webhook-env", m_webhookVariable,
            "The environment variable with the web address to post alerts to, which may hold a secret; the window's "
            "preferences count if neither this nor --alert-command is told")
        ->type_name("VAR");
    options
        .add_option("--alert-command", m_command,
            "A program, with its arguments, that is given each alert as JSON on its standard input")
        ->type_name("COMMAND");
    options
        .add_option("--alert-severity", m_severity,
            "The least severe alerts to send: informational, low, medium, high or critical; all if not told")
        ->check(CLI::IsMember(severities))
        ->type_name("SEVERITY");
    constexpr int mostMinutes = 90 * 24 * 60;
    options
        .add_option("--silent-after", m_silentAfter,
            "Raise an alert when no events have come for so long; 0 for never. A day if not told")
        ->check(CLI::Range(0, mostMinutes))
        ->type_name("MINUTES");
}

event::Result<AlertForwarder::Routes> AlertOptions::read() const
{
    if (m_webhookVariable.empty() && m_command.empty()) {
        return ui::Preferences::load(QSettings()).routes;
    }
    AlertForwarder::Route route;
    if (!m_webhookVariable.empty()) {
        route.webhook = qEnvironmentVariable(m_webhookVariable.c_str());
        qunsetenv(m_webhookVariable.c_str());
        if (route.webhook.isEmpty()) {
            return event::failure(event::ErrorKind::InvalidInput,
                tr("There is no web address in the environment variable %1.")
                    .arg(QString::fromStdString(m_webhookVariable)));
        }
        if (const event::Status good = AlertForwarder::checkWebhook(route.webhook); !good) {
            return tl::unexpected(good.error());
        }
    }
    if (!m_command.empty()) {
        route.command = QString::fromStdString(m_command);
        if (const event::Status good = AlertForwarder::checkCommand(route.command); !good) {
            return tl::unexpected(good.error());
        }
    }
    AlertForwarder::Routes routes;
    bool isSent = false;
    for (std::size_t i = 0; i < routes.size(); ++i) {
        isSent = isSent || nameOf(i) == m_severity;
        routes[i] = isSent ? route : AlertForwarder::Route{};
    }
    return routes;
}

std::optional<std::chrono::minutes> AlertOptions::silentAfter() const
{
    return m_silentAfter < 0 ? std::nullopt : std::optional(std::chrono::minutes(m_silentAfter));
}

} // namespace octotrail::cli
