// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>

/// Writes events as NDJSON to standard output: bench_generate COUNT [SEED].
int main(int argc, char **argv)
{
    const auto number = [](const char *text, std::uint64_t &value) {
        const char *end = text + std::strlen(text);
        const auto [stop, error] = std::from_chars(text, end, value);
        return error == std::errc() && stop == end;
    };
    std::uint64_t count = 0;
    std::uint64_t seed = 7;
    if (argc < 2 || argc > 3 || !number(argv[1], count) || (argc == 3 && !number(argv[2], seed))) {
        std::fputs("usage: bench_generate COUNT [SEED]\n", stderr);
        return 2;
    }
    octotrail::bench::EventMaker maker(seed);
    std::string line;
    for (std::uint64_t i = 0; i < count; ++i) {
        maker.next(line);
        line += '\n';
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
            std::perror("bench_generate");
            return 1;
        }
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}
