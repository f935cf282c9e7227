// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PartialEvent.h"

#include "store/Schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace octotrail::store {

namespace {

constexpr std::string_view targetColumn = "target";

bool isOfTarget(const event::FieldPath &path)
{
    const auto &segments = path.segments();
    return segments.size() == 2 && segments[0] == targetColumn
        && std::ranges::find(event::targetMembers, segments[1]) != event::targetMembers.end();
}

template <class Number>
void append(std::string &json, Number number)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    json.append(text.data(), end);
}

} // namespace

bool PartialEvent::hasColumn(const event::FieldPath &path)
{
    return isOfTarget(path) || event::fieldByPath(path.toString());
}

PartialEvent::PartialEvent(const std::vector<event::FieldPath> &paths)
{
    std::set<event::FieldId> fields{event::field::Uuid, event::field::Published};
    bool needsTargets = false;
    for (const event::FieldPath &path : paths) {
        if (const auto field = event::fieldByPath(path.toString())) {
            fields.insert(*field);
        } else {
            needsTargets = needsTargets || isOfTarget(path);
        }
    }
    // Sorted by their names, so that those of one object stand together.
    std::vector<std::pair<std::vector<std::string>, event::FieldId>> sorted;
    for (const event::FieldId field : fields) {
        sorted.emplace_back(event::FieldPath(event::fields()[field].path).segments(), field);
    }
    std::ranges::sort(sorted);
    std::vector<std::string> open; // objects around the last value
    std::string before = "{";
    for (const auto &[segments, field] : sorted) {
        std::size_t shared = 0;
        while (shared < open.size() && shared + 1 < segments.size() && open[shared] == segments[shared]) {
            ++shared;
        }
        before.append(open.size() - shared, '}');
        open.resize(shared);
        before += m_parts.empty() ? "" : ",";
        for (std::size_t i = shared; i + 1 < segments.size(); ++i) {
            before += event::quoteJson(segments[i]) + ":{";
            open.push_back(segments[i]);
        }
        before += event::quoteJson(segments.back()) + ':';
        m_columns += (m_columns.empty() ? "" : ", ") + schema::quoted(event::fields()[field].path);
        m_parts.push_back({std::exchange(before, {}), field});
    }
    m_end.assign(open.size(), '}');
    if (needsTargets) {
        m_columns += ", " + std::string(targetColumn);
        m_parts.push_back({std::exchange(m_end, {}) + ",\"" + std::string(targetColumn) + "\":", std::nullopt});
    }
    m_end += '}';
}

void PartialEvent::write(const Part &part, const duckdb::Column &column, std::size_t row)
{
    m_json += part.before;
    if (column.isNull(row)) {
        m_json += "null";
        return;
    }
    if (!part.field) {
        const auto [offset, length] = column.list(row);
        const duckdb::Column targets = column.elements();
        m_json += '[';
        for (std::size_t i = offset; i < offset + length; ++i) {
            m_json += i == offset ? "{" : ",{";
            for (std::size_t member = 0; member < event::targetMembers.size(); ++member) {
                const duckdb::Column values = targets.member(member);
                if (!values.isNull(i)) {
                    m_json += m_json.ends_with('{') ? "\"" : ",\"";
                    m_json += event::targetMembers[member];
                    m_json += "\":";
                    m_json += event::quoteJson(values.text(i));
                }
            }
            m_json += '}';
        }
        m_json += ']';
        return;
    }
    switch (event::fields()[*part.field].type) {
    case event::FieldType::Text:
        m_json += event::quoteJson(column.text(row));
        break;
    case event::FieldType::Integer:
        append(m_json, column.bigint(row));
        break;
    case event::FieldType::Number:
        append(m_json, column.number(row));
        break;
    case event::FieldType::Boolean:
        m_json += column.boolean(row) ? "true" : "false";
        break;
    case event::FieldType::Time:
        m_json += '"' + event::formatTimestamp(*column.time(row)) + '"';
        break;
    }
}

event::LogEvent PartialEvent::read(const duckdb::Chunk &chunk, std::size_t firstColumn, std::size_t row)
{
    m_json.clear();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        write(m_parts[i], chunk.column(firstColumn + i), row);
    }
    m_json += m_end;
    return m_reader.read(m_json);
}

} // namespace octotrail::store
