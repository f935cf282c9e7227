// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/SimulateCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/StandardOutput.h"
#include "simulator/Simulator.h"

#include <CLI/Validators.hpp>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QObject>

namespace octotrail::cli {

namespace {

constexpr int maxEventsPerMinute = 6'000'000;

/// "120" or "120/min".
std::optional<int> readRate(QString text)
{
    text = text.trimmed();
    if (text.endsWith(QLatin1String("/min"))) {
        text.chop(4);
    }
    bool isNumber = false;
    const int rate = text.toInt(&isNumber);
    return isNumber && rate >= 0 && rate <= maxEventsPerMinute ? std::optional(rate) : std::nullopt;
}

} // namespace

void SimulateCommand::declare(CLI::App &options)
{
    options.add_option("--port", m_port, "The port to listen on; 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->type_name("N");
    options.add_option("--events", m_events, "NDJSON to serve as the log, instead of the invented company's")
        ->type_name("FILE");
    options.add_option("--rate", m_rate, "How many events of background traffic come in working hours")
        ->type_name("N/min");
    options.add_option("--users", m_users, "How many people work there")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    options.add_option("--days", m_days, "How many days of log there already are; they have a sixth of the rate")
        ->check(CLI::Range(0, 90))
        ->type_name("N");
    options.add_flag("--no-stories", m_quiet, "No attacks: a company on quiet days");
    options.add_option("--seed", m_seed, "Another number makes another company")->type_name("N");
    options.add_option("--faults", m_faults, "What goes wrong, and when")->type_name("SPEC");
    auto *client = options.add_option("--client-id", m_clientId, "The client ID of the organization's service app")
                       ->type_name("ID");
    options
        .add_option("--client-key", m_clientKey, "Its public key, as PEM or JWK; without it, a key is made and printed")
        ->needs(client)
        ->type_name("FILE");
}

event::Result<QList<simulator::OAuthClient>> SimulateCommand::clients() const
{
    if (m_clientId.empty()) {
        return QList<simulator::OAuthClient>();
    }
    const QString id = QString::fromStdString(m_clientId);
    if (m_clientKey.empty()) {
        return QList<simulator::OAuthClient>{{id, jose::Key::generate(jose::Key::Type::P256), {}}};
    }
    QFile file(QFile::decodeName(m_clientKey.c_str()));
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("--client-key: %1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    }
    constexpr qint64 largestKey = 64 * 1024;
    const auto key = jose::Key::readPublic(file.read(largestKey));
    if (!key) {
        return event::failure(
            event::ErrorKind::InvalidInput, QObject::tr("--client-key: %1").arg(key.error().sentence));
    }
    return QList<simulator::OAuthClient>{{id, *key, key->keyId()}};
}

ExitCode SimulateCommand::run(const CommonOptions & /*common*/)
{
    simulator::Simulator::Options options;
    options.port = static_cast<quint16>(m_port);
    options.eventsFile = QFile::decodeName(m_events.c_str());
    options.users = m_users;
    options.seed = m_seed;
    options.history = std::chrono::days(m_days);
    options.stories = !m_quiet;
    options.faults = QString::fromStdString(m_faults);
    if (!m_rate.empty()) {
        const auto rate = readRate(QString::fromStdString(m_rate));
        if (!rate) {
            tell(QObject::tr("--rate: \"%1\" is no rate. Write it like 120/min.").arg(QString::fromStdString(m_rate)));
            return ExitCode::Usage;
        }
        options.eventsPerMinute = *rate;
        options.historyEventsPerMinute = *rate / 6;
    }
    const auto apps = clients();
    if (!apps) {
        tell(apps.error());
        return exitCodeFor(apps.error());
    }
    options.clients = *apps;
    const Interruption interruption;
    const auto organization = simulator::Simulator::start(options);
    if (!organization) {
        tell(organization.error());
        return exitCodeFor(organization.error());
    }
    StandardOutput output;
    // What scripts rely on: the address first, then the service app, with its private key if it was made here.
    const simulator::OAuthClient app = (*organization)->serviceApp();
    QString lines = QStringLiteral("listening %1 token %2\nclient %3")
                        .arg((*organization)->origin().toString(QUrl::RemovePath), (*organization)->token(), app.id);
    if (m_clientKey.empty()) {
        lines += QStringLiteral(" key ")
            + QString::fromLatin1(QJsonDocument(app.key.privateJwk()).toJson(QJsonDocument::Compact));
    }
    if (!output.print((lines + QLatin1Char('\n')).toStdString())) {
        tell(QObject::tr("The address could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    const std::stop_callback quit(
        interruption.token(), [] { QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection); });
    QCoreApplication::exec();
    return ExitCode::Success;
}

} // namespace octotrail::cli
