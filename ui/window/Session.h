// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "detect/Engine.h"
#include "secrets/Vault.h"
#include "store/Store.h"
#include "ui/Application.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <memory>

namespace octotrail::ui {

class Appearance;
class MainWindow;
class OpeningWindow;

/// An open store with what works on it: sources, window. Opens one after the other.
class Session : public QObject
{
    Q_OBJECT

public:
    Session(Appearance &appearance, const ApplicationOptions &options);
    /// Closes the window and stops the sources, then waits for the store to be closed.
    ~Session() override;

    /// Closes what is open and opens this store instead, perhaps for reading only.
    void open(const QString &file, bool readOnly = false);
    MainWindow *window() const { return m_window.get(); }

    /// What was asked for at the end; false if it could not be done.
    bool end();

Q_SIGNALS:
    void opened();
    void failed(const octotrail::event::Error &error);

private:
    void close();
    void startEngine();
    void take(const QString &file, event::Result<std::shared_ptr<store::Store>> result);
    void offerPacks();
    void askForFile(bool readOnly);
    void startDemo();

    Appearance &m_appearance;
    const ApplicationOptions m_options;
    secrets::Vault m_vault;
    std::unique_ptr<OpeningWindow> m_opening;
    QTimer m_openingDelay;
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<collect::Supervisor> m_supervisor;
    std::unique_ptr<detect::Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;
    QFuture<void> m_closing; ///< of the store before
    bool m_shown = false; ///< a window, once
    QString m_file; ///< that was open last, to go back to
    bool m_isReadOnly = false; ///< it
    quint64 m_job = 0; ///< of several openings the last one counts
};

} // namespace octotrail::ui
