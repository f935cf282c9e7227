// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Demo.h"

#include "cli/Console.h"
#include "cli/DemoSummary.h"
#include "cli/StandardOutput.h"
#include "detect/Packs.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QUuid>

namespace octotrail::cli {

using namespace std::chrono_literals;

namespace {

/// In the current folder, or in a new one for temporary files if nothing can be written there.
QString placeForPicture()
{
    const QString name = QStringLiteral("octotrail-demo.png");
    const QString here = QDir::current().absoluteFilePath(name);
    if (QFile file(here); file.open(QIODevice::WriteOnly)) {
        return here;
    }
    QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/octotrail-demo-XXXXXX"));
    folder.setAutoRemove(false);
    return folder.filePath(name);
}

} // namespace

Demo::Demo(QString storeFile)
    : m_storeFile(std::move(storeFile))
{ }

event::Status Demo::start()
{
    if (!m_storeFile.isEmpty() && QFileInfo::exists(m_storeFile)) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("There is a store %1 already, which the demo would mix up: name a new one, or none.")
                .arg(QDir::toNativeSeparators(m_storeFile)));
    }
    if (!m_folder.isValid()) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("There is no room for a temporary store: %1.").arg(m_folder.errorString()));
    }
    if (m_storeFile.isEmpty()) {
        m_storeFile = m_folder.filePath(QStringLiteral("demo.duckdb"));
    }
    auto simulator = simulator::Simulator::start({});
    if (!simulator) {
        return tl::unexpected(simulator.error());
    }
    m_simulator = std::move(*simulator);
    // It serves in a thread with timers of its own, which must not outlive the application.
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, qApp, [this] { m_simulator.reset(); });
    return {};
}

bool Demo::prepare(ui::ApplicationOptions &options)
{
    if (const auto started = start(); !started) {
        m_error = started.error();
        return false;
    }
    store::SourceConfig source;
    source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    source.name = QObject::tr("Demo organization");
    source.origin = m_simulator->origin();
    source.start = store::SourceConfig::Start::Days90;
    source.pollInterval = 10s;
    source.packs = detect::defaultPackIds() << QStringLiteral("identity-threat");
    source.users = true;
    source.devices = true;
    options.storeFile = m_storeFile;
    options.demo = ui::ApplicationOptions::Demo{source, m_simulator->token().toUtf8()};
    if (m_seconds) {
        m_picture = placeForPicture();
        options.runFor = *m_seconds;
        options.snapshotFile = m_picture;
        options.beforeEnd = [this](store::Store &store) { printSummary(store); };
        tell(QObject::tr("There is no display. Collecting from a simulated organization at %1 for %2 seconds ...")
                 .arg(m_simulator->origin().toString(), QString::number(m_seconds->count())));
    }
    return true;
}

void Demo::printSummary(store::Store &store)
{
    const auto summary = summarize(store);
    if (!summary) {
        tell(summary.error());
        return;
    }
    StandardOutput output;
    m_isSummaryPrinted = output.print(summary->toStdString()) || output.isAbandoned();
}

bool Demo::tellEnd(bool isPictureSaved) const
{
    if (!isPictureSaved) {
        tell(QObject::tr("The picture of the window could not be written to %1.").arg(m_picture));
        return false;
    }
    StandardOutput output;
    output.print(QObject::tr("\nThe window with these events: %1\n").arg(m_picture).toStdString());
    return m_isSummaryPrinted;
}

} // namespace octotrail::cli
