// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockCodec.h"

#include <QCoreApplication>
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <zstd.h>

namespace octotrail::store {

namespace {

constexpr char formatVersion = 1;
constexpr std::size_t headerSize = 1 + sizeof(std::uint32_t);
constexpr std::size_t entrySize = 2 * sizeof(std::uint32_t);
/// No block that was ever written is larger; a damaged header must not make us ask for more.
constexpr unsigned long long unpackedLimit = 1ull << 32;

void put(std::string &out, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((value >> shift) & 0xff);
    }
}

std::uint32_t get(std::string_view in, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(in[at + i])) << (8 * i);
    }
    return value;
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
    plain.reserve(headerSize + block.count() * entrySize + block.all().size());
    plain += formatVersion;
    put(plain, static_cast<std::uint32_t>(block.count()));
    for (std::size_t i = 0; i < block.count(); ++i) {
        put(plain, static_cast<std::uint32_t>(block.seq(i) - block.firstSeq()));
        put(plain, static_cast<std::uint32_t>(block.bytes(i).size()));
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
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > unpackedLimit
        || size < headerSize) {
        return damaged();
    }
    thread_local Decompressor decompressor;
    std::string plain(size, '\0');
    const std::size_t written
        = ZSTD_decompressDCtx(decompressor.context, plain.data(), plain.size(), packed.data(), packed.size());
    if (ZSTD_isError(written) || written != size || plain[0] != formatVersion) {
        return damaged();
    }
    const std::size_t count = get(plain, 1);
    if (count > (size - headerSize) / entrySize) {
        return damaged();
    }
    auto block = std::make_shared<Block>();
    block->reserve(count, size);
    std::string_view rest = std::string_view(plain).substr(headerSize + count * entrySize);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = headerSize + i * entrySize;
        const std::size_t length = get(plain, at + 4);
        if (length > rest.size()) {
            return damaged();
        }
        block->add(firstSeq + get(plain, at), rest.substr(0, length));
        rest.remove_prefix(length);
    }
    return block;
}

} // namespace octotrail::store
