// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Decoder.h"

#include <QObject>
#include <algorithm>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace octotrail::exchange {

namespace {

class GzipDecoder : public Decoder
{
public:
    GzipDecoder() { m_ready = inflateInit2(&m_stream, gzipOnly) == Z_OK; }
    ~GzipDecoder() override { inflateEnd(&m_stream); }
    GzipDecoder(const GzipDecoder &) = delete;
    GzipDecoder &operator=(const GzipDecoder &) = delete;

    Step step(std::string_view input, std::span<char> output) override
    {
        if (!m_ready) {
            return {0, 0, QObject::tr("there is not enough memory")};
        }
        if (m_betweenMembers) {
            return startMember(input);
        }
        // zlib's interface is not const-correct: it does not write to its input.
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
        m_stream.avail_in = static_cast<uInt>(input.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(output.data());
        m_stream.avail_out = static_cast<uInt>(output.size());
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        Step result{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out, std::nullopt};
        if (code == Z_STREAM_END) {
            m_betweenMembers = true;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            result.problem = QObject::tr("its gzip data is damaged");
        }
        return result;
    }

    bool isComplete() const override { return m_betweenMembers; }

private:
    /// Windows of any size, with a gzip header only.
    static constexpr int gzipOnly = 15 + 16;

    /// A gzip file is one member or several, and may be padded with zeros.
    Step startMember(std::string_view input)
    {
        const auto padding = std::min(input.find_first_not_of('\0'), input.size());
        if (padding > 0 || input.empty()) {
            return {padding, 0, std::nullopt};
        }
        if (input.front() != '\x1f') {
            return {0, 0, QObject::tr("something that is no gzip follows its gzip data")};
        }
        inflateReset(&m_stream);
        m_betweenMembers = false;
        return {};
    }

    z_stream m_stream{};
    bool m_ready = false;
    bool m_betweenMembers = false;
};

class ZstdDecoder : public Decoder
{
public:
    ZstdDecoder()
        : m_stream(ZSTD_createDStream())
    { }
    ~ZstdDecoder() override { ZSTD_freeDStream(m_stream); }
    ZstdDecoder(const ZstdDecoder &) = delete;
    ZstdDecoder &operator=(const ZstdDecoder &) = delete;

    Step step(std::string_view input, std::span<char> output) override
    {
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        const std::size_t hint = ZSTD_decompressStream(m_stream, &out, &in);
        Step result{in.pos, out.pos, std::nullopt};
        if (ZSTD_isError(hint) != 0) {
            result.problem = ZSTD_getErrorCode(hint) == ZSTD_error_frameParameter_windowTooLarge
                ? QObject::tr("its zstd window is over 128 MB: unpack it with zstd -d --long=31")
                : QObject::tr("its zstd data is damaged");
        }
        m_complete = hint == 0 || (m_complete && in.pos == 0);
        return result;
    }

    bool isComplete() const override { return m_complete; }

private:
    ZSTD_DStream *m_stream;
    bool m_complete = false;
};

class DeflateDecoder : public Decoder
{
public:
    DeflateDecoder() { m_ready = inflateInit2(&m_stream, noHeader) == Z_OK; }
    ~DeflateDecoder() override { inflateEnd(&m_stream); }
    DeflateDecoder(const DeflateDecoder &) = delete;
    DeflateDecoder &operator=(const DeflateDecoder &) = delete;

    Step step(std::string_view input, std::span<char> output) override
    {
        if (!m_ready) {
            return {0, 0, QObject::tr("there is not enough memory")};
        }
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
        m_stream.avail_in = static_cast<uInt>(input.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(output.data());
        m_stream.avail_out = static_cast<uInt>(output.size());
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        Step result{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out, std::nullopt};
        m_complete = code == Z_STREAM_END;
        if (!m_complete && code != Z_OK && code != Z_BUF_ERROR) {
            result.problem = QObject::tr("its zip data is damaged");
        }
        return result;
    }

    bool isComplete() const override { return m_complete; }

private:
    static constexpr int noHeader = -15;

    z_stream m_stream{};
    bool m_ready = false;
    bool m_complete = false;
};

} // namespace

Decoder::~Decoder() = default;

std::unique_ptr<Decoder> Decoder::gzip()
{
    return std::make_unique<GzipDecoder>();
}

std::unique_ptr<Decoder> Decoder::deflate()
{
    return std::make_unique<DeflateDecoder>();
}

std::unique_ptr<Decoder> Decoder::zstd()
{
    return std::make_unique<ZstdDecoder>();
}

} // namespace octotrail::exchange
