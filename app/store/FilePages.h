// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace octotrail::store {

/// A DuckDB file from outside: three headers, of which the two behind the first are written in turn, one at each
/// checkpoint, and pages, each with a checksum. What a recovery has to know of a file that DuckDB refuses.
class FilePages
{
public:
    static constexpr qint64 headerSize = 4096;
    static constexpr int headerCount = 3;
    static constexpr qint64 pageSize = 256 * 1024;
    static constexpr qint64 checksumSize = 8;

    explicit FilePages(const QString &file);

    event::Status open(QIODevice::OpenMode mode);
    /// Full ones: what is left of a page at the end of a file that was cut off does not count.
    qint64 count() const;
    /// As the newest sound header says.
    qint64 expectedCount();
    /// Without its checksum; nullopt if that is wrong, or the page is not there.
    std::optional<QByteArray> page(qint64 index);

    std::array<bool, headerCount> soundHeaders();
    /// Puts a sound header in the place of one that is not: the first from the sample, a file of the same kind; one of
    /// the others from its twin, which is what the file was one checkpoint before. False if there is none.
    bool mendHeaders(FilePages &sample);
    /// The pages whose checksum is wrong.
    event::Result<std::vector<qint64>> damaged(
        const std::function<void(qint64 page, qint64 pages)> &progress, const std::stop_token &stop);
    /// Makes it a sound page of nothing but zeros.
    event::Status clear(qint64 index);

private:
    QByteArray header(int index);
    bool write(qint64 offset, const QByteArray &bytes);

    QFile m_file;
};

} // namespace octotrail::store
