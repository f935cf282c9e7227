// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ImportPreview.h"
#include "exchange/Unwrapping.h"

#include <QString>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace octotrail;

/// Whatever is to be imported, zip archives, CSV and other tools' wrappers too: reading it ends, in a report that is
/// bounded, and what is unwrapped is no larger than what it was in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const int file = memfd_create("import", 0);
    static const QString name = QStringLiteral("/proc/self/fd/%1").arg(file);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    const auto preview = exchange::previewImport({name}, {}, {}, {});
    if (!preview || !preview->isWhole || preview->problems.size() > preview->problemCount
        || preview->rows.size() > preview->events || preview->rebuilt > preview->events) {
        std::abort();
    }
    const std::string text(reinterpret_cast<const char *>(data), size);
    const auto unwrapped = exchange::unwrap(text);
    if (unwrapped.events.size() > exchange::mostEventsOfRecord) {
        std::abort();
    }
    for (const std::string &event : unwrapped.events) {
        if (!unwrapped.isRebuilt && event.size() > text.size()) {
            std::abort();
        }
    }
    return 0;
}
