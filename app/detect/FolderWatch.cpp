// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/FolderWatch.h"

#include <QDir>
#include <QDirIterator>

namespace octotrail::detect {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// An editor writes a file in several steps, and a checkout writes many.
constexpr auto settleTime = 500ms;
/// The system has a limit, which is not for one program alone.
constexpr qsizetype mostPaths = 4000;

} // namespace

FolderWatch::FolderWatch(QObject *parent)
    : QObject(parent)
    , m_watcher(this)
    , m_settle(this)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    const auto settle = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        arm();
        Q_EMIT changed();
    });
}

void FolderWatch::setFolders(const QStringList &folders)
{
    if (folders != m_folders) {
        m_folders = folders;
        arm();
    }
}

/// Files that were replaced are no longer watched, and new folders not yet.
void FolderWatch::arm()
{
    QStringList paths;
    for (const QString &folder : m_folders) {
        if (!QDir(folder).exists()) {
            continue;
        }
        paths << QDir(folder).absolutePath();
        QDirIterator walk(folder, {u"*.yml"_s, u"*.yaml"_s, u"*.py"_s},
            QDir::AllDirs | QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (walk.hasNext() && paths.size() < mostPaths) {
            paths << walk.next();
        }
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QSet<QString> wanted(paths.begin(), paths.end());
    QStringList gone;
    for (const QString &path : watched) {
        if (!wanted.contains(path)) {
            gone << path;
        }
    }
    if (!gone.isEmpty()) {
        m_watcher.removePaths(gone);
    }
    const QSet<QString> known(watched.begin(), watched.end());
    paths.removeIf([&](const QString &path) { return known.contains(path); });
    if (!paths.isEmpty()) {
        m_watcher.addPaths(paths);
    }
}

} // namespace octotrail::detect
