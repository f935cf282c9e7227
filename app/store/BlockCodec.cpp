// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockCodec.h"

#include <QCoreApplication>
#include <algorithm>
#include <cstdint>
#include <optional>
#include <zstd.h>

namespace octotrail::store {

namespace {

constexpr char formatVersion = 1;
/// Of an event in the header: a seq's distance and a length, in a byte each if they are small.
constexpr std::size_t leastEntrySize = 2;
/// No block that was ever written is larger; a damaged header must not make us ask for more.
constexpr unsigned long long unpackedLimit = 1ull << 32;

/// Seven bits a byte, the lowest first; the eighth tells that more follow.
void put(std::string &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        out += static_cast<char>(value | 0x80);
    }
    out += static_cast<char>(value);
}

/// Takes a number from the front; nullopt if there is none.
std::optional<std::uint64_t> take(std::string_view &in)
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    return std::nullopt;
}

tl::unexpected<event::Error> damaged()
{
    return event::failure(event::ErrorKind::Corrupt,
        QCoreApplication::translate("Store",
            "Some events in the store are damaged and cannot be read. Restore the file from a copy, or export what "
            "can still be read."));
}

struct Compressor
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    Compressor() = default;
    Compressor(const Compressor &) = delete;
    Compressor &operator=(const Compressor &) = delete;
    ~Compressor() { ZSTD_freeCCtx(context); }
};

struct Decompressor
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    Decompressor() = default;
    Decompressor(const Decompressor &) = delete;
    Decompressor &operator=(const Decompressor &) = delete;
    ~Decompressor() { ZSTD_freeDCtx(context); }
};

} // namespace

std::string_view Block::find(Seq seq) const
{
    const auto it = std::ranges::lower_bound(m_seqs, seq);
    if (it == m_seqs.end() || *it != seq) {
        return {};
    }
    return bytes(static_cast<std::size_t>(it - m_seqs.begin()));
}

void Block::reserve(std::size_t events, std::size_t bytes)
{
    m_seqs.reserve(events);
    m_offsets.reserve(events + 1);
    m_bytes.reserve(bytes);
}

void Block::add(Seq seq, std::string_view bytes)
{
    m_seqs.push_back(seq);
    m_bytes.append(bytes);
    m_offsets.push_back(m_bytes.size());
}

std::string pack(const Block &block, int level)
{
    std::string plain;
    constexpr std::size_t entrySize = 5;
    plain.reserve(entrySize * (block.count() + 1) + block.all().size());
    plain += formatVersion;
    put(plain, block.count());
    for (std::size_t i = 0; i < block.count(); ++i) {
        put(plain, static_cast<std::uint64_t>(i == 0 ? 0 : block.seq(i) - block.seq(i - 1)));
        put(plain, block.bytes(i).size());
    }
    plain += block.all();

    thread_local Compressor compressor;
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size
        = ZSTD_compressCCtx(compressor.context, packed.data(), packed.size(), plain.data(), plain.size(), level);
    packed.resize(size);
    return packed;
}

event::Result<BlockPtr> unpack(std::string_view packed, Seq firstSeq)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > unpackedLimit) {
        return damaged();
    }
    thread_local Decompressor decompressor;
    std::string plain(size, '\0');
    const std::size_t written
        = ZSTD_decompressDCtx(decompressor.context, plain.data(), plain.size(), packed.data(), packed.size());
    if (ZSTD_isError(written) || written != size || !plain.starts_with(formatVersion)) {
        return damaged();
    }
    std::string_view rest = std::string_view(plain).substr(1);
    const auto count = take(rest);
    if (!count || *count > rest.size() / leastEntrySize) {
        return damaged();
    }
    std::vector<std::pair<Seq, std::size_t>> entries(*count);
    Seq seq = firstSeq;
    for (auto &[entrySeq, length] : entries) {
        const auto distance = take(rest);
        const auto bytes = take(rest);
        if (!distance || !bytes) {
            return damaged();
        }
        seq += static_cast<Seq>(*distance);
        entrySeq = seq;
        length = *bytes;
    }
    auto block = std::make_shared<Block>();
    block->reserve(entries.size(), rest.size());
    for (const auto &[entrySeq, length] : entries) {
        if (length > rest.size()) {
            return damaged();
        }
        block->add(entrySeq, rest.substr(0, length));
        rest.remove_prefix(length);
    }
    return block;
}

} // namespace octotrail::store
