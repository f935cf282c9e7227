// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockFilter.h"

#include "event/Json.h"
#include "event/Text.h"
#include "filter/Words.h"
#include "store/BlockValues.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace octotrail::store {

namespace {

/// How a filter begins: which pieces it tells of.
enum Version : char { AllPieces = 1, FirstHalf = 2, SecondHalf = 3 };
constexpr std::uint8_t halves = 2;

/// Bits of a filter: this many, or half of it, or a quarter, and so on. With the version it fits in a part.
constexpr std::uint32_t mostBits = 31 * 1024;
constexpr std::uint32_t leastBits = 31 * 64;
static_assert(mostBits / 8 + 1 <= partSize);
/// A filter with fewer bits set is folded to half its size.
constexpr std::size_t leastFillPercent = 36;
/// With more bits set one filter admits too much: five pieces are there by chance in a thirtieth of the blocks.
constexpr std::size_t mostFillPercent = 50;

/// The kinds of characters that pieces are made of, a bit each.
enum Kind : std::uint8_t { Letter = 1, Digit = 2, Other = 4, Unusable = 8, MayHide = 16 };
constexpr std::size_t pieceLength = 5;
constexpr std::uint64_t pieceMask = 0xff'ffff'ffff;
/// The same kind at each of a piece's characters.
constexpr std::uint64_t everywhere(Kind kind)
{
    return 0x01'0101'0101 * kind;
}

struct Character
{
    std::uint8_t folded;
    std::uint8_t kind;
};

/// Characters that JSON writes as they are, as filter::plainPart has it; ASCII letters folded.
constexpr std::array<Character, 256> makeCharacters()
{
    std::array<Character, 256> characters{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isPlain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '/';
        // What begins everything that filter::mayHideAscii looks for.
        const bool mayHide = c == '\\' || c == 0xe2 || c == 0xc4;
        const bool isLetter = isUpper || (c >= 'a' && c <= 'z');
        const Kind kind = !isPlain ? Unusable : isLetter ? Letter : c >= '0' && c <= '9' ? Digit : Other;
        characters[c] = {static_cast<std::uint8_t>(isUpper ? c + 0x20 : c),
            static_cast<std::uint8_t>(mayHide ? Unusable | MayHide : kind)};
    }
    return characters;
}
constexpr std::array<Character, 256> characters = makeCharacters();

/// Calls use with the place of each piece in a filter of mostBits, and with its half. Gives all kinds of characters
/// there are.
template <class Use>
std::uint8_t forEachPiece(std::string_view text, const Use &use)
{
    std::uint64_t piece = 0;
    std::uint64_t kinds = everywhere(Unusable);
    std::uint8_t all = 0;
    for (const char c : text) {
        const Character character = characters[static_cast<unsigned char>(c)];
        piece = (piece << 8 | character.folded) & pieceMask;
        kinds = (kinds << 8 | character.kind) & pieceMask;
        all |= character.kind;
        const bool isTelling = (kinds & everywhere(Other)) != 0 || (kinds & everywhere(Digit)) == 0;
        if ((kinds & everywhere(Unusable)) == 0 && isTelling) {
            const std::uint64_t hash = piece * 0x9E37'79B9'7F4A'7C15;
            use(static_cast<std::uint32_t>((hash >> 32) * mostBits >> 32), static_cast<std::uint8_t>(hash >> 31 & 1));
        }
    }
    return all;
}

/// Calls use with the place of each quote.
template <class Use>
void forEachQuote(std::string_view json, const Use &use)
{
    std::size_t at = 0;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    for (; at + 16 <= json.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(json.data() + at));
        auto hits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quote)));
        for (; hits != 0; hits &= hits - 1) {
            use(at + static_cast<std::size_t>(std::countr_zero(hits)));
        }
    }
#endif
    for (; at < json.size(); ++at) {
        if (json[at] == '"') {
            use(at);
        }
    }
}

bool hasPiece(std::string_view bits, std::uint32_t place)
{
    const std::size_t at = place % (bits.size() * 8);
    return (static_cast<unsigned char>(bits[at / 8]) >> at % 8 & 1) != 0;
}

/// What a filter says.
struct Content
{
    std::string_view bits; ///< none if it is no filter, or tells nothing
    std::array<bool, halves> tells{}; ///< of which pieces
};

Content contentOf(std::string_view filter)
{
    const std::string_view bits = filter.substr(std::min<std::size_t>(1, filter.size()));
    if (bits.empty() || filter.front() < AllPieces || filter.front() > SecondHalf
        || mostBits % (bits.size() * 8) != 0) {
        return {};
    }
    return {bits, {filter.front() != SecondHalf, filter.front() != FirstHalf}};
}

/// Builds the filters of one block after the other.
class Builder
{
public:
    std::vector<std::string> build(std::span<const std::string_view> events)
    {
        addAll(events);
        return finished();
    }

    /// Whether all pieces of the events that the filter tells of are in it.
    bool isIn(const Content &content, std::span<const std::string_view> events)
    {
        addAll(events);
        if (m_isUnknown) {
            return false;
        }
        for (std::uint8_t half = 0; half < halves; ++half) {
            for (std::uint32_t place = 0; content.tells[half] && place < mostBits; ++place) {
                if ((m_halves[half][place / 64] >> place % 64 & 1) != 0 && !hasPiece(content.bits, place)) {
                    return false;
                }
            }
        }
        return true;
    }

private:
    using Bits = std::array<std::uint64_t, mostBits / 64>;

    void addAll(std::span<const std::string_view> events)
    {
        m_halves.fill({});
        m_recent.fill({});
        m_isUnknown = false;
        for (const std::string_view event : events) {
            addEvent(event);
        }
    }

    void addEvent(std::string_view json)
    {
        bool mayHide = false;
        // What stands between two quotes is mostly what stood there in an event before.
        std::size_t begin = 0;
        const auto endAt = [&](std::size_t end) {
            if (end - begin >= pieceLength) {
                mayHide = addRun(json.substr(begin, end - begin)) || mayHide;
            }
            begin = end + 1;
        };
        forEachQuote(json, endAt);
        if (begin < json.size()) {
            endAt(json.size());
        }
        if (mayHide) {
            event::visitTexts(json, [&](std::string_view text) {
                // Bytes that are no JSON come whole: what they hide does not come to light.
                m_isUnknown = m_isUnknown || text.size() == json.size();
                addPieces(event::foldCase(text));
                return true;
            });
        }
    }

    /// Whether the run may hide letters.
    bool addRun(std::string_view run)
    {
        std::uint32_t head = 0;
        std::uint32_t tail = 0;
        std::memcpy(&head, run.data(), sizeof head);
        std::memcpy(&tail, run.data() + run.size() - sizeof tail, sizeof tail);
        const std::uint32_t hash = (head * 0x9E37'79B1U + tail) * 0x85EB'CA77U + static_cast<std::uint32_t>(run.size());
        Run &recent = m_recent[hash >> 22];
        if (recent.text == run) {
            return recent.mayHide;
        }
        recent = {run, (addPieces(run) & MayHide) != 0 && filter::mayHideAscii(run)};
        return recent.mayHide;
    }

    std::uint8_t addPieces(std::string_view text)
    {
        return forEachPiece(text, [&](std::uint32_t place, std::uint8_t half) {
            m_halves[half][place / 64] |= std::uint64_t{1} << place % 64;
        });
    }

    std::vector<std::string> finished() const
    {
        if (m_isUnknown) {
            return {std::string(1, AllPieces)};
        }
        Bits all = m_halves[0];
        std::ranges::transform(all, m_halves[1], all.begin(), std::bit_or());
        if (fillPercent(all) > mostFillPercent) {
            return {written(FirstHalf, m_halves[0]), written(SecondHalf, m_halves[1])};
        }
        std::span<std::uint64_t> words(all);
        while (words.size() * 64 > leastBits && fillPercent(words) < leastFillPercent) {
            const auto rest = words.subspan(words.size() / 2);
            words = words.first(words.size() / 2);
            std::ranges::transform(words, rest, words.begin(), std::bit_or());
        }
        return {written(AllPieces, words)};
    }

    static std::size_t fillPercent(std::span<const std::uint64_t> words)
    {
        std::size_t set = 0;
        for (const std::uint64_t word : words) {
            set += static_cast<std::size_t>(std::popcount(word));
        }
        return set * 100 / (words.size() * 64);
    }

    static std::string written(Version version, std::span<const std::uint64_t> words)
    {
        std::string filter(1, version);
        for (const std::uint64_t word : words) {
            for (unsigned shift = 0; shift < 64; shift += 8) {
                filter += static_cast<char>(word >> shift & 0xff);
            }
        }
        return filter;
    }

    struct Run
    {
        std::string_view text;
        bool mayHide = false;
    };
    std::array<Bits, halves> m_halves{};
    bool m_isUnknown = false; ///< some event may have what no piece tells
    std::array<Run, 1024> m_recent{}; ///< as many as 22 of 32 bits leave
};

Builder &builder()
{
    thread_local Builder one;
    return one;
}

} // namespace

std::vector<std::string> blockFilters(std::span<const std::string_view> events)
{
    return builder().build(events);
}

std::vector<std::string> blockFilters(const Block &block)
{
    return blockFilters(block.events());
}

bool filterAdmits(std::string_view filter, const Block &block)
{
    if (const auto values = BlockValues::read(filter)) {
        return values->admits(block.events());
    }
    const Content content = contentOf(filter);
    return content.bits.empty() || builder().isIn(content, block.events());
}

BlockQuestion::BlockQuestion(const filter::Expression &expression, const filter::RequiredTexts &texts)
    : m_possibility(expression)
{
    for (const auto &list : texts.lists()) {
        std::vector<Pieces> any;
        for (const filter::FoldedSearch &search : list) {
            Pieces pieces;
            forEachPiece(search.text(), [&](std::uint32_t place, std::uint8_t half) {
                pieces.push_back({place, half});
            });
            any.push_back(std::move(pieces));
        }
        // A text without pieces may be anywhere, and so the list says nothing.
        if (std::ranges::none_of(any, &Pieces::empty)) {
            m_lists.push_back(std::move(any));
        }
    }
}

bool BlockQuestion::mayBeIn(std::string_view filter) const
{
    if (!m_possibility.isEmpty()) {
        if (const auto values = BlockValues::read(filter)) {
            return values->mayMatch(m_possibility);
        }
    }
    const Content content = contentOf(filter);
    const auto mayHave = [&content](const Pieces &pieces) {
        return std::ranges::all_of(pieces,
            [&](const Piece &piece) { return !content.tells[piece.half] || hasPiece(content.bits, piece.place); });
    };
    return std::ranges::all_of(
        m_lists, [&](const std::vector<Pieces> &any) { return std::ranges::any_of(any, mayHave); });
}

std::string BlockQuestion::partsCondition() const
{
    const std::string values = "part = " + std::to_string(valuesPart);
    if (m_possibility.isEmpty()) {
        return "NOT " + values;
    }
    return m_lists.empty() ? values : "true";
}

event::Status createBlockFilters(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE block_filters(first_seq BIGINT NOT NULL, last_seq BIGINT NOT NULL, "
                          "part INTEGER NOT NULL, data BLOB NOT NULL USING COMPRESSION uncompressed)");
}

} // namespace octotrail::store
