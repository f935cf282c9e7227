// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <utility>

namespace octotrail::store::duckdb {

class Connection;

/// A transaction: rolled back when it goes out of scope without a commit.
class Transaction
{
public:
    enum class Access { ReadWrite, ReadOnly };

    static event::Result<Transaction> begin(Connection &connection, Access access = Access::ReadWrite);
    Transaction(Transaction &&other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
    { }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    event::Status commit();

private:
    explicit Transaction(Connection &connection)
        : m_connection(&connection)
    { }

    Connection *m_connection;
};

} // namespace octotrail::store::duckdb
