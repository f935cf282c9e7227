// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RowReader.h"

#include "event/Json.h"
#include "filter/ProfileIndex.h"
#include "filter/ProfilePath.h"
#include "store/CellText.h"
#include "store/EventBytes.h"
#include "store/Schema.h"
#include "store/SourceTable.h"

#include <QObject>
#include <algorithm>
#include <map>
#include <unordered_map>

namespace octotrail::store {

namespace {

constexpr std::size_t notSelected = static_cast<std::size_t>(-1);

/// The condition that picks these seqs: ranges where they stand together, so that DuckDB skips the rest.
std::string conditionFor(std::vector<Seq> seqs)
{
    std::ranges::sort(seqs);
    std::string ranges;
    std::string single;
    for (std::size_t begin = 0; begin < seqs.size();) {
        std::size_t end = begin + 1;
        while (end < seqs.size() && seqs[end] <= seqs[end - 1] + 1) {
            ++end;
        }
        if (end - begin > 2) {
            ranges += " OR seq BETWEEN " + std::to_string(seqs[begin]) + " AND " + std::to_string(seqs[end - 1]);
        } else {
            for (std::size_t i = begin; i < end; ++i) {
                single += (single.empty() ? "" : ", ") + std::to_string(seqs[i]);
            }
        }
        begin = end;
    }
    const std::string picked = single.empty() ? ranges.substr(4) : "seq IN (" + single + ")" + ranges;
    return "seq BETWEEN " + std::to_string(seqs.front()) + " AND " + std::to_string(seqs.back()) + " AND (" + picked
        + ")";
}

std::optional<filter::ProfilePath> profilePathOf(const std::string &path)
{
    return filter::profilePath(event::FieldPath(path));
}

/// The ids of those whose profiles are asked for, a line each.
std::string idsOf(const filter::ProfilePath &profile)
{
    return profile.of == filter::ProfilePath::Of::Target
        ? "array_to_string(list_transform(target, lambda t: t.id), chr(10))"
        : schema::quoted(event::fields()[profile.idField()].path);
}

/// What the profiles of these ids have at the path; null if there is nothing.
QString profileText(std::string_view ids, const event::FieldPath &path, const filter::ProfileIndex *profiles)
{
    QStringList texts;
    while (profiles && !ids.empty()) {
        const std::size_t end = std::min(ids.find('\n'), ids.size());
        const QString text = valuesText(profiles->find(ids.substr(0, end)), path);
        if (!text.isNull() && !texts.contains(text)) {
            texts << text;
        }
        ids.remove_prefix(std::min(end + 1, ids.size()));
    }
    return texts.isEmpty() ? QString() : texts.join(QStringLiteral(", "));
}

} // namespace

event::Result<std::vector<EventRow>> RowReader::rows(
    const std::vector<Seq> &seqs, const std::vector<std::string> &paths)
{
    std::vector<EventRow> rows;
    if (seqs.empty()) {
        return rows;
    }
    auto transaction = duckdb::Transaction::begin(m_connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    std::map<SourceId, QString> names;
    if (std::ranges::find(paths, "source") != paths.end()) {
        auto read = readSourceNames(m_connection);
        if (!read) {
            return tl::unexpected(read.error());
        }
        names = std::move(*read);
    }

    filter::ProfileIndexPtr profiles;
    if (std::ranges::any_of(paths, [](const std::string &path) { return profilePathOf(path).has_value(); })) {
        auto index = m_cache.profiles().get(m_connection);
        if (!index) {
            return tl::unexpected(index.error());
        }
        profiles = std::move(*index);
    }

    // What of the paths stands in which column of the result.
    std::string select = "SELECT seq, source, published";
    std::size_t selected = 3;
    std::vector<std::size_t> columns(paths.size(), notSelected);
    bool needsBytes = false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (paths[i] == "source") {
            continue;
        }
        if (const auto profile = profilePathOf(paths[i])) {
            select += ", " + idsOf(*profile);
            columns[i] = selected++;
            continue;
        }
        const auto id = event::fieldByPath(paths[i]);
        if (!id && paths[i] != "target" && paths[i] != "targetLines") {
            needsBytes = true;
            continue;
        }
        select += ", " + (id ? schema::quoted(event::fields()[*id].path) : std::string("target"));
        columns[i] = selected++;
    }
    auto result = m_connection.query(select + " FROM events WHERE " + conditionFor(seqs));
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::unordered_map<Seq, EventRow> bySeq;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            EventRow eventRow;
            eventRow.seq = chunk->column(0).bigint(row);
            eventRow.source = chunk->column(1).integer(row);
            eventRow.published = chunk->column(2).time(row);
            eventRow.cells.resize(paths.size());
            for (std::size_t i = 0; i < paths.size(); ++i) {
                if (columns[i] == notSelected) {
                    if (paths[i] == "source") {
                        eventRow.cells[i] = names[eventRow.source];
                    }
                    continue;
                }
                const duckdb::Column column = chunk->column(columns[i]);
                if (const auto profile = profilePathOf(paths[i])) {
                    eventRow.cells[i] = profileText(column.text(row), profile->path, profiles.get());
                    continue;
                }
                const auto id = event::fieldByPath(paths[i]);
                eventRow.cells[i] = id     ? fieldText(column, event::fields()[*id].type, row)
                    : paths[i] == "target" ? targetSummary(column, row)
                                           : targetSummary(column, row, u"\n");
            }
            bySeq.emplace(eventRow.seq, std::move(eventRow));
        }
    }
    rows.reserve(seqs.size());
    for (const Seq seq : seqs) {
        if (const auto it = bySeq.find(seq); it != bySeq.end()) {
            rows.push_back(it->second);
        }
    }
    if (needsBytes) {
        if (const event::Status filled = fillFromBytes(rows, paths); !filled) {
            return tl::unexpected(filled.error());
        }
    }
    return rows;
}

event::Status RowReader::fillFromBytes(std::vector<EventRow> &rows, const std::vector<std::string> &paths)
{
    std::vector<std::pair<std::size_t, event::FieldPath>> read;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const bool isElsewhere
            = paths[i] == "target" || paths[i] == "targetLines" || paths[i] == "source" || profilePathOf(paths[i]);
        if (!event::fieldByPath(paths[i]) && !isElsewhere) {
            read.emplace_back(i, event::FieldPath(paths[i]));
        }
    }
    if (const auto extents = m_blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<Seq> seqs(rows.size());
    std::ranges::transform(rows, seqs.begin(), &EventRow::seq);
    const auto bytes = bytesOf(m_blocks, seqs, m_stop);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const auto &[cell, path] : read) {
            rows[i].cells[cell] = valuesText((*bytes)[i], path);
        }
    }
    return {};
}

event::Result<StoredEvent> RowReader::event(Seq seq)
{
    auto transaction = duckdb::Transaction::begin(m_connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const std::array<filter::SqlValue, 1> key{seq};
    auto source = m_connection.query("SELECT source FROM events WHERE seq = ?", key);
    if (!source) {
        return tl::unexpected(source.error());
    }
    const auto chunk = source->next();
    const auto gone = [] {
        return event::failure(event::ErrorKind::NotFound, QObject::tr("This event is not in the store any more."));
    };
    if (!chunk || chunk->size() == 0) {
        return gone();
    }
    const auto block = m_blocks.blockOf(seq);
    if (!block) {
        return tl::unexpected(block.error());
    }
    const std::string_view bytes = (*block)->find(seq);
    if (!bytes.data()) {
        return gone();
    }
    return StoredEvent{seq, chunk->column(0).integer(0), event::LogEvent::fromBytes(std::string(bytes))};
}

} // namespace octotrail::store
