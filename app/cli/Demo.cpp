// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Demo.h"

#include "cli/Console.h"
#include "cli/DemoSummary.h"
#include "cli/StandardOutput.h"

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

event::Result<std::unique_ptr<Demo>> Demo::start(const QString &storeFile)
{
    if (!storeFile.isEmpty() && QFileInfo::exists(storeFile)) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("There is a store %1 already, which the demo would mix up: name a new one, or none.")
                .arg(QDir::toNativeSeparators(storeFile)));
    }
    std::unique_ptr<Demo> demo(new Demo);
    if (!demo->m_folder.isValid()) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("There is no room for a temporary store: %1.").arg(demo->m_folder.errorString()));
    }
    demo->m_storeFile
        = storeFile.isEmpty() ? demo->m_folder.filePath(QStringLiteral("demo.duckdb")) : QString(storeFile);
    auto simulator = simulator::Simulator::start({});
    if (!simulator) {
        return tl::unexpected(simulator.error());
    }
    demo->m_simulator = std::move(*simulator);
    return demo;
}

void Demo::prepare(ui::ApplicationOptions &options) const
{
    store::SourceConfig source;
    source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    source.name = QObject::tr("Demo organization");
    source.origin = m_simulator->origin();
    source.start = store::SourceConfig::Start::Days90;
    source.pollInterval = 10s;
    source.users = true;
    source.devices = true;
    options.storeFile = m_storeFile;
    options.demo = ui::ApplicationOptions::Demo{source, m_simulator->token().toUtf8()};
}

void Demo::prepareToEnd(ui::ApplicationOptions &options, std::chrono::milliseconds after)
{
    m_picture = placeForPicture();
    options.runFor = after;
    options.snapshotFile = m_picture;
    options.beforeEnd = [this](store::Store &store) { printSummary(store, m_isSummaryPrinted); };
}

void Demo::printSummary(store::Store &store, bool &isPrinted)
{
    const auto summary = summarize(store);
    if (!summary) {
        tell(summary.error());
        return;
    }
    StandardOutput output;
    isPrinted = output.print(summary->toStdString()) || output.isAbandoned();
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
