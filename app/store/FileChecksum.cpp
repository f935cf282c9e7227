// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FileChecksum.h"

#include <bit>
#include <cstring>

namespace octotrail::store {

static_assert(std::endian::native == std::endian::little, "DuckDB's files are as the machine that wrote them");

namespace {

constexpr std::size_t wordSize = 8;

/// MurmurHash64A of less than a word.
std::uint64_t hashOfRest(std::string_view rest)
{
    constexpr std::uint64_t factor = 0xc6a4a7935bd1e995U;
    constexpr std::uint64_t seed = 0xe17a1465U;
    constexpr int shift = 47;
    std::uint64_t hash = seed ^ (rest.size() * factor);
    std::uint64_t word = 0;
    std::memcpy(&word, rest.data(), rest.size());
    hash = (hash ^ word) * factor;
    hash = (hash ^ (hash >> shift)) * factor;
    return hash ^ (hash >> shift);
}

} // namespace

std::uint64_t fileChecksum(std::string_view bytes)
{
    constexpr std::uint64_t seed = 5381;
    constexpr std::uint64_t factor = 0xbf58476d1ce4e5b9U;
    std::uint64_t sum = seed;
    for (; bytes.size() >= wordSize; bytes.remove_prefix(wordSize)) {
        sum ^= littleEndian64(bytes) * factor;
    }
    return bytes.empty() ? sum : sum ^ hashOfRest(bytes);
}

std::uint64_t littleEndian64(std::string_view bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return word;
}

std::uint32_t littleEndian32(std::string_view bytes)
{
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return word;
}

} // namespace octotrail::store
