// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Possibility.h"
#include "filter/RequiredTexts.h"
#include "store/BlockCodec.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Beside each block stand filters: Bloom filters of the pieces of five characters that its events are made of. They
/// tell of most blocks that a text does not occur in them, without unpacking them. Pieces of letters and digits alone,
/// in which both occur, are left out: identifiers are full of those, and would fill the filters with noise. A block of
/// few events has one filter, others have two of half the pieces each; each fits in a part, and denies by itself.
std::vector<std::string> blockFilters(std::span<const std::string_view> events);
std::vector<std::string> blockFilters(const Block &block);
/// One more lists values, see BlockValues.h. It stands in this part, and the others in those before.
inline constexpr std::int32_t valuesPart = 2;
/// Whether no question that the block's events answer is denied by the filter, be it one made of them or not.
bool filterAdmits(std::string_view filter, const Block &block);

/// What a search asks of the filters.
class BlockQuestion
{
public:
    BlockQuestion(const filter::Expression &expression, const filter::RequiredTexts &texts);

    /// Filters say nothing about it.
    bool isEmpty() const { return m_lists.empty() && m_possibility.isEmpty(); }
    /// In SQL, of which parts it asks.
    std::string partsCondition() const;
    /// Whether an event of the filter's block may match, as far as this filter tells. A filter that is none leaves the
    /// chance.
    bool mayBeIn(std::string_view filter) const;

private:
    struct Piece
    {
        std::uint32_t place; ///< in a filter of all bits
        std::uint8_t half; ///< to which of two filters it belongs
    };
    using Pieces = std::vector<Piece>; ///< all of a text's
    filter::Possibility m_possibility;
    std::vector<std::vector<Pieces>> m_lists; ///< of each list, those of one text must be there
};

/// The table of filters, with the columns of the blocks table. A block without one is always looked into: older files
/// have none.
event::Status createBlockFilters(duckdb::Connection &connection);

} // namespace octotrail::store
