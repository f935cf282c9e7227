// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
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

/// What a figure should be.
struct Goal
{
    enum class Kind { AtLeast, AtMost };
    Kind kind = Kind::AtMost;
    double bound = 0;
};
inline Goal atLeast(double bound)
{
    return {Goal::Kind::AtLeast, bound};
}
inline Goal atMost(double bound)
{
    return {Goal::Kind::AtMost, bound};
}
/// A line of the table that says whether the goal was reached, and a figure for writeFigures().
void report(const std::string &what, double value, const std::string &unit, std::optional<Goal> goal = {});
/// A cell of the table that packaging/bench makes in the end: what was measured, of whom. Seconds, unless the row says
/// another unit.
void record(const std::string &row, const std::string &who, double value);
inline constexpr const char *ours = "octotrail";

/// The figures reported and the cells recorded so far as JSON; false if the file could not be written.
bool writeFigures(const std::string &file);

/// Seconds of processor time that this process used, all its threads together.
double processorSeconds();
/// The same of the programs that it ran and waited for.
double childrensProcessorSeconds();
std::string rounded(double value, int digits = 1);

/// What the machine is: cores and memory.
std::string machine();

/// What this process has in memory, in MiB: now, and the most that it ever had (but see forgetPeakMemory()).
double residentMemory();
double peakMemory();
/// The most is counted anew from here.
void forgetPeakMemory();

} // namespace octotrail::bench
