// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <thread>
#include <unistd.h>

namespace octotrail::bench {

double percentile(std::vector<double> &values, double part)
{
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const auto index = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(index, 1, values.size()) - 1];
}

void report(const std::string &what, const std::string &figure, const std::string &goal)
{
    std::printf("%-52s %22s   %s\n", what.c_str(), figure.c_str(), goal.c_str());
    std::fflush(stdout);
}

std::string rounded(double value, int digits)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string machine()
{
    const double gibibytes = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE))
        / (1024.0 * 1024.0 * 1024.0);
    return std::to_string(std::thread::hardware_concurrency()) + " cores, " + rounded(gibibytes) + " GiB";
}

} // namespace octotrail::bench
