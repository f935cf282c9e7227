// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PreparedBatch.h"

#include "store/Schema.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <unordered_set>

namespace octotrail::store {

using duckdb::ColumnWriter;
using event::FieldType;
using event::LogEvent;

namespace {

/// Events further apart than this are looked for in ranges of their own, as long as there are few of these.
constexpr std::chrono::minutes gap{30};
constexpr std::size_t maxRanges = 8;

using Rows = std::span<const LogEvent *const>;

template <class T>
std::optional<T> numberOf(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// Keeps one column's texts together: who goes through the column then need not go through all of the events' memory
/// for it, as the writer would, column by column.
class ColumnTexts
{
public:
    explicit ColumnTexts(std::list<std::string> &pieces)
        : m_pieces(pieces)
    { }

    std::string_view keep(std::string_view text)
    {
        if (text.size() <= ColumnWriter::inlinedSize) {
            return text;
        }
        if (!m_piece || m_piece->capacity() - m_piece->size() < text.size()) {
            m_piece = &m_pieces.emplace_back();
            m_piece->reserve(std::max(pieceSize, text.size()));
        }
        const std::size_t begin = m_piece->size();
        m_piece->append(text);
        return std::string_view(*m_piece).substr(begin);
    }

private:
    static constexpr std::size_t pieceSize = std::size_t{8} << 10;

    std::list<std::string> &m_pieces;
    std::string *m_piece = nullptr;
};

/// A field's column with its texts.
struct FieldColumn
{
    ColumnWriter values;
    ColumnTexts texts;
};

void writeField(FieldColumn &field, FieldType type, std::size_t row, std::string_view text)
{
    ColumnWriter &column = field.values;
    switch (type) {
    case FieldType::Text:
        column.setView(row, field.texts.keep(text));
        return;
    case FieldType::Boolean:
        column.setBoolean(row, text == "true");
        return;
    case FieldType::Integer:
        if (const auto value = numberOf<std::int64_t>(text)) {
            column.setBigint(row, *value);
            return;
        }
        break;
    case FieldType::Number:
        if (const auto value = numberOf<double>(text)) {
            column.setNumber(row, *value);
            return;
        }
        break;
    case FieldType::Time:
        if (const auto value = event::parseTimestamp(text)) {
            column.setTime(row, *value);
            return;
        }
        break;
    }
    column.setNull(row);
}

/// The fields of one event, over all columns: what it points to is read while it is near.
void writeFields(std::vector<FieldColumn> &columns, std::size_t row, const LogEvent &event)
{
    const auto fields = event::fields();
    for (event::FieldId id = 0; id < fields.size(); ++id) {
        const std::optional<std::string_view> text = event.text(id);
        if (text && id == event::field::Published && event.published()) {
            columns[id].values.setTime(row, *event.published());
        } else if (text) {
            writeField(columns[id], fields[id].type, row, *text);
        } else {
            columns[id].values.setNull(row);
        }
    }
}

void writeTargets(ColumnWriter column, Rows rows, std::list<std::string> &pieces)
{
    std::vector<LogEvent::Target> all;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::vector<LogEvent::Target> targets = rows[row]->targets();
        column.setList(row, all.size(), targets.size());
        all.insert(all.end(), targets.begin(), targets.end());
    }
    ColumnWriter elements = column.elements(all.size());
    const auto writeMember = [&](std::size_t member, auto LogEvent::Target::*text) {
        ColumnWriter values = elements.member(member);
        ColumnTexts texts(pieces);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].*text) {
                values.setView(i, texts.keep(*(all[i].*text)));
            } else {
                values.setNull(i);
            }
        }
    };
    writeMember(0, &LogEvent::Target::id);
    writeMember(1, &LogEvent::Target::type);
    writeMember(2, &LogEvent::Target::alternateId);
    writeMember(3, &LogEvent::Target::displayName);
}

void writeDebugData(ColumnWriter column, Rows rows, std::list<std::string> &pieces)
{
    std::vector<std::pair<std::string_view, std::string_view>> all;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto entries = rows[row]->debugData();
        column.setList(row, all.size(), entries.size());
        all.insert(all.end(), entries.begin(), entries.end());
    }
    ColumnWriter elements = column.elements(all.size());
    ColumnWriter keys = elements.member(0);
    ColumnWriter values = elements.member(1);
    ColumnTexts keyTexts(pieces);
    ColumnTexts valueTexts(pieces);
    for (std::size_t i = 0; i < all.size(); ++i) {
        keys.setView(i, keyTexts.keep(all[i].first));
        values.setView(i, valueTexts.keep(all[i].second));
    }
}

void writeDefects(ColumnWriter column, Rows rows, std::list<std::string> &texts)
{
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row]->defects().isEmpty()) {
            column.setNull(row);
        } else {
            column.setView(row, texts.emplace_back(rows[row]->defects().toStdString()));
        }
    }
}

duckdb::Chunk makeRows(
    std::span<const duckdb::LogicalType> types, SourceId source, Rows rows, std::list<std::string> &texts)
{
    duckdb::Chunk chunk = duckdb::makeChunk(types);
    const auto column
        = [&](std::size_t index) { return ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), index)); };
    ColumnWriter sources = column(schema::sourceColumn);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        sources.setInteger(row, source);
    }
    std::vector<FieldColumn> fields;
    for (event::FieldId id = 0; id < event::fields().size(); ++id) {
        fields.push_back({column(schema::firstFieldColumn + id), ColumnTexts(texts)});
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        writeFields(fields, row, *rows[row]);
    }
    writeTargets(column(schema::targetColumn()), rows, texts);
    writeDebugData(column(schema::debugDataColumn()), rows, texts);
    writeDefects(column(schema::defectsColumn()), rows, texts);
    duckdb_data_chunk_set_size(chunk.handle(), rows.size());
    return chunk;
}

void packBlocks(PreparedBatch &batch, Rows rows, Packing packing)
{
    std::vector<std::string_view> events;
    std::size_t bytes = 0;
    const auto close = [&](std::size_t end) {
        if (!events.empty()) {
            batch.blocks.push_back({end - events.size(), events.size(), pack(events, packing.level)});
        }
        events.clear();
        bytes = 0;
    };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (events.size() >= packing.events || bytes >= blockByteLimit) {
            close(row);
        }
        events.push_back(rows[row]->bytes());
        bytes += events.back().size();
    }
    close(rows.size());
}

} // namespace

std::vector<std::size_t> distinctEvents(const std::vector<LogEvent> &events)
{
    std::unordered_set<std::string_view> seen;
    seen.reserve(events.size());
    std::vector<std::size_t> rows;
    rows.reserve(events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (seen.insert(events[i].uuid()).second) {
            rows.push_back(i);
        }
    }
    return rows;
}

PreparedBatch prepareBatch(
    SourceId source, const std::vector<LogEvent> &events, std::vector<std::size_t> rows, Packing packing)
{
    PreparedBatch batch = deriveRows(source, events, std::move(rows));
    batch.digests.reserve(batch.rows.size());
    std::vector<const LogEvent *> pointers;
    pointers.reserve(batch.rows.size());
    for (const std::size_t row : batch.rows) {
        pointers.push_back(&events[row]);
        batch.digests.push_back(event::Sha256::of(events[row].bytes()));
    }
    packBlocks(batch, pointers, packing);
    return batch;
}

PreparedBatch deriveRows(SourceId source, const std::vector<LogEvent> &events, std::vector<std::size_t> rows)
{
    PreparedBatch batch;
    batch.rows = std::move(rows);
    std::vector<const LogEvent *> pointers;
    pointers.reserve(batch.rows.size());
    for (const std::size_t row : batch.rows) {
        pointers.push_back(&events[row]);
        batch.defective += events[row].defects().isEmpty() ? 0 : 1;
    }
    const std::vector<duckdb::LogicalType> types = schema::eventTypes();
    const Rows all(pointers);
    for (std::size_t first = 0; first < all.size(); first += duckdb::chunkCapacity()) {
        batch.chunks.push_back(makeRows(
            types, source, all.subspan(first, std::min(duckdb::chunkCapacity(), all.size() - first)), batch.texts));
    }
    return batch;
}

PublishedRanges publishedRanges(std::vector<event::Timestamp> times, bool missing)
{
    PublishedRanges result;
    result.missing = missing;
    if (times.empty()) {
        return result;
    }
    std::ranges::sort(times);
    // The widest gaps are where it pays to cut.
    std::vector<std::size_t> cuts;
    for (std::size_t i = 1; i < times.size(); ++i) {
        if (times[i] - times[i - 1] > gap) {
            cuts.push_back(i);
        }
    }
    if (cuts.size() >= maxRanges) {
        std::ranges::nth_element(cuts, cuts.begin() + (maxRanges - 1), std::ranges::greater{},
            [&](std::size_t cut) { return times[cut] - times[cut - 1]; });
        cuts.resize(maxRanges - 1);
        std::ranges::sort(cuts);
    }
    std::size_t first = 0;
    for (const std::size_t cut : cuts) {
        result.ranges.emplace_back(times[first], times[cut - 1]);
        first = cut;
    }
    result.ranges.emplace_back(times[first], times.back());
    return result;
}

} // namespace octotrail::store
