// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"

#include <QFile>
#include <QTemporaryDir>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

namespace octotrail::tests {

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(
        static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray zstd(const QByteArray &bytes)
{
    QByteArray packed(static_cast<qsizetype>(ZSTD_compressBound(static_cast<size_t>(bytes.size()))), Qt::Uninitialized);
    const auto size = ZSTD_compress(
        packed.data(), static_cast<size_t>(packed.size()), bytes.constData(), static_cast<size_t>(bytes.size()), 3);
    packed.resize(static_cast<qsizetype>(size));
    return packed;
}

QByteArray zip(const QList<std::pair<QByteArray, QByteArray>> &files)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("archive.zip")));
    zip_t *archive = zip_open(QFile::encodeName(file.fileName()).constData(), ZIP_CREATE, nullptr);
    for (const auto &[name, bytes] : files) {
        if (name.endsWith('/')) {
            zip_dir_add(archive, name.constData(), 0);
            continue;
        }
        zip_source_t *source
            = zip_source_buffer(archive, bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0);
        zip_file_add(archive, name.constData(), source, 0);
    }
    zip_close(archive);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace octotrail::tests
