// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/TimeBins.h"

#include "store/duckdb/Chunk.h"
#include "store/duckdb/Failure.h"
#include "store/duckdb/LogicalType.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <unordered_map>

namespace octotrail::store {

namespace {

constexpr std::size_t maxValues = 256; ///< events may bring any number
constexpr std::size_t maxBins = 100'000; ///< more than any window has columns of pixels

/// The counts of one thread.
class Tally
{
public:
    explicit Tally(std::string_view edges)
        : m_edges(std::min(edges.size() / sizeof(std::int64_t), maxBins + 1))
        , m_bins(m_edges.empty() ? 0 : m_edges.size() - 1)
    {
        if (m_bins > 0) {
            std::memcpy(m_edges.data(), edges.data(), m_edges.size() * sizeof(std::int64_t));
            m_usual = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(m_edges[1] - m_edges[0]));
        }
    }

    void add(std::int64_t time, std::string_view value)
    {
        if (m_isOverfull) {
            return;
        }
        // Events come nearly in the order of their time: the bin is mostly that of the event before.
        if (time < m_binStart || time >= m_binEnd) {
            if (m_bins == 0 || time < m_edges.front() || time >= m_edges.back()) {
                return;
            }
            // Nearly all are of one length.
            const auto distance = static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(m_edges.front());
            m_bin = std::min<std::size_t>(distance / m_usual, m_bins - 1);
            while (time < m_edges[m_bin]) {
                --m_bin;
            }
            while (time >= m_edges[m_bin + 1]) {
                ++m_bin;
            }
            m_binStart = m_edges[m_bin];
            m_binEnd = m_edges[m_bin + 1];
        }
        if (auto *counts = countsOf(value)) {
            ++(*counts)[m_bin];
        }
    }

    void add(const Tally &other)
    {
        m_isOverfull = m_isOverfull || other.m_isOverfull;
        for (const TimeBins &from : other.m_values) {
            if (auto *counts = countsOf(from.value)) {
                std::ranges::transform(from.counts, *counts, counts->begin(), std::plus());
            }
        }
    }

    std::string packed() const
    {
        if (m_isOverfull) {
            return std::string(tooMany);
        }
        std::string text;
        for (const TimeBins &bins : m_values) {
            const auto size = static_cast<std::uint32_t>(bins.value.size());
            append(text, &size, sizeof(size));
            text += bins.value;
            append(text, bins.counts.data(), bins.counts.size() * sizeof(std::int64_t));
        }
        return text;
    }

    static constexpr std::string_view tooMany = "!";

private:
    static void append(std::string &text, const void *data, std::size_t size)
    {
        text.append(static_cast<const char *>(data), size);
    }

    /// None if there are too many.
    std::vector<std::int64_t> *countsOf(std::string_view value)
    {
        // Of a few different values: by length and first letter they mostly stand where they stood before.
        const auto letter = static_cast<unsigned char>(value.empty() ? 0 : value.front());
        std::size_t &recent = m_recent[(value.size() * 5 + letter) % m_recent.size()];
        if (recent < m_values.size() && m_values[recent].value == value) {
            return &m_values[recent].counts;
        }
        auto place = m_places.find(value);
        if (place == m_places.end()) {
            if (m_values.size() == maxValues) {
                m_isOverfull = true;
                return nullptr;
            }
            m_values.push_back({std::string(value), std::vector<std::int64_t>(m_bins)});
            place = m_places.emplace(value, m_values.size() - 1).first;
        }
        recent = place->second;
        return &m_values[recent].counts;
    }

    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::vector<std::int64_t> m_edges;
    std::size_t m_bins;
    std::uint64_t m_usual = 1; ///< length of a bin
    std::vector<TimeBins> m_values;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_places;
    bool m_isOverfull = false;
    std::array<std::size_t, 64> m_recent{}; ///< values
    std::size_t m_bin = 0; ///< the one that came last
    std::int64_t m_binStart = 0, m_binEnd = 0;
};

/// What DuckDB keeps for us.
struct State
{
    Tally *tally; ///< none as long as nothing came
};

Tally *&tallyOf(duckdb_aggregate_state state)
{
    return reinterpret_cast<State *>(state)->tally;
}

idx_t stateSize(duckdb_function_info)
{
    return sizeof(State);
}

void initialize(duckdb_function_info, duckdb_aggregate_state state)
{
    tallyOf(state) = nullptr;
}

void destroy(duckdb_aggregate_state *states, idx_t count)
{
    for (idx_t i = 0; i < count; ++i) {
        delete std::exchange(tallyOf(states[i]), nullptr);
    }
}

void update(duckdb_function_info, duckdb_data_chunk input, duckdb_aggregate_state *states)
{
    const auto column = [input](idx_t index) { return duckdb::Column(duckdb_data_chunk_get_vector(input, index)); };
    const duckdb::Column times = column(0);
    const duckdb::Column values = column(1);
    const duckdb::Column edges = column(2);
    const std::size_t count = duckdb_data_chunk_get_size(input);
    for (std::size_t row = 0; row < count; ++row) {
        if (const auto time = times.time(row)) {
            Tally *&tally = tallyOf(states[row]);
            if (!tally) {
                tally = new Tally(edges.text(row));
            }
            tally->add(time->time_since_epoch().count(), values.text(row));
        }
    }
}

void combine(duckdb_function_info, duckdb_aggregate_state *source, duckdb_aggregate_state *target, idx_t count)
{
    for (idx_t i = 0; i < count; ++i) {
        Tally *&from = tallyOf(source[i]);
        Tally *&to = tallyOf(target[i]);
        if (!to) {
            to = std::exchange(from, nullptr);
        } else if (from) {
            to->add(*from);
        }
    }
}

void finalize(duckdb_function_info, duckdb_aggregate_state *source, duckdb_vector result, idx_t count, idx_t offset)
{
    for (idx_t i = 0; i < count; ++i) {
        const Tally *tally = tallyOf(source[i]);
        const std::string packed = tally ? tally->packed() : std::string();
        duckdb_vector_assign_string_element_len(result, offset + i, packed.data(), packed.size());
    }
}

} // namespace

event::Status registerTimeBins(duckdb::Connection &connection)
{
    const duckdb::LogicalType text(DUCKDB_TYPE_VARCHAR);
    duckdb_aggregate_function function = duckdb_create_aggregate_function();
    duckdb_aggregate_function_set_name(function, "time_bins");
    duckdb_aggregate_function_add_parameter(function, duckdb::LogicalType(DUCKDB_TYPE_TIMESTAMP).handle());
    duckdb_aggregate_function_add_parameter(function, text.handle());
    const duckdb::LogicalType blob(DUCKDB_TYPE_BLOB);
    duckdb_aggregate_function_add_parameter(function, blob.handle());
    duckdb_aggregate_function_set_return_type(function, blob.handle());
    duckdb_aggregate_function_set_functions(function, stateSize, initialize, update, combine, finalize);
    duckdb_aggregate_function_set_destructor(function, destroy);
    duckdb_aggregate_function_set_special_handling(function); // NULL is a value, too
    const duckdb_state state = duckdb_register_aggregate_function(connection.handle(), function);
    duckdb_destroy_aggregate_function(&function);
    if (state != DuckDBSuccess) {
        return tl::unexpected(duckdb::failureOf("time_bins could not be registered"));
    }
    return {};
}

std::string packedEdges(std::span<const event::Timestamp> edges)
{
    std::string packed;
    for (const event::Timestamp edge : edges) {
        const std::int64_t number = edge.time_since_epoch().count();
        packed.append(reinterpret_cast<const char *>(&number), sizeof(number));
    }
    return packed;
}

std::optional<std::vector<TimeBins>> readTimeBins(std::string_view packed, std::size_t bins)
{
    if (packed == Tally::tooMany) {
        return std::nullopt;
    }
    std::vector<TimeBins> read;
    const std::size_t countsSize = bins * sizeof(std::int64_t);
    std::uint32_t size = 0;
    while (packed.size() >= sizeof(size)) {
        std::memcpy(&size, packed.data(), sizeof(size));
        packed.remove_prefix(sizeof(size));
        if (packed.size() < size + countsSize) {
            break;
        }
        TimeBins &one = read.emplace_back(TimeBins{std::string(packed.substr(0, size)), {}});
        one.counts.resize(bins);
        std::memcpy(one.counts.data(), packed.data() + size, countsSize);
        packed.remove_prefix(size + countsSize);
    }
    return read;
}

} // namespace octotrail::store
