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
    const Interruption interruption;
    const auto organization = simulator::Simulator::start(options);
    if (!organization) {
        tell(organization.error());
        return exitCodeFor(organization.error());
    }
    StandardOutput output;
    const QString line = QStringLiteral("listening %1 token %2\n")
                             .arg((*organization)->origin().toString(QUrl::RemovePath), (*organization)->token());
    if (!output.print(line.toStdString())) {
        tell(QObject::tr("The address could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    const std::stop_callback quit(
        interruption.token(), [] { QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection); });
    QCoreApplication::exec();
    return ExitCode::Success;
}

} // namespace octotrail::cli
