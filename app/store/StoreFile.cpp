// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/StoreFile.h"

#include "store/Catalogue.h"
#include "store/CommitLog.h"
#include "store/MemoryLimit.h"
#include "store/SqlFunctions.h"
#include "store/SqlGuard.h"
#include "store/StoreError.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QObject>
#include <QRegularExpression>
#include <QSet>
#include <QThread>
#include <algorithm>
#include <fcntl.h>
#include <mutex>

namespace octotrail::store {

using event::ErrorKind;

namespace {

/// The files that this process has open. One for the process, since that is what it is about.
struct OpenFiles
{
    std::mutex mutex;
    QSet<QString> paths;
};

OpenFiles &openFiles()
{
    static OpenFiles files;
    return files;
}

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString absolutePath(const QString &file)
{
    const QFileInfo info(file);
    const QString folder = info.absoluteDir().canonicalPath();
    QString canonical = info.canonicalFilePath();
    if (!canonical.isEmpty()) {
        return canonical;
    }
    return folder.isEmpty() ? info.absoluteFilePath() : folder + u'/' + info.fileName();
}

/// A file that is only read may lie anywhere.
event::Status checkReadable(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return event::failure(ErrorKind::Storage, QObject::tr("%1 is a folder. Name a file in it.").arg(path));
    }
    if (!info.exists()) {
        return event::failure(ErrorKind::Storage, QObject::tr("There is no store at %1.").arg(path));
    }
    if (!info.isReadable()) {
        return event::failure(ErrorKind::Storage,
            QObject::tr("%1 cannot be read. Choose another store, or ask for the right to read it.").arg(path));
    }
    return {};
}

event::Status checkPlace(const QString &path, bool create)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return event::failure(ErrorKind::Storage, QObject::tr("%1 is a folder. Name a file in it.").arg(path));
    }
    if (!info.exists() && !create) {
        return event::failure(ErrorKind::Storage, QObject::tr("There is no store at %1.").arg(path));
    }
    const QString folder = info.absolutePath();
    if (!QFileInfo::exists(folder) && !QDir().mkpath(folder)) {
        return event::failure(ErrorKind::Storage,
            QObject::tr("The folder %1 cannot be made. Choose another place, or ask for the right to write there.")
                .arg(folder));
    }
    if (!QFileInfo(folder).isWritable()) {
        return event::failure(ErrorKind::Storage,
            QObject::tr("The folder %1 cannot be written to, and a store needs room beside its file. Choose another "
                        "place, or ask for the right to write there.")
                .arg(folder));
    }
    if (info.exists() && !(info.isReadable() && info.isWritable())) {
        return event::failure(ErrorKind::Storage,
            QObject::tr("%1 cannot be written to. Choose another store, or ask for the right to write it.").arg(path));
    }
    return {};
}

/// DuckDB guesses what other files may be, and would try to open an SQLite database with an extension.
event::Status checkContent(const QString &path, bool readOnly)
{
    QFile file(path);
    if (!file.exists()) {
        return {};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    if (file.size() == 0 && !readOnly) {
        file.close();
        // An empty file is one that was made for us to fill, or that a full disk left behind.
        if (!file.remove()) {
            return event::failure(
                ErrorKind::Storage, QObject::tr("%1 cannot be replaced: %2").arg(path, file.errorString()));
        }
        return {};
    }
    constexpr qsizetype magicOffset = 8;
    if (file.read(magicOffset + 4).mid(magicOffset) != "DUCK") {
        return event::failure(
            ErrorKind::Corrupt, QObject::tr("%1 is no Octotrail store. Choose another file.").arg(path));
    }
    return {};
}

/// DuckDB refuses a log whose end was never written, as a loss of power leaves it behind: that end was a commit that
/// nobody was told of, and is cut off. Of a log that has lost its beginning DuckDB takes no notice, and writes over it:
/// that is refused here.
event::Status checkLog(const QString &path)
{
    const QString name = path + QStringLiteral(".wal");
    QFile file(path);
    if (!QFileInfo::exists(name) || !file.open(QIODevice::ReadWrite)) {
        return {};
    }
    // Nobody else must write it meanwhile; a process that has the store open is for DuckDB to tell of.
    struct flock lock
    {
    };
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (fcntl(file.handle(), F_SETLK, &lock) != 0) {
        return {};
    }
    const auto log = CommitLog::read(name);
    if (!log) {
        return tl::unexpected(log.error());
    }
    if (log->size == 0 || log->isWhole()) {
        return {};
    }
    if (!log->isTorn) {
        const QLocale locale;
        return tl::unexpected(worded({ErrorKind::Corrupt,
                                         QObject::tr("of the %1 bytes of its log, %2 can be read")
                                             .arg(locale.toString(log->size), locale.toString(log->sound)),
                                         0},
            path));
    }
    if (log->hasHeader && !QFile(name).resize(log->sound)) {
        return event::failure(ErrorKind::Storage, QObject::tr("%1 cannot be written.").arg(name));
    }
    return {};
}

duckdb::Database::Settings settings()
{
    return {
        // Newer compression, four times smaller; read only when the file is made.
        {"storage_compatibility_version", "latest"},
        {"threads", std::to_string(StoreFile::threads())},
        // The writer checkpoints by itself, between two commits or when idle: never inside a page's commit.
        {"checkpoint_threshold", "1TB"},
        // What it lets go of goes back to the machine at once: its allocator would keep some 100 MB.
        {"allocator_bulk_deallocation_flush_threshold", "1MB"},
        // Nothing is fetched from the network, ever.
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
    };
}

/// A copy beside the file, for when a new version of the tables turns out to be a mistake.
event::Status copyAside(const QString &path, int version)
{
    const QString copy = QStringLiteral("%1.v%2").arg(path).arg(version);
    if (QFileInfo::exists(copy)) {
        return {};
    }
    const QString part = copy + QStringLiteral(".part");
    QFile::remove(part);
    if (!QFile::copy(path, part) || !QFile::setPermissions(part, ownerOnly) || !QFile::rename(part, copy)) {
        QFile::remove(part);
        return event::failure(ErrorKind::DiskFull,
            QObject::tr("%1 has to be brought to a new version, and there is no room for the copy that is made "
                        "before. Free some space and try again.")
                .arg(path));
    }
    return {};
}

} // namespace

QStringList StoreFile::copiesBeside(const QString &path)
{
    const QFileInfo file(path);
    const QRegularExpression copy(QRegularExpression::anchoredPattern(
        QRegularExpression::escape(file.fileName()) + QStringLiteral("\\.v[0-9]+")));
    return file.dir().entryList(QDir::Files, QDir::Name).filter(copy);
}

event::Result<StoreFile::Claim> StoreFile::Claim::take(const QString &path)
{
    OpenFiles &files = openFiles();
    const std::lock_guard lock(files.mutex);
    if (files.paths.contains(path)) {
        return event::failure(ErrorKind::Locked, QObject::tr("%1 is open already.").arg(path));
    }
    files.paths.insert(path);
    return Claim(path);
}

StoreFile::Claim::~Claim()
{
    if (!m_path.isNull()) {
        OpenFiles &files = openFiles();
        const std::lock_guard lock(files.mutex);
        files.paths.remove(m_path);
    }
}

int StoreFile::threads()
{
    return std::clamp(QThread::idealThreadCount(), 1, 8);
}

event::Result<duckdb::Database> StoreFile::openAndMigrate(const QString &path, const Options &options)
{
    const std::string name = QFile::encodeName(path).toStdString();
    const int newest = options.steps.back().version;
    const auto openDatabase = [&] {
        using Access = duckdb::Database::Access;
        return duckdb::Database::open(
            name, settings(), options.readOnly ? Access::ReadOnly : Access::ReadWrite, options.memoryLimitMegabytes);
    };

    auto database = openDatabase();
    if (!database) {
        return tl::unexpected(worded(database.error(), path));
    }
    if (!options.readOnly) {
        QFile::setPermissions(path, ownerOnly);
    }
    auto connection = database->connect();
    const auto version = connection.and_then(
        [&](duckdb::Connection &c) { return checkCatalogue(c, path).and_then([&] { return schemaVersion(c); }); });
    if (!version) {
        return tl::unexpected(worded(version.error(), path));
    }
    if (*version > newest) {
        return tl::unexpected(worded({ErrorKind::TooNew, {}, 0}, path));
    }
    if (*version < newest && options.readOnly) {
        return event::failure(ErrorKind::Refused,
            QObject::tr("%1 was written by an older version and has to be brought up to date, which cannot be done "
                        "while it is only read. Open it for writing once, or open a copy of it.")
                .arg(path));
    }
    if (*version > 0 && *version < newest) {
        // Closing writes what is still in the log into the file, so that the copy is whole.
        {
            const duckdb::Connection closed = std::move(*connection);
        }
        database->close();
        if (const event::Status copied = copyAside(path, *version); !copied) {
            return tl::unexpected(copied.error());
        }
        database = openDatabase();
        if (!database) {
            return tl::unexpected(worded(database.error(), path));
        }
        connection = database->connect();
    }
    const event::Status ready = connection.and_then([&](duckdb::Connection &c) {
        const event::Status migrated
            = options.readOnly ? event::Status() : withEnoughMemory(c, [&] { return migrate(c, options.steps); });
        return migrated.and_then([&] { return registerFunctions(c); }).and_then([&] {
            return confineDatabase(c, path);
        });
    });
    if (!ready) {
        return tl::unexpected(worded(ready.error(), path));
    }
    return database;
}

event::Result<StoreFile> StoreFile::open(const QString &file, const Options &options)
{
    const QString given = QFileInfo(file).absoluteFilePath();
    if (const event::Status placed = options.readOnly ? checkReadable(given) : checkPlace(given, options.create);
        !placed) {
        return tl::unexpected(placed.error());
    }
    const QString path = absolutePath(file);
    // Before the file is looked at: closing any handle of it would drop the lock that DuckDB holds in this process.
    auto claim = Claim::take(path);
    if (!claim) {
        return tl::unexpected(claim.error());
    }
    return checkContent(path, options.readOnly)
        .and_then([&] { return options.readOnly ? event::Status{} : checkLog(path); })
        .and_then([&] { return openAndMigrate(path, options); })
        .map([&](duckdb::Database &&database) { return StoreFile(std::move(*claim), std::move(database)); });
}

} // namespace octotrail::store
