// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Transaction.h"

#include "store/duckdb/Connection.h"

namespace octotrail::store::duckdb {

event::Result<Transaction> Transaction::begin(Connection &connection, Access access)
{
    const std::string sql = access == Access::ReadOnly ? "BEGIN TRANSACTION READ ONLY" : "BEGIN TRANSACTION";
    event::Status begun = connection.run(sql);
    if (!begun && connection.runAnyway("ROLLBACK")) {
        begun = connection.run(sql); // one had been left open
    }
    return begun.map([&] {
        connection.m_isInTransaction = true;
        return Transaction(connection);
    });
}

Transaction::~Transaction()
{
    if (m_connection) {
        m_connection->m_isInTransaction = false;
        // An interruption that comes late hits this instead of the query, but only once.
        if (!m_connection->runAnyway("ROLLBACK")) {
            (void)m_connection->runAnyway("ROLLBACK"); // if even this fails, the next BEGIN will tell
        }
    }
}

event::Status Transaction::commit()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    connection->m_isInTransaction = false;
    event::Status status = connection->run("COMMIT");
    if (!status) {
        // A failed commit has rolled back already in most cases; in the others this does it.
        (void)connection->runAnyway("ROLLBACK");
    }
    return status;
}

} // namespace octotrail::store::duckdb
