// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockValues.h"

#include "event/Json.h"
#include "store/BlockCodec.h"
#include "store/Varint.h"
#include "store/Zstd.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace octotrail::store {

namespace {

/// How such a filter begins: filters of pieces begin otherwise.
constexpr char version = 4;
/// A member with more different values than this, or with a longer one, has too many to be listed.
constexpr std::size_t mostValues = 256;
constexpr std::size_t longestValue = 128;
/// Names of members beyond this come from events that are not Okta's.
constexpr std::size_t mostNames = 500;
/// Nothing that was ever written comes to more; what stands in a file must not make us ask for more.
constexpr unsigned long long unpackedLimit = 1U << 20;
constexpr int level = 3;
/// A list that tells nothing.
constexpr std::string_view nothing = "\4";
static_assert(nothing.front() == version);

struct TextHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// The different values of a name's members.
struct Values
{
    std::unordered_set<std::string, TextHash, std::equal_to<>> texts;
    bool areMany = false; ///< or are objects: they are not listed

    void add(std::string_view text)
    {
        if (areMany || texts.contains(text)) {
            return;
        }
        if (texts.size() == mostValues || text.size() > longestValue) {
            becomeMany();
            return;
        }
        texts.emplace(text);
    }

    void becomeMany()
    {
        areMany = true;
        texts.clear();
    }

    std::string list() const
    {
        std::vector<std::string_view> sorted(texts.begin(), texts.end());
        std::ranges::sort(sorted); // neighbours are packed better if they are alike
        std::string bytes;
        for (const std::string_view text : sorted) {
            varint::put(bytes, text.size());
            bytes += text;
        }
        return bytes;
    }
};

using ValuesByName = std::unordered_map<std::string, Values, TextHash, std::equal_to<>>;

std::optional<ValuesByName> valuesOf(std::span<const std::string_view> events)
{
    ValuesByName values;
    const auto add = [&](std::string_view name, std::string_view text, event::JsonKind kind) {
        auto of = values.find(name);
        if (of == values.end()) {
            of = values.emplace(name, Values()).first;
        }
        // A path that ends at an object means its JSON.
        if (kind == event::JsonKind::Object) {
            of->second.becomeMany();
        } else {
            of->second.add(text);
        }
    };
    for (const std::string_view event : events) {
        if (!event::visitMembers(event, add) || values.size() > mostNames) {
            return std::nullopt;
        }
    }
    return values;
}

/// The lists by name; an empty one is of values that are too many.
using Lists = std::map<std::string, std::string>;

std::string packed(const Lists &lists)
{
    std::string plain;
    for (const auto &[name, list] : lists) {
        varint::put(plain, name.size());
        plain += name;
        varint::put(plain, list.size());
        plain += list;
    }
    std::string filter(1 + ZSTD_compressBound(plain.size()), version);
    const std::size_t size = ZSTD_compressCCtx(
        zstd::compressor(), filter.data() + 1, filter.size() - 1, plain.data(), plain.size(), level);
    filter.resize(1 + size);
    return filter;
}

/// Gives up the longest lists, until so many bytes are gone; false if there are not so many.
bool shorten(Lists &lists, std::size_t bytes)
{
    while (bytes > 0) {
        const auto longest = std::ranges::max_element(lists, {}, [](const auto &entry) { return entry.second.size(); });
        if (longest == lists.end() || longest->second.empty()) {
            return false;
        }
        bytes -= std::min(bytes, longest->second.size());
        longest->second.clear();
    }
    return true;
}

std::optional<std::string_view> takeText(std::string_view &in)
{
    const auto size = varint::take(in);
    if (!size || *size > in.size()) {
        return std::nullopt;
    }
    const std::string_view text = in.substr(0, *size);
    in.remove_prefix(*size);
    return text;
}

} // namespace

std::string blockValues(std::span<const std::string_view> events)
{
    const auto values = valuesOf(events);
    if (!values) {
        return std::string(nothing);
    }
    Lists lists;
    for (const auto &[name, of] : *values) {
        lists.emplace(name, of.list());
    }
    std::string filter = packed(lists);
    while (filter.size() > partSize) {
        // As many bytes go as are too much once packed: often enough that is enough at once.
        if (!shorten(lists, filter.size() - partSize)) {
            return std::string(nothing);
        }
        filter = packed(lists);
    }
    return filter;
}

std::optional<BlockValues> BlockValues::read(std::string_view filter)
{
    if (!filter.starts_with(version)) {
        return std::nullopt;
    }
    filter.remove_prefix(1);
    const unsigned long long size = ZSTD_getFrameContentSize(filter.data(), filter.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > unpackedLimit) {
        return std::nullopt;
    }
    thread_local std::string plain;
    plain.resize(size);
    const std::size_t written
        = ZSTD_decompressDCtx(zstd::decompressor(), plain.data(), plain.size(), filter.data(), filter.size());
    if (ZSTD_isError(written) || written != size) {
        return std::nullopt;
    }
    // Whole or none of it: what is cut off would deny.
    for (std::string_view rest = plain; !rest.empty();) {
        if (!takeText(rest) || !takeText(rest)) {
            return std::nullopt;
        }
    }
    return BlockValues(plain);
}

bool BlockValues::hasValue(std::string_view name, const std::function<bool(std::string_view value)> &passes) const
{
    for (std::string_view rest = m_lists; !rest.empty();) {
        const auto own = takeText(rest);
        auto list = takeText(rest);
        if (own != name) {
            continue;
        }
        if (list->empty()) {
            return true;
        }
        while (!list->empty()) {
            const auto value = takeText(*list);
            if (!value || passes(*value)) {
                return true;
            }
        }
        return false;
    }
    return false;
}

bool BlockValues::mayMatch(const filter::Possibility &possibility) const
{
    return possibility.isGiven([this](std::string_view name, const std::function<bool(std::string_view)> &passes) {
        return hasValue(name, passes);
    });
}

bool BlockValues::admits(std::span<const std::string_view> events) const
{
    const auto values = valuesOf(events);
    return values && std::ranges::all_of(*values, [this](const auto &entry) {
        const auto &[name, of] = entry;
        const auto isListed = [&, &name = name](const std::string &text) {
            return hasValue(name, [&](std::string_view value) { return value == text; });
        };
        return of.areMany ? hasValue(name, [](std::string_view) { return false; })
                          : std::ranges::all_of(of.texts, isListed);
    });
}

} // namespace octotrail::store
