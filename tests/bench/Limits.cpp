// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Limits.h"

#include "Measure.h"

#include <QFile>
#include <array>
#include <cstring>
#include <simdjson.h>
#include <string_view>

namespace octotrail::bench {

namespace {

/// The bytes are gone through once before, so that the disk has no part in it.
double secondsToLookThrough(std::string_view bytes)
{
    // What JSON does not have, so that the search goes on to the end.
    const auto look = [&](volatile char &needle) { return std::memchr(bytes.data(), needle, bytes.size()); };
    volatile char needle = '\1';
    bool isFound = look(needle) != nullptr;
    const Stopwatch watch;
    isFound = look(needle) != nullptr || isFound;
    if (isFound) {
        return 0;
    }
    return watch.milliseconds() / 1000;
}

double secondsToParse(std::string_view bytes)
{
    simdjson::dom::parser parser;
    simdjson::padded_string line;
    const Stopwatch watch;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        (void)parser.parse(bytes.data(), end).error();
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return watch.milliseconds() / 1000;
}

double secondsToWrite(const QString &file, std::size_t size)
{
    const QByteArray block(1 << 20, 'x');
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return 0;
    }
    const Stopwatch watch;
    for (std::size_t written = 0; written < size; written += static_cast<std::size_t>(block.size())) {
        out.write(block);
    }
    out.flush();
    (void)fsync(out.handle());
    const double seconds = watch.milliseconds() / 1000;
    out.remove();
    return seconds;
}

} // namespace

void measureLimits(const QString &input, const QString &folder)
{
    QFile file(input);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const auto size = static_cast<std::size_t>(file.size());
    const uchar *mapped = file.map(0, file.size());
    if (!mapped) {
        return;
    }
    const std::string_view bytes(reinterpret_cast<const char *>(mapped), size);
    const double look = secondsToLookThrough(bytes);
    for (const char *kind : {"frequent", "rare", "nowhere"}) {
        record(std::string("keyword, ") + kind + ", all", "limit: memory", look);
    }
    const double parse = secondsToParse(bytes);
    record("import", "limit: simdjson", parse);
    record("path in the bytes alone, all", "limit: simdjson", parse);
    // A store has about a sixth of the NDJSON.
    const double write = secondsToWrite(folder + QStringLiteral("/limit"), size / 6);
    record("import", "limit: disk", write);
    report("limit: going through the NDJSON in memory", look * 1000, "ms");
    report("limit: parsing it with simdjson", parse * 1000, "ms");
    report("limit: writing a sixth of it to the disk", write * 1000, "ms");
}

} // namespace octotrail::bench
