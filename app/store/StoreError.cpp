// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/StoreError.h"

#include <QObject>
#include <QRegularExpression>

namespace octotrail::store {

using event::ErrorKind;

namespace {

/// The first line, bounded: DuckDB adds hints and stack traces below it.
QString brief(const QString &message)
{
    constexpr qsizetype limit = 300;
    return message.section(u'\n', 0, 0).left(limit);
}

QString lockedSentence(const QString &message, const QString &file)
{
    static const QRegularExpression process(QStringLiteral(R"(PID (\d+))"));
    const QRegularExpressionMatch match = process.match(message);
    if (match.hasMatch()) {
        return QObject::tr("%1 is open in another program (process %2). Close it there, or choose another store.")
            .arg(file, match.captured(1));
    }
    return QObject::tr("%1 is open in another program. Close it there, or choose another store.").arg(file);
}

} // namespace

event::Error worded(const event::Error &error, const QString &file)
{
    if (error.sentence.contains(QLatin1String("attached in read-only mode"))
        || error.sentence.contains(QLatin1String("append to a readonly database"))) {
        return {
            ErrorKind::Refused, QObject::tr("%1 is open for reading only: nothing in it can be changed.").arg(file), 0};
    }
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return {error.kind, QObject::tr("The query was cancelled."), 0};
    case ErrorKind::DiskFull:
        return {error.kind,
            QObject::tr("There is no room left on the disk for %1. What was stored before is safe. Free some space "
                        "and try again.")
                .arg(file),
            0};
    case ErrorKind::OutOfMemory:
        return {error.kind,
            QObject::tr(
                "This needs more memory than it may have. Narrow it by time, or ask for fewer fields and groups."),
            0};
    case ErrorKind::Locked:
        return {error.kind, lockedSentence(error.sentence, file), 0};
    case ErrorKind::Corrupt:
        return {error.kind,
            QObject::tr("%1 is damaged (%2). Restore it from a copy, or save what can be read of it in a new store: "
                        "octotrail recover FILE --out NEW does that.")
                .arg(file, brief(error.sentence)),
            0};
    case ErrorKind::TooNew:
        return {error.kind,
            QObject::tr("%1 was written by a newer version. Update Octotrail, or choose another store.").arg(file), 0};
    case ErrorKind::Storage:
        return {error.kind, QObject::tr("%1 could not be read or written: %2").arg(file, brief(error.sentence)), 0};
    default:
        return error;
    }
}

} // namespace octotrail::store
