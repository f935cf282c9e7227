// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AskedQuestion.h"

#include "store/duckdb/ChunkWriter.h"

#include <map>
#include <memory>
#include <mutex>

namespace octotrail::store {

namespace {

struct Asked
{
    std::mutex mutex;
    std::map<std::int64_t, std::shared_ptr<const BlockQuestion>> questions;
    std::int64_t lastNumber = 0;
};

Asked &asked()
{
    static Asked asked;
    return asked;
}

std::shared_ptr<const BlockQuestion> find(std::int64_t number)
{
    const std::lock_guard lock(asked().mutex);
    const auto found = asked().questions.find(number);
    return found == asked().questions.end() ? nullptr : found->second;
}

} // namespace

AskedQuestion::AskedQuestion(const BlockQuestion &question)
{
    const std::lock_guard lock(asked().mutex);
    m_number = ++asked().lastNumber;
    asked().questions.emplace(m_number, std::make_shared<const BlockQuestion>(question));
}

AskedQuestion::~AskedQuestion()
{
    const std::lock_guard lock(asked().mutex);
    asked().questions.erase(m_number);
}

std::string AskedQuestion::isDenied() const
{
    return std::string(function) + "(" + std::to_string(m_number) + ", data)";
}

/// Called by DuckDB, from any of its threads.
void AskedQuestion::answerChunk(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output)
{
    const std::size_t count = duckdb_data_chunk_get_size(input);
    if (count == 0) {
        return;
    }
    const duckdb::Column numbers(duckdb_data_chunk_get_vector(input, 0));
    const duckdb::Column filters(duckdb_data_chunk_get_vector(input, 1));
    duckdb::ColumnWriter results(output);
    const auto question = numbers.isNull(0) ? nullptr : find(numbers.bigint(0)); // the same in all rows
    for (std::size_t row = 0; row < count; ++row) {
        results.setBoolean(row, question && !filters.isNull(row) && !question->mayBeIn(filters.text(row)));
    }
}

} // namespace octotrail::store
