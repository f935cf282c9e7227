// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Chunk.h"

namespace octotrail::store::duckdb {

Column::Column(duckdb_vector vector)
    : m_vector(vector)
    , m_data(duckdb_vector_get_data(vector))
    , m_validity(duckdb_vector_get_validity(vector))
{
    duckdb_logical_type type = duckdb_vector_get_column_type(vector);
    m_kind = kindOf(duckdb_get_type_id(type));
    duckdb_destroy_logical_type(&type);
}

Column::Kind Column::kindOf(duckdb_type type)
{
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        return Kind::Boolean;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_DATE:
        return Kind::Int;
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        return Kind::Long;
    case DUCKDB_TYPE_DOUBLE:
        return Kind::Double;
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB:
        return Kind::Text;
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_MAP:
        return Kind::List;
    case DUCKDB_TYPE_STRUCT:
        return Kind::Struct;
    default:
        return Kind::Other;
    }
}

Column Column::elements() const
{
    return m_kind == Kind::List ? Column(duckdb_list_vector_get_child(m_vector)) : Column();
}

Column Column::member(std::size_t index) const
{
    if (m_kind != Kind::Struct) {
        return {};
    }
    duckdb_logical_type type = duckdb_vector_get_column_type(m_vector);
    const bool isThere = index < duckdb_struct_type_child_count(type);
    duckdb_destroy_logical_type(&type);
    return isThere ? Column(duckdb_struct_vector_get_child(m_vector, index)) : Column();
}

} // namespace octotrail::store::duckdb
