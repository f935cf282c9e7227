// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/IdSet.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>

namespace octotrail::filter {

namespace {

/// An open hash table: the number of slots, the slots, then the texts. A slot whose offset is 0 is empty.
struct Slot
{
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};
constexpr std::size_t headerSize = sizeof(std::uint32_t);

std::size_t firstSlot(std::string_view id, std::size_t slots)
{
    return std::hash<std::string_view>()(id) & (slots - 1);
}

Slot slotAt(std::string_view packed, std::size_t index)
{
    Slot slot;
    std::memcpy(&slot, packed.data() + headerSize + index * sizeof(Slot), sizeof(Slot));
    return slot;
}

} // namespace

std::string packIds(std::span<const std::string_view> ids)
{
    const auto slots = static_cast<std::uint32_t>(std::bit_ceil(ids.size() * 2 + 1));
    std::size_t texts = 0;
    for (const std::string_view id : ids) {
        texts += id.size();
    }
    std::string packed(headerSize + slots * sizeof(Slot), '\0');
    packed.reserve(packed.size() + texts);
    std::memcpy(packed.data(), &slots, headerSize);
    for (const std::string_view id : ids) {
        std::size_t index = firstSlot(id, slots);
        while (slotAt(packed, index).offset != 0) {
            index = (index + 1) & (slots - 1);
        }
        const Slot slot{static_cast<std::uint32_t>(packed.size()), static_cast<std::uint32_t>(id.size())};
        packed += id;
        std::memcpy(packed.data() + headerSize + index * sizeof(Slot), &slot, sizeof(Slot));
    }
    return packed;
}

bool isInIds(std::string_view id, std::string_view packed)
{
    std::uint32_t slots = 0;
    if (packed.size() < headerSize) {
        return false;
    }
    std::memcpy(&slots, packed.data(), headerSize);
    if (!std::has_single_bit(slots) || packed.size() < headerSize + slots * sizeof(Slot)) {
        return false;
    }
    // No more often than there are slots, and nowhere else: a set may come from SQL that stands in a file.
    std::size_t index = firstSlot(id, slots);
    for (std::uint32_t looked = 0; looked < slots; ++looked, index = (index + 1) & (slots - 1)) {
        const Slot slot = slotAt(packed, index);
        if (slot.offset == 0 || slot.offset > packed.size()) {
            return false;
        }
        if (packed.substr(slot.offset, slot.length) == id) {
            return true;
        }
    }
    return false;
}

} // namespace octotrail::filter
