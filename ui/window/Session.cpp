// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/Session.h"

#include "store/Cases.h"
#include "ui/MainWindow.h"
#include "ui/cases/RecentCases.h"
#include "ui/sources/SourcesPage.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/FirstPlace.h"
#include "ui/window/OpeningWindow.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QProcess>
#include <QtConcurrentRun>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

Session::Session(Appearance &appearance, const ApplicationOptions &options)
    : m_appearance(appearance)
    , m_options(options)
{
    // Most stores open before anyone could read that they do.
    m_openingDelay.setSingleShot(true);
    m_openingDelay.setInterval(std::chrono::milliseconds(120));
    connect(&m_openingDelay, &QTimer::timeout, this, [this] {
        if (m_opening) {
            m_opening->show();
        }
    });
}

Session::~Session()
{
    close();
    m_closing.waitForFinished();
}

void Session::close()
{
    if (m_window) {
        m_window->hide();
    }
    m_window.reset();
    m_supervisor.reset();
    m_engine.reset();
    if (m_store) {
        // The last one to let go of it waits for the disk.
        m_closing = QtConcurrent::run([store = std::exchange(m_store, nullptr)]() mutable { store.reset(); });
    }
}

void Session::open(const QString &file, bool readOnly)
{
    const QByteArray geometry = m_window ? m_window->saveGeometry()
        : m_opening                      ? m_opening->saveGeometry()
        : m_options.demo                 ? QByteArray()
                                         : FirstPlace::remembered();
    const bool isFirst = !m_window && !m_opening;
    if (m_window) {
        m_window->saveState();
    }
    m_opening = std::make_unique<OpeningWindow>(file);
    m_opening->restoreGeometry(geometry);
    connect(
        m_opening.get(), &OpeningWindow::tryAgainRequested, this, [this, file, readOnly] { open(file, readOnly); },
        Qt::QueuedConnection);
    connect(m_opening.get(), &OpeningWindow::openAnotherRequested, this, [this, readOnly] { askForFile(readOnly); });
    if (!m_file.isEmpty()) {
        m_opening->offerReturn(QFileInfo(m_file).fileName());
        connect(
            m_opening.get(), &OpeningWindow::returnRequested, this, [this] { open(m_file, m_isReadOnly); },
            Qt::QueuedConnection);
    }
    connect(
        m_opening.get(), &OpeningWindow::openRequested, this, [this](const QString &saved) { open(saved); },
        Qt::QueuedConnection);
    close();
    if (m_options.minimized && !m_shown) {
        // Nobody waits for it.
    } else if (isFirst) {
        m_openingDelay.start();
    } else {
        m_opening->show();
    }
    // The one before must have let go of its file: it may be the same.
    whenFinished(m_closing, this, [this, file, readOnly, job = ++m_job] {
        whenFinished(readOnly ? store::openReadOnlyLater(file) : store::Store::openLater(file, {}), this,
            [this, file, job](event::Result<std::shared_ptr<store::Store>> result) {
                if (job == m_job) {
                    take(file, std::move(result));
                }
            });
    });
}

void Session::take(const QString &file, event::Result<std::shared_ptr<store::Store>> result)
{
    m_openingDelay.stop();
    if (!result) {
        m_opening->showError(file, result.error());
        m_opening->show();
        Q_EMIT failed(result.error());
        return;
    }
    m_store = std::move(*result);
    m_supervisor = std::make_unique<collect::Supervisor>(m_store, m_vault);
    m_window = std::make_unique<MainWindow>(m_store, *m_supervisor, m_vault);
    m_window->offerAppearance(m_appearance);
    m_isReadOnly = store::isReadOnly(*m_store);
    m_file = m_store->file();
    if (!m_options.demo) {
        addRecentCase({m_file, m_isReadOnly});
    }
    if (!m_isReadOnly) {
        startEngine();
    }
    connect(m_window.get(), &MainWindow::demoRequested, this, &Session::startDemo);
    connect(m_window.get(), &MainWindow::openStoreRequested, this, &Session::open, Qt::QueuedConnection);
    m_window->setRemembering(!m_options.demo);
    m_window->restoreState();
    if (m_opening->isVisible()) {
        m_window->restoreGeometry(m_opening->saveGeometry());
    }
    if (m_options.minimized && !std::exchange(m_shown, true)) {
        m_window->showInBackground();
    } else {
        m_window->show();
    }
    m_opening.reset();
    if (!m_isReadOnly) {
        m_supervisor->start();
    }
    if (m_options.demo) {
        m_window->showMessage(u"demo"_s, Tone::Accent,
            tr("This is a simulated organization. Nothing of it is kept when the window is closed."));
        whenFinished(m_supervisor->put(m_options.demo->source, m_options.demo->token, secrets::Vault::Place::Session),
            this, [this](const event::Result<store::SourceConfig> &source) {
                if (!source && m_window) {
                    m_window->showMessage(u"demo"_s, Tone::Bad, source.error().sentence);
                }
            });
    }
    Q_EMIT opened();
}

void Session::startEngine()
{
    m_engine = std::make_unique<detect::Engine>(m_store);
    m_window->setEngine(*m_engine);
    connect(m_engine.get(), &detect::Engine::packsChanged, this, &Session::offerPacks);
    connect(m_engine.get(), &detect::Engine::statusChanged, this, [this](const detect::EngineStatus &status) {
        if (m_window && !status.trouble.isEmpty()) {
            m_window->showMessage(u"detect"_s, Tone::Bad, tr("Detections have stopped: %1").arg(status.trouble));
        }
    });
}

void Session::offerPacks()
{
    QList<DetectionPackChoice> choices;
    for (const detect::Pack &pack : *m_engine->packs()) {
        if (pack.isBundled) {
            choices.append({pack.id, pack.title, pack.description, pack.isOnByDefault});
        }
    }
    m_window->sources()->setDetectionPacks(choices);
}

void Session::askForFile(bool readOnly)
{
    auto *dialog = new QFileDialog(m_opening.get(), readOnly ? tr("Open a case for reading only") : tr("Open a case"),
        QFileInfo(store::Store::defaultFile()).absolutePath(), tr("Octotrail cases (*.duckdb);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(readOnly ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, readOnly](const QString &file) { open(file, readOnly); },
        Qt::QueuedConnection);
    dialog->open();
}

void Session::startDemo()
{
    if (m_options.startDemo) {
        m_options.startDemo();
        return;
    }
    if (!QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_s})) {
        m_window->showMessage(
            u"demo"_s, Tone::Bad, tr("The demo could not be started. Run octotrail --demo in a terminal to see why."));
    }
}

bool Session::end()
{
    if (!m_window) {
        return false;
    }
    bool done = true;
    if (!m_options.snapshotFile.isEmpty()) {
        done = saveSnapshot(*m_window, m_options.snapshotFile);
    }
    if (m_options.beforeEnd) {
        m_options.beforeEnd(*m_store);
    }
    return done;
}

} // namespace octotrail::ui
