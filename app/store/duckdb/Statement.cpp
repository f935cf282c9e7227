// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Statement.h"

#include "store/duckdb/Failure.h"

#include <chrono>
#include <thread>
#include <type_traits>

namespace octotrail::store::duckdb {

using namespace std::chrono_literals;

// Binding fails only for an index out of range; executing then tells that a parameter is missing.

void Statement::bind(int index, const filter::SqlValue &value)
{
    std::visit(
        [&](const auto &v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::string>) {
                bindText(index, v);
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                bindInteger(index, v);
            } else if constexpr (std::is_same_v<T, double>) {
                duckdb_bind_double(m_handle, static_cast<idx_t>(index), v);
            } else if constexpr (std::is_same_v<T, bool>) {
                bindBoolean(index, v);
            } else if constexpr (std::is_same_v<T, filter::SqlBlob>) {
                bindBlob(index, v.bytes);
            } else {
                bindTime(index, v);
            }
        },
        value);
}

void Statement::bindText(int index, std::string_view text)
{
    duckdb_bind_varchar_length(m_handle, static_cast<idx_t>(index), text.data(), text.size());
}

void Statement::bindBlob(int index, std::string_view bytes)
{
    duckdb_bind_blob(m_handle, static_cast<idx_t>(index), bytes.data(), bytes.size());
}

void Statement::bindInteger(int index, std::int64_t value)
{
    duckdb_bind_int64(m_handle, static_cast<idx_t>(index), value);
}

void Statement::bindBoolean(int index, bool value)
{
    duckdb_bind_boolean(m_handle, static_cast<idx_t>(index), value);
}

void Statement::bindTime(int index, std::optional<event::Timestamp> time)
{
    if (time) {
        duckdb_bind_timestamp(m_handle, static_cast<idx_t>(index), duckdb_timestamp{time->time_since_epoch().count()});
    } else {
        duckdb_bind_null(m_handle, static_cast<idx_t>(index));
    }
}

bool Statement::isSelect() const
{
    return duckdb_prepared_statement_type(m_handle) == DUCKDB_STATEMENT_TYPE_SELECT;
}

std::size_t Statement::parameterCount() const
{
    return duckdb_nparams(m_handle);
}

std::size_t Statement::columnCount() const
{
    return duckdb_prepared_statement_column_count(m_handle);
}

std::string Statement::columnName(std::size_t column) const
{
    const char *name = duckdb_prepared_statement_column_name(m_handle, column);
    std::string result = name ? name : "";
    duckdb_free(const_cast<char *>(name)); // NOLINT: DuckDB gives it away as a constant
    return result;
}

duckdb_type Statement::columnType(std::size_t column) const
{
    return duckdb_prepared_statement_column_type(m_handle, column);
}

namespace {

/// Runs the tasks of a statement. Where none is left but those that DuckDB's own threads have begun, DuckDB would ask
/// for one again and again: of two processors it would take one from those who work.
event::Status runTasks(duckdb_pending_result pending)
{
    constexpr int patience = 2000; ///< some milliseconds: to sleep and wake takes longer than most statements
    for (int idle = 0;;) {
        switch (duckdb_pending_execute_task(pending)) {
        case DUCKDB_PENDING_RESULT_NOT_READY:
            idle = 0;
            break;
        case DUCKDB_PENDING_NO_TASKS_AVAILABLE:
            if (++idle <= patience) {
                std::this_thread::yield();
            } else {
                std::this_thread::sleep_for(50us);
            }
            break;
        case DUCKDB_PENDING_ERROR:
            // It is told of a task that waits for something, too: then without a message.
            if (const char *message = duckdb_pending_error(pending); message && *message) {
                return tl::unexpected(failureOf(message));
            }
            return {};
        default:
            return {};
        }
    }
}

} // namespace

event::Result<QueryResult> Statement::execute()
{
    if (m_stop.stop_requested()) {
        return tl::unexpected(failureOf("INTERRUPT Error: Interrupted!"));
    }
    duckdb_pending_result pending = nullptr;
    (void)duckdb_pending_prepared(m_handle, &pending);
    return finish(pending);
}

event::Result<QueryResult> Statement::stream()
{
    if (m_stop.stop_requested()) {
        return tl::unexpected(failureOf("INTERRUPT Error: Interrupted!"));
    }
    duckdb_pending_result pending = nullptr;
    (void)duckdb_pending_prepared_streaming(m_handle, &pending);
    return finish(pending);
}

event::Result<QueryResult> Statement::finish(duckdb_pending_result pending)
{
    // DuckDB forgets interruptions when a statement begins, which it has: what came meanwhile is made good for here,
    // and what comes from now on interrupts.
    if (m_stop.stop_requested()) {
        duckdb_interrupt(m_connection);
    }
    if (const event::Status run = runTasks(pending); !run) {
        duckdb_destroy_pending(&pending);
        return tl::unexpected(run.error());
    }
    duckdb_result result{};
    const duckdb_state state = duckdb_execute_pending(pending, &result);
    duckdb_destroy_pending(&pending);
    QueryResult owner(result);
    if (state != DuckDBSuccess) {
        return tl::unexpected(owner.error());
    }
    return owner;
}

} // namespace octotrail::store::duckdb
