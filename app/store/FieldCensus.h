// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

namespace octotrail::store {

/// Which fields the newest events have, and which values: quickly, for completing what is typed. A hundred thousand
/// events tell of the others, and are read in milliseconds however many there are.
class FieldCensus
{
public:
    explicit FieldCensus(Store &store)
        : m_store(store)
    { }

    struct Occurrence
    {
        /// A field's, a target's members', a part of the time's, an annotation's, a profile's as
        /// filter::profileFields() has them, or debugContext.debugData.key
        std::string path;
        std::int64_t events = 0; ///< that have a value there
        bool operator==(const Occurrence &) const = default;
    };
    struct Census
    {
        std::int64_t events = 0; ///< that were looked at
        std::vector<Occurrence> fields; ///< those that are known, then keys of debugData by frequency
    };
    QFuture<event::Result<Census>> fields();

    struct Values
    {
        std::vector<Store::ValueCount> values; ///< most frequent first
        std::int64_t newest = 0; ///< so many of the newest events were looked at; 0: all there are
    };
    /// Values at a path as filters write it, that contain the word, whatever its case. Those of profiles are counted by
    /// the events that lead to them; of times there are none.
    QFuture<event::Result<Values>> values(
        std::string path, std::string word, int limit, const std::stop_source &stop = {});

    /// So many events are looked at; for values of targets, which are slow to take apart, a quarter of them.
    static constexpr std::int64_t sample = 100'000;
    static constexpr std::int64_t sampleOfTargets = sample / 4;
    /// And so many for what has no column: it is read from their bytes.
    static constexpr std::int64_t sampleOfBytes = 2'000;
    /// And so many for whose profiles have what: each of these is read.
    static constexpr std::int64_t sampleOfProfiles = 5'000;

private:
    Store &m_store;
};

} // namespace octotrail::store
