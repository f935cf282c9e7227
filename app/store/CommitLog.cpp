// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/CommitLog.h"

#include "store/FileChecksum.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <optional>
#include <string_view>

namespace octotrail::store {

namespace {

using namespace std::string_view_literals;

/// An entry's length and checksum, before its bytes.
constexpr std::size_t frameSize = 16;
/// The log begins with an entry of its own form, which names the version and the file.
constexpr std::string_view headerStart = "\x64\x00\x62\x65\x00"sv;
constexpr std::size_t longestHeader = 256;
constexpr std::uint16_t fileField = 102; ///< of the header: a list
constexpr std::uint16_t endField = 0xffff;

/// Where the entry at this place ends; nullopt if it is not whole.
std::optional<std::size_t> endOfEntry(std::string_view log, std::size_t begin)
{
    if (begin > log.size() || log.size() - begin < frameSize) {
        return std::nullopt;
    }
    const std::uint64_t length = littleEndian64(log.substr(begin));
    const std::uint64_t sum = littleEndian64(log.substr(begin + frameSize / 2));
    begin += frameSize;
    if (length == 0 || length > log.size() - begin || fileChecksum(log.substr(begin, length)) != sum) {
        return std::nullopt;
    }
    return begin + length;
}

/// Takes a number of seven bits a byte from the front; nullopt if there is none.
std::optional<std::uint64_t> takeNumber(std::string_view &bytes)
{
    std::uint64_t number = 0;
    for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80U) {
            return number;
        }
    }
    return std::nullopt;
}

/// Where the first entry begins; nullopt if the header is not whole.
std::optional<std::size_t> endOfHeader(std::string_view log)
{
    const std::string_view header = log.substr(0, longestHeader);
    for (std::string_view rest = header; rest.size() >= sizeof(std::uint16_t);) {
        const auto field = static_cast<std::uint16_t>(
            static_cast<unsigned char>(rest[0]) | (static_cast<unsigned char>(rest[1]) << 8U));
        rest.remove_prefix(sizeof field);
        if (field == endField) {
            return header.size() - rest.size();
        }
        auto number = takeNumber(rest);
        for (std::uint64_t left = field == fileField && number ? *number : 0; left > 0 && number; --left) {
            number = takeNumber(rest);
        }
        if (!number) {
            break;
        }
    }
    // Another version of DuckDB may write other fields: then the first entry's checksum tells.
    for (std::size_t begin = headerStart.size(); begin < header.size(); ++begin) {
        if (endOfEntry(log, begin)) {
            return begin;
        }
    }
    return std::nullopt;
}

bool isTornAt(std::string_view log, std::size_t begin)
{
    const std::size_t lastByte = log.find_last_not_of('\0');
    if (lastByte == std::string_view::npos || lastByte < begin || log.size() - begin < frameSize) {
        return true; // nothing, or less than a frame, or room that was never written
    }
    return littleEndian64(log.substr(begin)) >= lastByte - begin - frameSize;
}

CommitLog judge(std::string_view log)
{
    CommitLog result;
    result.size = static_cast<qint64>(log.size());
    const auto first = log.starts_with(headerStart) ? endOfHeader(log) : std::nullopt;
    if (!first) {
        // A header that was never written: it was to be the first thing after a checkpoint.
        result.hasHeader = false;
        result.isTorn = log.find_last_not_of('\0') + 1 < longestHeader;
        return result;
    }
    std::size_t end = *first;
    while (const auto next = endOfEntry(log, end)) {
        end = *next;
    }
    result.sound = static_cast<qint64>(end);
    result.isTorn = end < log.size() && isTornAt(log, end);
    return result;
}

} // namespace

event::Result<CommitLog> CommitLog::read(const QString &path)
{
    QFile file(path);
    if (!QFileInfo::exists(path) || file.size() == 0) {
        return CommitLog{};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(
            event::ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    const auto *bytes = file.map(0, file.size());
    if (!bytes) {
        return event::failure(
            event::ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    return judge({reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(file.size())});
}

} // namespace octotrail::store
