// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Backoff.h"

#include <QRandomGenerator>
#include <algorithm>

namespace octotrail::collect {

std::chrono::milliseconds Backoff::ceiling() const
{
    constexpr int mostDoublings = 24;
    const auto grown = m_unit * (std::int64_t{1} << std::min(m_faults, mostDoublings));
    return std::min(grown, m_cap);
}

std::chrono::milliseconds Backoff::next()
{
    const auto most = ceiling();
    ++m_faults;
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64{0}, qint64{most.count()} + 1));
}

} // namespace octotrail::collect
