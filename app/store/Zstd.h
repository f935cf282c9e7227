// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zstd.h>

/// zstd's contexts, which are slow to make: each thread keeps its own.
namespace octotrail::store::zstd {

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

} // namespace octotrail::store::zstd
