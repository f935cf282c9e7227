// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/MemoryBudget.h"

#include "store/duckdb/Connection.h"

#include <algorithm>
#include <string>

namespace octotrail::store::duckdb {

event::Status MemoryBudget::squeeze(Connection &connection, std::int64_t megabytes)
{
    const std::lock_guard lock(m_mutex);
    const event::Status squeezed = limit(connection, std::min(megabytes, m_limit));
    const event::Status restored = apply(connection);
    return squeezed ? restored : squeezed;
}

void MemoryBudget::replace(std::int64_t before, std::int64_t after)
{
    if (const auto it = m_allowances.find(before); it != m_allowances.end()) {
        m_allowances.erase(it);
    }
    if (after > 0) {
        m_allowances.insert(after);
    }
}

event::Status MemoryBudget::apply(Connection &connection)
{
    return limit(connection, m_allowances.empty() ? m_usual : std::max(m_usual, *m_allowances.rbegin()));
}

event::Status MemoryBudget::limit(Connection &connection, std::int64_t megabytes)
{
    if (m_usual == 0 || m_limit == megabytes) {
        return {};
    }
    return connection.runAnyway("SET memory_limit = '" + std::to_string(megabytes) + "MB'").map([&] {
        m_limit = megabytes;
    });
}

MemoryAllowance::~MemoryAllowance()
{
    // A limit that cannot be lowered, since more is in use, is lowered with the next change.
    (void)set(0);
}

event::Status MemoryAllowance::set(std::int64_t megabytes)
{
    if (m_megabytes == megabytes) {
        return {};
    }
    MemoryBudget &budget = m_connection.memory();
    const std::lock_guard lock(budget.m_mutex);
    budget.replace(m_megabytes, megabytes);
    m_megabytes = megabytes;
    return budget.apply(m_connection);
}

} // namespace octotrail::store::duckdb
