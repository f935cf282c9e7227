// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FilePlace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <sys/stat.h>

namespace octotrail::store {

using event::ErrorKind;

namespace {

QString logOf(const QString &path)
{
    return path + QStringLiteral(".wal");
}

/// The handles of all files that this process has open.
QStringList openFiles()
{
    const QString folder = QStringLiteral("/proc/%1/fd/").arg(QCoreApplication::applicationPid());
    QStringList names = QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (QString &name : names) {
        name.prepend(folder);
    }
    return names;
}

} // namespace

std::optional<FilePlace::Identity> FilePlace::identityOf(const QString &path)
{
    struct stat state = {};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0) {
        return std::nullopt;
    }
    return Identity{static_cast<std::uint64_t>(state.st_dev), static_cast<std::uint64_t>(state.st_ino),
        static_cast<std::int64_t>(state.st_size)};
}

void FilePlace::begin(const QString &path)
{
    m_path = path;
    m_file = identityOf(path);
    m_log = identityOf(logOf(path));
}

void FilePlace::noteWritten()
{
    const auto now = m_file ? identityOf(m_path) : std::nullopt;
    if (now && now->isSameFile(*m_file)) {
        m_file = now;
        m_log = identityOf(logOf(m_path));
    }
}

event::Status FilePlace::check() const
{
    if (!m_file) {
        return {};
    }
    const auto now = identityOf(m_path);
    if (!now) {
        return event::failure(ErrorKind::Storage,
            QObject::tr(
                "%1 was removed or moved away while it is open, so nothing more is stored in it. Put it back, or "
                "save a copy of the case, which still has everything, and open that.")
                .arg(m_path));
    }
    if (!now->isSameFile(*m_file)) {
        return event::failure(ErrorKind::Storage,
            QObject::tr(
                "Another file was put in the place of %1 while it is open, so nothing more is stored in it. Put "
                "it back, or save a copy of the case, which still has everything, and open that.")
                .arg(m_path));
    }
    if (now->size < m_file->size) {
        return event::failure(ErrorKind::Storage,
            QObject::tr(
                "Another program cut the end off %1 while it is open, so nothing more is stored in it. Close it, "
                "verify it with octotrail verify, and restore it from a copy or recover it should it be damaged.")
                .arg(m_path));
    }
    return {};
}

bool FilePlace::hasLostLog() const
{
    if (!m_file) {
        return false;
    }
    const QString name = logOf(m_path);
    if (const auto log = identityOf(name)) {
        return m_log && (!log->isSameFile(*m_log) || log->size < m_log->size);
    }
    // DuckDB, too, removes it, once it has written it into the file; but then it has closed it.
    const QString ending = u'/' + QFileInfo(name).fileName() + QStringLiteral(" (deleted)");
    return std::ranges::any_of(
        openFiles(), [&](const QString &handle) { return QFile::symLinkTarget(handle).endsWith(ending); });
}

bool FilePlace::hasOthersLog() const
{
    const auto file = identityOf(m_path);
    const auto log = identityOf(logOf(m_path));
    const bool isReplaced = m_file && file && !file->isSameFile(*m_file);
    return isReplaced && log && !(m_log && log->isSameFile(*m_log));
}

QString FilePlace::readableName() const
{
    const auto now = identityOf(m_path);
    if (!m_file || (now && now->isSameFile(*m_file))) {
        return m_path;
    }
    for (const QString &name : openFiles()) {
        if (const auto handle = identityOf(name); handle && handle->isSameFile(*m_file)) {
            return name;
        }
    }
    return m_path;
}

} // namespace octotrail::store
