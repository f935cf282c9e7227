// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/TextDiff.h"

#include <algorithm>
#include <cstdint>

namespace octotrail::ui {

namespace {

/// Longer changed parts than these are told as removed and added as a whole: a table of their lines would be too large.
constexpr std::size_t mostCells = 4'000'000;

using Kind = DiffLine::Kind;

/// The longest common subsequence of the two middles.
void addMiddle(const QStringList &a, qsizetype aFrom, qsizetype aTo, const QStringList &b, qsizetype bFrom,
    qsizetype bTo, std::vector<DiffLine> &lines)
{
    const auto rows = static_cast<std::size_t>(aTo - aFrom);
    const auto columns = static_cast<std::size_t>(bTo - bFrom);
    qsizetype i = aFrom;
    qsizetype j = bFrom;
    if ((rows + 1) * (columns + 1) <= mostCells) {
        std::vector<std::uint32_t> length((rows + 1) * (columns + 1));
        const auto at = [&](qsizetype row, qsizetype column) -> std::uint32_t & {
            return length[static_cast<std::size_t>(row - aFrom) * (columns + 1)
                + static_cast<std::size_t>(column - bFrom)];
        };
        for (qsizetype row = aTo - 1; row >= aFrom; --row) {
            for (qsizetype column = bTo - 1; column >= bFrom; --column) {
                at(row, column) = a[row] == b[column] ? at(row + 1, column + 1) + 1
                                                      : std::max(at(row + 1, column), at(row, column + 1));
            }
        }
        while (i < aTo && j < bTo) {
            if (a[i] == b[j]) {
                lines.push_back({Kind::Same, a[i]});
                ++i;
                ++j;
            } else if (at(i + 1, j) >= at(i, j + 1)) {
                lines.push_back({Kind::Removed, a[i++]});
            } else {
                lines.push_back({Kind::Added, b[j++]});
            }
        }
    }
    while (i < aTo) {
        lines.push_back({Kind::Removed, a[i++]});
    }
    while (j < bTo) {
        lines.push_back({Kind::Added, b[j++]});
    }
}

} // namespace

std::vector<DiffLine> diffLines(const QString &before, const QString &after, int context)
{
    const QStringList a = before.split(u'\n');
    const QStringList b = after.split(u'\n');
    qsizetype head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) {
        ++head;
    }
    qsizetype tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<DiffLine> whole;
    for (qsizetype i = 0; i < head; ++i) {
        whole.push_back({Kind::Same, a[i]});
    }
    addMiddle(a, head, a.size() - tail, b, head, b.size() - tail, whole);
    for (qsizetype i = a.size() - tail; i < a.size(); ++i) {
        whole.push_back({Kind::Same, a[i]});
    }
    // What is far from a change is left out.
    std::vector<bool> isNear(whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (whole[i].kind == Kind::Same) {
            continue;
        }
        const std::size_t from = i - std::min(i, static_cast<std::size_t>(context));
        const std::size_t to = std::min(whole.size(), i + static_cast<std::size_t>(context) + 1);
        std::fill(
            isNear.begin() + static_cast<std::ptrdiff_t>(from), isNear.begin() + static_cast<std::ptrdiff_t>(to), true);
    }
    std::vector<DiffLine> lines;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (isNear[i]) {
            lines.push_back(whole[i]);
        } else if (!lines.empty() && lines.back().kind == Kind::Skipped) {
            ++lines.back().count;
        } else {
            lines.push_back({Kind::Skipped, {}, 1});
        }
    }
    return lines;
}

} // namespace octotrail::ui
