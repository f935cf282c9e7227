// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/LogicalType.h"

#include <vector>

namespace octotrail::store::duckdb {

LogicalType LogicalType::structure(std::span<const std::string> members, const LogicalType &type)
{
    std::vector<duckdb_logical_type> types(members.size(), type.m_handle);
    std::vector<const char *> names;
    names.reserve(members.size());
    for (const std::string &member : members) {
        names.push_back(member.c_str());
    }
    return LogicalType(duckdb_create_struct_type(types.data(), names.data(), members.size()));
}

} // namespace octotrail::store::duckdb
