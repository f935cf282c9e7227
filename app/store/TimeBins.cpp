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
constexpr std::int64_t maxBins = 100'000; ///< more than any window has columns of pixels

/// The counts of one thread.
class Tally
{
public:
    Tally(std::int64_t start, std::int64_t width, std::int64_t bins)
        : m_start(start)
        , m_width(std::max<std::int64_t>(1, width))
        , m_bins(static_cast<std::size_t>(std::clamp<std::int64_t>(bins, 0, maxBins)))
    { }

    void add(std::int64_t time, std::string_view value)
    {
        if (m_isOverfull) {
            return;
        }
        // Events come nearly in the order of their time: the bin is mostly that of the event before.
        if (time < m_binStart || time >= m_binEnd) {
            const auto distance = static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(m_start);
            const std::uint64_t bin = distance / static_cast<std::uint64_t>(m_width);
            if (time < m_start || bin >= m_bins) {
                return;
            }
            m_bin = static_cast<std::size_t>(bin);
            m_binStart = m_start + static_cast<std::int64_t>(m_bin) * m_width;
            m_binEnd = m_binStart + m_width;
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

    std::int64_t m_start;
    std::int64_t m_width;
    std::size_t m_bins;
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
    const duckdb::Column starts = column(2);
    const duckdb::Column widths = column(3);
    const duckdb::Column bins = column(4);
    const std::size_t count = duckdb_data_chunk_get_size(input);
    for (std::size_t row = 0; row < count; ++row) {
        if (const auto time = times.time(row)) {
            Tally *&tally = tallyOf(states[row]);
            if (!tally) {
                tally = new Tally(starts.bigint(row), widths.bigint(row), bins.bigint(row));
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
    const duckdb::LogicalType number(DUCKDB_TYPE_BIGINT);
    duckdb_aggregate_function function = duckdb_create_aggregate_function();
    duckdb_aggregate_function_set_name(function, "time_bins");
    duckdb_aggregate_function_add_parameter(function, duckdb::LogicalType(DUCKDB_TYPE_TIMESTAMP).handle());
    duckdb_aggregate_function_add_parameter(function, text.handle());
    for (int i = 0; i < 3; ++i) {
        duckdb_aggregate_function_add_parameter(function, number.handle());
    }
    duckdb_aggregate_function_set_return_type(function, duckdb::LogicalType(DUCKDB_TYPE_BLOB).handle());
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
