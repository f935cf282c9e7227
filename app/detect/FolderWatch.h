// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace octotrail::detect {

/// Tells when rules in folders, or below them, are other than before. Reads the folders in the thread that calls; what
/// the system cannot tell (some network drives) it does not notice.
class FolderWatch : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatch(QObject *parent = nullptr);

    /// Watches these instead of those of before.
    void setFolders(const QStringList &folders);

Q_SIGNALS:
    /// Once for what changed at about the same time.
    void changed();

private:
    void arm();

    QStringList m_folders;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace octotrail::detect
