// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockFilter.h"

namespace octotrail::store {

/// A question that statements ask of filters where these are: given out, tens of megabytes of them would stay in
/// DuckDB's allocator. SQL knows it by a number, as long as this lives.
class AskedQuestion
{
public:
    explicit AskedQuestion(const BlockQuestion &question);
    AskedQuestion(const AskedQuestion &) = delete;
    AskedQuestion &operator=(const AskedQuestion &) = delete;
    ~AskedQuestion();

    /// In SQL, whether the filter in the column "data" says that no event of its block can match.
    std::string isDenied() const;

    /// The body of SQL's filter_denies(number, filter); of a number that nobody has, no filter denies anything.
    static constexpr const char *function = "filter_denies";
    static void answerChunk(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output);

private:
    std::int64_t m_number;
};

} // namespace octotrail::store
