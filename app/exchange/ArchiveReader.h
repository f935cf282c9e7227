// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TextInput.h"

#include <QStringList>
#include <functional>

namespace octotrail::exchange {

/// Reads the records of files, whatever their form: JSON arrays, NDJSON, objects one after the other, or the Admin
/// Console's CSV; as they are, packed with gzip or zstd, or in a zip archive. For one thread.
class ArchiveReader
{
public:
    struct Sink
    {
        /// An object's bytes, valid during the call; line 0 if it has none.
        std::function<void(std::string_view bytes, const QString &file, qint64 line)> record;
        /// What gives no record; line 0 if it is about the file.
        std::function<void(const QString &file, qint64 line, const QString &sentence)> problem;
        /// After each piece. A failure ends the reading with it.
        std::function<event::Status()> advance;
    };

    /// storeFile is the open case's own, which is never read: to close it again would give up its lock.
    explicit ArchiveReader(Sink sink, QString storeFile);

    /// Whether the file can be opened at all.
    event::Status check(const QString &file) const;
    /// Fails if the file cannot be opened, if advance() did, or on a request to stop. Damage is a problem, not a
    /// failure: what came before it is good.
    event::Status read(const QString &file, const std::stop_token &stop);

    /// How many bytes were read of the file that was read last.
    qint64 position() const { return m_position; }
    /// Files that could not be read to their end.
    qint64 damaged() const { return m_damaged; }
    /// What was recognised, each once: "NDJSON", "CSV of the Admin Console".
    const QStringList &formats() const { return m_formats; }
    /// The same of how they are packed: "gzip".
    const QStringList &packings() const { return m_packings; }
    /// Whether what is being read has events that are not Okta's bytes.
    bool isRebuilding() const { return m_isRebuilding; }

private:
    event::Status readZip(const QString &file, const std::stop_token &stop);
    event::Status salvageZip(const QString &file, const std::stop_token &stop);
    event::Status readText(TextInput &input, const std::stop_token &stop);

    Sink m_sink;
    QString m_storeFile;
    qint64 m_position = 0;
    qint64 m_damaged = 0;
    bool m_isRebuilding = false;
    QStringList m_formats;
    QStringList m_packings;
};

} // namespace octotrail::exchange
