// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

namespace octotrail::store {

struct FacetRequest
{
    EventQuery query; ///< its order does not matter
    SeqsPtr seqs; ///< the query's events, if they are known: spares reading bytes again
    std::vector<std::string> paths; ///< as of Store::countBy(); one without a column is read from the bytes: slower
    int limit = 10; ///< values of each
    bool rareFirst = false; ///< the least frequent values instead of the most frequent ones
};

/// The values that a field has in some events.
struct Facet
{
    std::string path;
    std::vector<Store::ValueCount> values; ///< most frequent first, or rarest first; ties by value
    std::int64_t distinct = 0; ///< different values, of which values may be a part
    std::int64_t missing = 0; ///< events without a value; among values under the empty one, if it gets so far
};

/// Counts the values of fields in a query's events.
class Facets
{
public:
    explicit Facets(Store &store)
        : m_store(store)
    { }

    /// A result for each path, in the order asked for, as soon as it is counted; all of the same moment. An error is
    /// the last one. Requesting a stop interrupts it; it is Cancelled then.
    QFuture<event::Result<Facet>> count(FacetRequest request, const std::stop_source &stop = {});

private:
    Store &m_store;
};

} // namespace octotrail::store
