// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DamagedFile.h"

#include "store/Catalogue.h"
#include "store/CommitLog.h"
#include "store/FilePages.h"
#include "store/Schema.h"
#include "store/StoreError.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QObject>
#include <cerrno>
#include <fcntl.h>
#include <set>

namespace octotrail::store {

using event::ErrorKind;

namespace {

/// What DuckDB names the logs beside a file.
constexpr std::array<QStringView, 3> logNames{u".wal", u".wal.checkpoint", u".wal.recovery"};

QString number(qint64 n)
{
    return QLocale().toString(static_cast<qlonglong>(n));
}

event::Error writeError(const QFile &file)
{
    const bool isFull = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return isFull ? worded({ErrorKind::DiskFull, {}, 0}, file.fileName())
                  : event::Error{ErrorKind::Storage,
                      QObject::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString()), 0};
}

} // namespace

qint64 processThatHolds(const QString &file)
{
    QFile handle(file);
    if (!handle.open(QIODevice::ReadOnly)) {
        return 0;
    }
    struct flock lock
    {
    };
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(handle.handle(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
}

event::Status DamagedFile::copy(const Progress &progress, const std::stop_token &stop)
{
    if (const qint64 process = processThatHolds(m_file)) {
        return tl::unexpected(worded({ErrorKind::Locked, QStringLiteral("PID %1").arg(process), 0}, m_file));
    }
    if (event::Status copied = copyOne(m_file, m_copy, progress, stop); !copied) {
        return copied;
    }
    for (const QStringView name : logNames) {
        const QString log = m_file + name.toString();
        if (QFileInfo::exists(log)) {
            if (event::Status copied = copyOne(
                    log, m_copy + name.toString(), [](double) {}, stop);
                !copied) {
                return copied;
            }
        }
    }
    return {};
}

event::Status DamagedFile::copyOne(
    const QString &from, const QString &to, const Progress &progress, const std::stop_token &stop)
{
    constexpr qint64 step = qint64{4} << 20;
    QFile source(from);
    QFile target(to);
    if (!source.open(QIODevice::ReadOnly)) {
        return event::failure(ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(from, source.errorString()));
    }
    if (!target.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
        return tl::unexpected(writeError(target));
    }
    const qint64 size = source.size();
    for (qint64 done = 0; done < size;) {
        if (stop.stop_requested()) {
            return event::failure(ErrorKind::Cancelled, {});
        }
        const qint64 wanted = std::min(step, size - done);
        QByteArray bytes = source.seek(done) ? source.read(wanted) : QByteArray();
        if (bytes.size() < wanted) {
            bytes.append(wanted - bytes.size(), '\0'); // a part of the disk that cannot be read
        }
        if (target.write(bytes) != bytes.size()) {
            return tl::unexpected(writeError(target));
        }
        done += wanted;
        progress(static_cast<double>(done) / static_cast<double>(size));
    }
    return {};
}

event::Status DamagedFile::mend(const QString &sample, const Progress &progress, const std::stop_token &stop)
{
    FilePages pages(m_copy);
    FilePages sampleFile(sample);
    if (event::Status opened
        = pages.open(QIODevice::ReadWrite).and_then([&] { return sampleFile.open(QIODevice::ReadOnly); });
        !opened) {
        return opened;
    }
    const auto [first, second, third] = pages.soundHeaders();
    if (!first || !second || !third) {
        m_notes.append(!second && !third
                ? QObject::tr("Both of the file's headers that lead to its tables are damaged.")
                : pages.mendHeaders(sampleFile)
                ? QObject::tr("A header of the file was damaged. Another one was there in its place.")
                : QObject::tr("A header of the file is damaged."));
    }
    auto damaged = pages.damaged(
        [&](qint64 page, qint64 count) { progress(static_cast<double>(page) / static_cast<double>(count)); }, stop);
    if (!damaged) {
        return tl::unexpected(damaged.error());
    }
    m_damaged = std::move(*damaged);
    for (qint64 missing = pages.count(); missing < pages.expectedCount(); ++missing) {
        m_damaged.push_back(missing);
    }
    if (!m_damaged.empty()) {
        m_notes.append(
            QObject::tr("%1 of the file's pages (256 KiB each) are damaged or missing.").arg(number(damagedPages())));
    }
    mendLog();
    return {};
}

void DamagedFile::mendLog()
{
    const QString path = m_copy + QStringLiteral(".wal");
    const auto log = CommitLog::read(path);
    if (!log || log->size == 0 || log->isWhole()) {
        return;
    }
    if (log->hasHeader) {
        QFile(path).resize(log->sound);
    } else {
        QFile::remove(path);
    }
    if (!log->isTorn) {
        m_lostLog = log->size - log->sound;
        m_notes.append(QObject::tr("The log beside the file is damaged: of its %1 bytes, the last %2 cannot be used.")
                           .arg(number(log->size), number(m_lostLog)));
    }
}

void DamagedFile::dropLogs()
{
    for (const QStringView name : logNames) {
        QFile::remove(m_copy + name.toString());
    }
}

std::optional<duckdb::Database> DamagedFile::attach()
{
    auto database = duckdb::Database::open(QFile::encodeName(m_copy).toStdString(),
        {{"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}});
    // Where there is more than tables, these are not to be trusted either: the pages are looked through instead.
    const event::Status usable = database ? database->connect().and_then([this](duckdb::Connection &&connection) {
        return checkCatalogue(connection, m_copy).and_then([&] {
            return connection.run("PRAGMA disable_checkpoint_on_shutdown; SELECT count(*) FROM events");
        });
    })
                                          : tl::unexpected(database.error());
    return usable ? std::optional(std::move(*database)) : std::nullopt;
}

std::optional<duckdb::Database> DamagedFile::open()
{
    auto database = attach();
    const QFileInfo log(m_copy + QStringLiteral(".wal"));
    if (!database && log.exists() && log.size() > 0) {
        const qint64 size = log.size();
        dropLogs();
        database = attach();
        if (database) {
            m_lostLog += size;
            m_notes.append(
                QObject::tr("The log beside the file (%1 bytes) does not fit the file any more, and cannot be used.")
                    .arg(number(size)));
        }
    }
    if (!database || m_damaged.empty()) {
        return database;
    }
    {
        auto connection = database->connect();
        if (!connection || !clearDamagedBytes(*connection)) {
            return database;
        }
    }
    database.reset();
    return attach();
}

/// A damaged page that holds nothing but bytes of events becomes a page of empty ones, so that DuckDB reads its
/// neighbours. Whether any was; the file has to be opened again then.
bool DamagedFile::clearDamagedBytes(duckdb::Connection &connection)
{
    std::set<qint64> bytes;
    std::set<qint64> others;
    auto tables = connection.query("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()");
    while (const auto chunk = tables ? tables->next() : std::nullopt) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const std::string table(chunk->column(0).text(row));
            auto segments = connection.query("SELECT DISTINCT CAST(block_id AS BIGINT), column_name = 'data' AND "
                                             "compression = 'Uncompressed' FROM pragma_storage_info("
                + schema::literal(table) + ") WHERE persistent AND block_id >= 0");
            if (!segments) {
                return false;
            }
            while (const auto some = segments->next()) {
                for (std::size_t i = 0; i < some->size(); ++i) {
                    const bool isBytes = table == "blocks" && some->column(1).boolean(i);
                    (isBytes ? bytes : others).insert(some->column(0).bigint(i));
                }
            }
        }
    }
    FilePages pages(m_copy);
    if (!pages.open(QIODevice::ReadWrite)) {
        return false;
    }
    bool cleared = false;
    for (const qint64 page : m_damaged) {
        if (bytes.contains(page) && !others.contains(page)) {
            cleared = pages.clear(page).has_value() || cleared;
        }
    }
    return cleared;
}

} // namespace octotrail::store
