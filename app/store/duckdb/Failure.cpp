// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

using event::ErrorKind;

namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

ErrorKind kindOf(std::string_view message, duckdb_error_type type)
{
    if (type == DUCKDB_ERROR_INTERRUPT || contains(message, "INTERRUPT")) {
        return ErrorKind::Cancelled;
    }
    if (contains(message, "No space left") || contains(message, "Disk quota exceeded")
        || contains(message, "File too large")) {
        return ErrorKind::DiskFull;
    }
    if (type == DUCKDB_ERROR_OUT_OF_MEMORY || contains(message, "Out of Memory Error")) {
        return ErrorKind::OutOfMemory;
    }
    if (contains(message, "Could not set lock") || contains(message, "Conflicting lock")) {
        return ErrorKind::Locked;
    }
    if (contains(message, "not a valid DuckDB database") || contains(message, "checksum")
        || contains(message, "Corrupt") || contains(message, "corrupt") || type == DUCKDB_ERROR_SERIALIZATION
        || contains(message, "Serialization Error")) {
        return ErrorKind::Corrupt;
    }
    if (contains(message, "newer version of DuckDB") || contains(message, "different version")) {
        return ErrorKind::TooNew;
    }
    return ErrorKind::Storage;
}

} // namespace

event::Error failureOf(std::string_view message, duckdb_error_type type)
{
    return {kindOf(message, type), QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size())), 0};
}

} // namespace octotrail::store::duckdb
