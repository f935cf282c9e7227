// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/LogEvent.h"
#include "exchange/ByteSource.h"
#include "exchange/RecordScanner.h"
#include "exchange/Unpacker.h"

#include <QString>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace octotrail;

/// Whatever comes as an archive: packed or not, it ends, and a record is never larger than its bound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const int file = memfd_create("archive", 0);
    static const QString name = QStringLiteral("/proc/self/fd/%1").arg(file);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    auto source = exchange::ByteSource::open(name);
    if (!source) {
        std::abort();
    }
    constexpr std::size_t bound = 4096;
    exchange::Unpacker unpacker(**source);
    exchange::RecordScanner scanner(
        [](const exchange::RecordScanner::Record &record) {
            if (record.bytes.size() > bound || record.line < 1) {
                std::abort();
            }
            if (record.flaw == exchange::RecordScanner::Flaw::None) {
                (void)event::LogEvent::fromBytes(std::string(record.bytes));
            }
        },
        bound);
    std::size_t unpacked = 0;
    constexpr std::size_t enough = std::size_t{1} << 22;
    while (unpacked < enough) { // a small input may stand for gigabytes
        const auto piece = unpacker.next({});
        if (!piece || piece->empty()) {
            break;
        }
        unpacked += piece->size();
        scanner.feed(*piece);
    }
    scanner.finish();
    return 0;
}
