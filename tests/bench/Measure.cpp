// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measure.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace octotrail::bench {

namespace {

struct Figure
{
    std::string what;
    double value;
    std::string unit;
    std::optional<Goal> goal;
};

struct Cell
{
    std::string row;
    std::string who;
    double value;
};

std::vector<Cell> &cells()
{
    static std::vector<Cell> all;
    return all;
}

std::vector<Figure> &figures()
{
    static std::vector<Figure> all;
    return all;
}

bool isReached(double value, const Goal &goal)
{
    return goal.kind == Goal::Kind::AtLeast ? value >= goal.bound : value <= goal.bound;
}

std::string grouped(double value)
{
    constexpr double small = 1000;
    std::string digits = rounded(value, value < small ? 1 : 0);
    if (value < small) {
        return digits;
    }
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            result += ' ';
        }
        result += digits[i];
    }
    return result;
}

} // namespace

void report(const std::string &what, double value, const std::string &unit, std::optional<Goal> goal)
{
    figures().push_back({what, value, unit, goal});
    std::string text;
    if (goal) {
        text = (goal->kind == Goal::Kind::AtLeast ? ">= " : "<= ") + grouped(goal->bound) + " " + unit
            + (isReached(value, *goal) ? "  reached" : "  MISSED");
    }
    report(what, grouped(value) + " " + unit, text);
}

bool writeFigures(const std::string &file)
{
    std::FILE *out = std::fopen(file.c_str(), "w");
    if (!out) {
        return false;
    }
    std::fprintf(out, "{\"machine\": \"%s\", \"figures\": [", machine().c_str());
    const char *separator = "\n";
    for (const Figure &figure : figures()) {
        std::fprintf(out, "%s  {\"what\": \"%s\", \"value\": %.4g, \"unit\": \"%s\"", separator, figure.what.c_str(),
            figure.value, figure.unit.c_str());
        if (figure.goal) {
            std::fprintf(out, ", \"%s\": %.4g, \"reached\": %s",
                figure.goal->kind == Goal::Kind::AtLeast ? "at least" : "at most", figure.goal->bound,
                isReached(figure.value, *figure.goal) ? "true" : "false");
        }
        std::fputc('}', out);
        separator = ",\n";
    }
    std::fputs("\n], \"cells\": [", out);
    separator = "\n";
    for (const Cell &cell : cells()) {
        std::fprintf(out, "%s  {\"row\": \"%s\", \"who\": \"%s\", \"value\": %.6g}", separator, cell.row.c_str(),
            cell.who.c_str(), cell.value);
        separator = ",\n";
    }
    std::fputs("\n]}\n", out);
    return std::fclose(out) == 0;
}

void record(const std::string &row, const std::string &who, double value)
{
    cells().push_back({row, who, value});
}

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double childrensProcessorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

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

namespace {

/// A line of the process's status that tells KiB.
double statusLine(const QByteArray &name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name)) {
            return line.mid(name.size()).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

} // namespace

double residentMemory()
{
    return statusLine("VmRSS:");
}

double peakMemory()
{
    return statusLine("VmHWM:");
}

void forgetPeakMemory()
{
    QFile references(QStringLiteral("/proc/self/clear_refs"));
    if (references.open(QIODevice::WriteOnly)) {
        references.write("5"); // proc(5)
    }
}

} // namespace octotrail::bench
