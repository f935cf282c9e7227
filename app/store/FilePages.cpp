// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FilePages.h"

#include "store/FileChecksum.h"

#include <QObject>

namespace octotrail::store {

namespace {

constexpr qint64 pagesOffset = FilePages::headerCount * FilePages::headerSize;

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool isSound(const QByteArray &bytes, qint64 size)
{
    return bytes.size() == size
        && littleEndian64(view(bytes)) == fileChecksum(view(bytes).substr(FilePages::checksumSize));
}

} // namespace

FilePages::FilePages(const QString &file)
    : m_file(file)
{ }

event::Status FilePages::open(QIODevice::OpenMode mode)
{
    if (!m_file.open(mode)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("%1 cannot be read: %2").arg(m_file.fileName(), m_file.errorString()));
    }
    return {};
}

qint64 FilePages::count() const
{
    return std::max<qint64>(0, (m_file.size() - pagesOffset) / pageSize);
}

qint64 FilePages::expectedCount()
{
    constexpr qsizetype iterationOffset = 8;
    constexpr qsizetype countOffset = 32;
    std::uint64_t newest = 0;
    std::uint64_t pages = 0;
    for (int index = 1; index < headerCount; ++index) {
        const QByteArray bytes = header(index);
        if (!isSound(bytes, headerSize)) {
            continue;
        }
        const std::uint64_t iteration = littleEndian64(view(bytes).substr(iterationOffset));
        if (pages == 0 || iteration >= newest) {
            newest = iteration;
            pages = littleEndian64(view(bytes).substr(countOffset));
        }
    }
    constexpr std::uint64_t mostPages = std::uint64_t{1} << 32; // a petabyte: more is no file of ours
    return pages < mostPages ? static_cast<qint64>(pages) : 0;
}

std::optional<QByteArray> FilePages::page(qint64 index)
{
    if (!m_file.seek(pagesOffset + index * pageSize)) {
        return std::nullopt;
    }
    QByteArray bytes = m_file.read(pageSize);
    if (!isSound(bytes, pageSize)) {
        return std::nullopt;
    }
    return bytes.mid(checksumSize);
}

QByteArray FilePages::header(int index)
{
    return m_file.seek(index * headerSize) ? m_file.read(headerSize) : QByteArray();
}

std::array<bool, FilePages::headerCount> FilePages::soundHeaders()
{
    std::array<bool, headerCount> sound{};
    for (int i = 0; i < headerCount; ++i) {
        sound[static_cast<std::size_t>(i)] = isSound(header(i), headerSize);
    }
    return sound;
}

bool FilePages::mendHeaders(FilePages &sample)
{
    const auto [first, second, third] = soundHeaders();
    if (!second && !third) {
        return false;
    }
    return (first || write(0, sample.header(0))) && (second || write(headerSize, header(2)))
        && (third || write(2 * headerSize, header(1)));
}

event::Result<std::vector<qint64>> FilePages::damaged(
    const std::function<void(qint64 page, qint64 pages)> &progress, const std::stop_token &stop)
{
    std::vector<qint64> damaged;
    const qint64 pages = count();
    for (qint64 index = 0; index < pages; ++index) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, {});
        }
        if (!page(index)) {
            damaged.push_back(index);
        }
        progress(index + 1, pages);
    }
    return damaged;
}

event::Status FilePages::clear(qint64 index)
{
    QByteArray zeros(pageSize, '\0');
    const std::uint64_t sum = fileChecksum(view(zeros).substr(checksumSize));
    for (int i = 0; i < checksumSize; ++i) {
        zeros[i] = static_cast<char>((sum >> (8 * i)) & 0xffU);
    }
    if (!write(pagesOffset + index * pageSize, zeros)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()));
    }
    return {};
}

bool FilePages::write(qint64 offset, const QByteArray &bytes)
{
    return m_file.seek(offset) && m_file.write(bytes) == bytes.size() && m_file.flush();
}

} // namespace octotrail::store
