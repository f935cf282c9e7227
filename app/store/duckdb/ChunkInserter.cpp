// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/ChunkInserter.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

/// What a statement reads its rows from.
struct ChunkInserter::Feed
{
    std::vector<LogicalType> types;
    const Chunk *chunk = nullptr; ///< not read yet

    /// What the calling thread prepares or runs a statement for. The function is seen by every connection: one that no
    /// inserter uses finds nothing here.
    static Feed *&current()
    {
        thread_local Feed *feed = nullptr;
        return feed;
    }

    /// Called by DuckDB in the thread that prepares.
    static void bind(duckdb_bind_info info)
    {
        Feed *feed = current();
        if (!feed) {
            duckdb_bind_set_error(info, "octotrail_chunk() gives what is being stored, and nothing to others");
            return;
        }
        for (std::size_t i = 0; i < feed->types.size(); ++i) {
            duckdb_bind_add_result_column(info, ("c" + std::to_string(i)).c_str(), feed->types[i].handle());
        }
        duckdb_bind_set_bind_data(info, feed, nullptr);
    }

    static void begin(duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); }

    /// Called by DuckDB in any of its threads, while the inserter's waits.
    static void give(duckdb_function_info info, duckdb_data_chunk output)
    {
        auto *feed = static_cast<Feed *>(duckdb_function_get_bind_data(info));
        const Chunk *chunk = std::exchange(feed->chunk, nullptr);
        for (std::size_t i = 0; chunk && i < feed->types.size(); ++i) {
            duckdb_vector_reference_vector(
                duckdb_data_chunk_get_vector(output, i), duckdb_data_chunk_get_vector(chunk->handle(), i));
        }
        duckdb_data_chunk_set_size(output, chunk ? chunk->size() : 0);
    }
};

namespace {

/// Sets a value for as long as it lives.
template <class T>
class Setting
{
public:
    Setting(T &place, T value)
        : m_place(place)
    {
        place = value;
    }
    Setting(const Setting &) = delete;
    Setting &operator=(const Setting &) = delete;
    ~Setting() { m_place = {}; }

private:
    T &m_place;
};

} // namespace

event::Status ChunkInserter::registerFunction(Connection &connection)
{
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "octotrail_chunk");
    duckdb_table_function_set_bind(function, Feed::bind);
    duckdb_table_function_set_init(function, Feed::begin);
    duckdb_table_function_set_function(function, Feed::give);
    const duckdb_state state = duckdb_register_table_function(connection.handle(), function);
    duckdb_destroy_table_function(&function);
    if (state != DuckDBSuccess) {
        return tl::unexpected(failureOf("octotrail_chunk could not be registered"));
    }
    return {};
}

ChunkInserter::ChunkInserter(std::shared_ptr<Feed> feed, Statement statement)
    : m_feed(std::move(feed))
    , m_statement(std::move(statement))
{ }

event::Result<ChunkInserter> ChunkInserter::open(
    Connection &connection, const std::string &table, std::vector<LogicalType> types)
{
    auto feed = std::make_shared<Feed>();
    feed->types = std::move(types);
    const Setting<Feed *> current(Feed::current(), feed.get());
    return connection.prepare("INSERT INTO " + table + " SELECT * FROM octotrail_chunk()")
        .map([&](Statement &&statement) { return ChunkInserter(std::move(feed), std::move(statement)); });
}

event::Status ChunkInserter::insert(const Chunk &chunk)
{
    // Preparing may be done again when the statement runs.
    const Setting<Feed *> current(Feed::current(), m_feed.get());
    const Setting<const Chunk *> given(m_feed->chunk, &chunk);
    return m_statement.execute().map([](const QueryResult &) {});
}

} // namespace octotrail::store::duckdb
