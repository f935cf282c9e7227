// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CollectCommand.h"

#include "cli/CollectRun.h"
#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "detect/Packs.h"
#include "okta/Origin.h"

#include <CLI/Validators.hpp>
#include <QObject>
#include <QUuid>

namespace octotrail::cli {

void CollectCommand::declare(CLI::App &options)
{
    options.add_option("--org", m_organization, "The organization's address: https://acme.okta.com")
        ->required()
        ->type_name("URL");
    m_credential.declare(options);
    m_route.declare(options);
    options.add_option("--name", m_name, "What to call the source; the host if not told")->type_name("NAME");
    options.add_option("--since", m_since, "Where to start a new source; all that Okta keeps (90 days) if not told")
        ->type_name("TIME");
    options.add_flag("--users", m_users, "Fetch the profiles of users, too");
    options.add_flag("--devices", m_devices, "Fetch the profiles of devices, too");
    options
        .add_option("--rate-share", m_rateShare,
            "How much of Okta's rate limits may be used; the rest is for other integrations. 50 if not told")
        ->check(CLI::Range(1, 100))
        ->type_name("PERCENT");
    m_alerts.declare(options);
    options.add_flag("--once", m_once, "Stop when caught up");
}

event::Result<store::SourceConfig> CollectCommand::source(store::Store &store) const
{
    const auto origin = okta::parseOrigin(QString::fromStdString(m_organization));
    if (!origin) {
        return tl::unexpected(origin.error());
    }
    store::SourceConfig config;
    config.start = store::SourceConfig::Start::Days90;
    if (!m_since.empty()) {
        const auto since = readTime(m_since, QStringLiteral("--since"));
        if (!since) {
            return tl::unexpected(since.error());
        }
        config.start = store::SourceConfig::Start::Date;
        config.startDate = *since;
    }
    const auto sources = store.sources().result();
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    const QString name = QString::fromStdString(m_name);
    for (const store::SourceConfig &known : *sources) {
        if (known.collects && okta::isSameOrigin(known.origin, *origin) && (name.isEmpty() || known.name == name)) {
            const store::SourceConfig asked = config;
            config = known;
            if (!m_since.empty()) {
                config.start = asked.start;
                config.startDate = asked.startDate;
            }
            break;
        }
    }
    if (config.id == 0) {
        config.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
        config.name = name.isEmpty() ? origin->host() : name;
        config.origin = *origin;
        config.packs = detect::defaultPackIds();
    }
    m_credential.apply(config);
    m_route.apply(config);
    config.users = m_users;
    config.devices = m_devices;
    if (m_rateShare > 0) {
        config.rateShare = m_rateShare / 100.0;
    }
    if (const auto after = m_alerts.silentAfter()) {
        config.alertOnSilence = *after > std::chrono::minutes(0);
        config.silenceAfter = config.alertOnSilence ? *after : config.silenceAfter;
    }
    config.paused = false;
    return config;
}

ExitCode CollectCommand::run(const CommonOptions &common)
{
    // What was typed is looked at before the disk is.
    if (const auto origin = okta::parseOrigin(QString::fromStdString(m_organization)); !origin) {
        tell(origin.error());
        return ExitCode::Usage;
    }
    const auto secret = m_credential.read();
    if (!secret) {
        tell(secret.error());
        return exitCodeFor(secret.error());
    }
    const QByteArray proxyPassword = m_route.readProxyPassword();
    if (const auto route = m_route.check(); !route) {
        tell(route.error());
        return exitCodeFor(route.error());
    }
    const auto routes = m_alerts.read();
    if (!routes) {
        tell(routes.error());
        return exitCodeFor(routes.error());
    }
    const Interruption interruption; // from here on there is something to end cleanly
    auto store = openStore(common, true);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    const auto config = source(**store);
    if (!config) {
        tell(config.error());
        return exitCodeFor(config.error());
    }
    return CollectRun(std::move(*store), m_once, *routes).run(*config, *secret, proxyPassword, interruption.token());
}

} // namespace octotrail::cli
