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

/// zlib's stream of one kind of data.
class Inflater
{
public:
    explicit Inflater(int windowBits)
        : m_ready(inflateInit2(&m_stream, windowBits) == Z_OK)
    { }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    Decoder::Step step(std::string_view input, std::span<char> output, const char *damaged)
    {
        if (!m_ready) {
            return {0, 0, QObject::tr("there is not enough memory")};
        }
        // zlib's interface is not const-correct: it does not write to its input.
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
        m_stream.avail_in = static_cast<uInt>(input.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(output.data());
        m_stream.avail_out = static_cast<uInt>(output.size());
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        Decoder::Step result{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out, std::nullopt};
        m_hasEnded = code == Z_STREAM_END;
        if (!m_hasEnded && code != Z_OK && code != Z_BUF_ERROR) {
            result.problem = QObject::tr(damaged);
        }
        return result;
    }

    bool hasEnded() const { return m_hasEnded; }

    void startAgain()
    {
        inflateReset(&m_stream);
        m_hasEnded = false;
    }

private:
    z_stream m_stream{};
    bool m_ready;
    bool m_hasEnded = false;
};

class GzipDecoder : public Decoder
{
public:
    Step step(std::string_view input, std::span<char> output) override
    {
        return m_inflater.hasEnded() ? startMember(input)
                                     : m_inflater.step(input, output, QT_TR_NOOP("its gzip data is damaged"));
    }

    bool isComplete() const override { return m_inflater.hasEnded(); }

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
        m_inflater.startAgain();
        return {};
    }

    Inflater m_inflater{gzipOnly};
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
    Step step(std::string_view input, std::span<char> output) override
    {
        return m_inflater.step(input, output, QT_TR_NOOP("its zip data is damaged"));
    }

    bool isComplete() const override { return m_inflater.hasEnded(); }

private:
    static constexpr int noHeader = -15;

    Inflater m_inflater{noHeader};
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
