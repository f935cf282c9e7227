// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace octotrail::bench {

/// Milliseconds since it was made.
class Stopwatch
{
public:
    double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// The value below which this part of them lies; sorts them.
double percentile(std::vector<double> &values, double part);

/// A line of the table: what, the figure, its goal if it has one.
void report(const std::string &what, const std::string &figure, const std::string &goal = {});
std::string rounded(double value, int digits = 1);

/// What the machine is: cores and memory.
std::string machine();

} // namespace octotrail::bench
