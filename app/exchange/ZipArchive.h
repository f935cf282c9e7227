// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TextInput.h"

#include <QString>
#include <memory>
#include <vector>

namespace octotrail::exchange {

/// A zip archive and the files in it, which are read where they are: nothing is unpacked to disk, and their names are
/// only shown. Keeps no more than a piece of them in memory. For one thread.
class ZipArchive
{
public:
    /// Whether the file begins as one.
    static bool isZip(const QString &file);
    /// What a file in an archive is called for people; the name may hold anything.
    static QString caption(const QString &archive, std::string_view name);
    /// InvalidInput if its list of files cannot be read, or is longer than that of any log: see ZipSalvage.
    static event::Result<std::unique_ptr<ZipArchive>> open(const QString &file);
    ~ZipArchive();
    ZipArchive(const ZipArchive &) = delete;
    ZipArchive &operator=(const ZipArchive &) = delete;

    struct Entry
    {
        quint64 index = 0;
        QString caption;
        qint64 size = 0; ///< as the archive claims
        qint64 packedSize = 0;
    };
    /// Its files, without what macOS adds.
    const std::vector<Entry> &entries() const { return m_entries; }
    /// The file's content. It must not outlive the archive; one at a time.
    event::Result<std::unique_ptr<TextInput>> open(const Entry &entry);
    /// Whether more came out of it than of any log: the rest is not worth reading.
    bool isExhausted() const { return isBomb(m_size, m_unpacked); }

private:
    struct Handle;
    class File;
    ZipArchive(QString file, std::unique_ptr<Handle> handle);

    QString m_file;
    std::unique_ptr<Handle> m_handle;
    std::vector<Entry> m_entries;
    qint64 m_size = 0; ///< of the archive
    qint64 m_unpacked = 0; ///< of all that was read of it
    qint64 m_finished = 0; ///< packed bytes of the files that were opened before
};

} // namespace octotrail::exchange
