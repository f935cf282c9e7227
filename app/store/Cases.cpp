// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Cases.h"

#include "store/Integrity.h"
#include "store/StorePrivate.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtConcurrent>
#include <cerrno>
#include <cstdio>
#include <sys/stat.h>

namespace octotrail::store {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

namespace {

constexpr int lookEvery = 100; // milliseconds
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

tl::unexpected<event::Error> notWritten(const QString &file, const QString &reason)
{
    return failure(ErrorKind::Storage,
        QObject::tr("%1 cannot be written: %2. Choose another place.").arg(QDir::toNativeSeparators(file), reason));
}

tl::unexpected<event::Error> stopped()
{
    return failure(ErrorKind::Cancelled, QObject::tr("Copying was stopped: there is no copy."));
}

/// By a program of its own: closing any handle of an open case in this process would drop the lock that DuckDB holds
/// on it. It also shares the blocks, where the file system can.
event::Status copyFile(const QString &from, const QString &to, const std::function<void(CopyProgress)> &progress,
    const std::stop_token &stop)
{
    QFile target(to);
    if (!target.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !target.setPermissions(ownerOnly)) {
        return notWritten(to, target.errorString());
    }
    target.close();
    QProcess cp;
    cp.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    cp.setProcessEnvironment(environment);
    cp.start(u"cp"_s, {u"--reflink=auto"_s, u"--"_s, from, to});
    if (!cp.waitForStarted()) {
        return notWritten(to, QObject::tr("the program cp cannot be started (%1)").arg(cp.errorString()));
    }
    const auto size = static_cast<double>(std::max<qint64>(1, QFileInfo(from).size()));
    while (!cp.waitForFinished(lookEvery) && cp.state() != QProcess::NotRunning) {
        if (stop.stop_requested()) {
            cp.kill();
            cp.waitForFinished();
            return stopped();
        }
        if (progress) {
            progress({CopyProgress::Step::Copying, std::min(1.0, static_cast<double>(QFileInfo(to).size()) / size)});
        }
    }
    if (cp.exitStatus() != QProcess::NormalExit || cp.exitCode() != 0) {
        const QString said = QString::fromLocal8Bit(cp.readAll()).section(u'\n', 0, 0).section(u": "_s, -1).left(200);
        return notWritten(to, said.isEmpty() ? QObject::tr("copying ended early") : said);
    }
    return {};
}

/// The file as it is once all that is committed is in it; with the log beside it, should that not be possible.
event::Result<QString> copyNow(Store::Private &data, const QString &to,
    const std::function<void(CopyProgress)> &progress, const std::stop_token &stop)
{
    const auto copy = [&](duckdb::Connection &connection) -> event::Result<QString> {
        const FilePlace &place = data.writer.place();
        if (place.hasOthersLog()) {
            return tl::unexpected(place.check().error());
        }
        if (!data.writer.isReadOnly()) {
            // Refused while somebody reads an older state; then the log goes along.
            (void)connection.run("CHECKPOINT");
        }
        const QString from = data.writer.isReadOnly() ? data.writer.path() : place.readableName();
        const QString log = data.writer.path() + u".wal"_s;
        event::Status copied = copyFile(from, to, progress, stop);
        if (copied && QFileInfo(log).size() > 0) {
            copied = copyFile(log, to + u".wal"_s, {}, stop);
        }
        if (!copied) {
            return tl::unexpected(copied.error());
        }
        auto result = connection.query("SELECT chain FROM integrity WHERE entry = (SELECT max(entry) FROM integrity)");
        if (!result) {
            return tl::unexpected(result.error());
        }
        const auto chunk = result->next();
        return chunk && chunk->size() > 0 ? QString::fromUtf8(chunk->column(0).text(0)) : QString();
    };
    // Not through write(): a case whose file was removed can still be copied.
    const Answer<event::Result<QString>> answer;
    data.writer.run([&data, &copy, answer](duckdb::Connection &connection) {
        answer.give(copy(connection).map_error([&](const event::Error &error) { return data.worded(error); }));
    });
    return answer.future().result();
}

/// Opens the copy, looks through it, and closes it again.
event::Result<CopyReport> verifyCopy(const QString &file, const QString &head,
    const std::function<void(CopyProgress)> &progress, const std::stop_token &stop)
{
    Store::Options options;
    options.create = false;
    const auto copy = Store::open(file, options);
    if (!copy) {
        return tl::unexpected(copy.error());
    }
    const auto told = [&progress](Integrity::Progress p) {
        if (progress) {
            progress({CopyProgress::Step::Verifying, p.total > 0 ? double(p.events) / double(p.total) : 1.0});
        }
    };
    const auto report = Integrity(*copy).verify({false, {}}, told, stop);
    if (!report) {
        return report.error().kind == ErrorKind::Cancelled ? event::Result<CopyReport>(stopped())
                                                           : tl::unexpected(report.error());
    }
    if (report->head != head) {
        return failure(ErrorKind::Corrupt, QObject::tr("The copy is not what the case is. Try again."));
    }
    if (report->flaws > 0) {
        return failure(ErrorKind::Corrupt,
            QObject::tr("The copy has events that were altered: %1 Verify the stored events of this case.")
                .arg(report->problems.value(0)));
    }
    return CopyReport{report->events, report->head};
}

/// Whether the name may be given to the copy.
event::Status checkTarget(const QString &open, const QString &file)
{
    const QFileInfo info(file);
    if (info.isDir()) {
        return notWritten(file, QObject::tr("it is a folder"));
    }
    if (!info.exists()) {
        return {};
    }
    if (isSameFile(open, file)) {
        return failure(ErrorKind::Refused,
            QObject::tr("%1 is the case itself. Choose another name for the copy.")
                .arg(QDir::toNativeSeparators(file)));
    }
    if (const auto other = openReadOnly(file); !other && other.error().kind == ErrorKind::Locked) {
        return tl::unexpected(other.error());
    }
    return {};
}

} // namespace

event::Result<std::shared_ptr<Store>> openReadOnly(const QString &file)
{
    StoreFile::Options options;
    options.create = false;
    options.readOnly = true;
    return Store::Private::open(file, options, 2);
}

QFuture<event::Result<std::shared_ptr<Store>>> openReadOnlyLater(const QString &file)
{
    return QtConcurrent::run([file] { return openReadOnly(file); });
}

bool isReadOnly(Store &store)
{
    return Store::Private::of(store).writer.isReadOnly();
}

bool isSameFile(const QString &one, const QString &other)
{
    struct stat a = {};
    struct stat b = {};
    return ::stat(QFile::encodeName(one).constData(), &a) == 0 && ::stat(QFile::encodeName(other).constData(), &b) == 0
        && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

event::Result<CopyReport> saveCopy(const std::shared_ptr<Store> &store, const QString &file,
    const std::function<void(CopyProgress)> &progress, const std::stop_token &stop)
{
    const QString target = QFileInfo(file).absoluteFilePath();
    if (const event::Status fits = checkTarget(store->file(), target); !fits) {
        return tl::unexpected(fits.error());
    }
    // On the same file system, so that the finished copy takes its place at once.
    const QTemporaryDir folder(QFileInfo(target).absolutePath() + u"/.octotrail-copy-XXXXXX"_s);
    if (!folder.isValid()) {
        return notWritten(target, folder.errorString());
    }
    const QString part = folder.filePath(u"part.duckdb"_s);
    const auto head = copyNow(Store::Private::of(*store), part, progress, stop);
    if (!head) {
        return tl::unexpected(head.error());
    }
    auto report = verifyCopy(part, *head, progress, stop);
    if (!report) {
        return report;
    }
    if (stop.stop_requested()) {
        return stopped();
    }
    // The log of a case that was here before is none of the copy's.
    QFile::remove(target + u".wal"_s);
    if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(target).constData()) != 0) {
        return notWritten(target, qt_error_string(errno));
    }
    return report;
}

} // namespace octotrail::store
