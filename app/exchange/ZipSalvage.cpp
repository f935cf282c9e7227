// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ZipSalvage.h"

#include "exchange/Decoder.h"
#include "exchange/ZipArchive.h"

#include <QObject>
#include <QtEndian>
#include <algorithm>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 20;
constexpr std::string_view headerMark("PK\x03\x04", 4);
constexpr std::size_t headerSize = 30;
/// What may stand between a file's content and the next header: its sizes, which were not known before.
constexpr std::size_t descriptorSize = 24;
constexpr quint16 stored = 0;
constexpr quint16 deflated = 8;
constexpr quint16 encrypted = 0x1;
constexpr quint16 sizesFollow = 0x8;

} // namespace

/// The file at which the salvage is.
class ZipSalvage::File : public TextInput
{
public:
    File(ZipSalvage &salvage, QString caption)
        : m_salvage(salvage)
        , m_caption(std::move(caption))
    { }

    const QString &caption() const override { return m_caption; }
    qint64 position() const override { return m_salvage.m_archive.position(); }

    event::Result<std::string_view> read(const std::stop_token &stop) override
    {
        auto piece = m_salvage.m_decoder ? m_salvage.readPacked(stop) : m_salvage.readStored(stop);
        if (piece) {
            m_salvage.m_unpacked += static_cast<qint64>(piece->size());
            if (m_salvage.isExhausted()) {
                return failure(ErrorKind::InvalidInput, bombSentence(m_caption));
            }
        }
        return piece;
    }

private:
    ZipSalvage &m_salvage;
    QString m_caption;
};

ZipSalvage::ZipSalvage(TextInput &archive)
    : m_archive(archive)
    , m_output(std::make_unique_for_overwrite<char[]>(pieceSize))
{ }

ZipSalvage::~ZipSalvage() = default;

/// Reads on until so much is there, or the archive ends.
event::Status ZipSalvage::fill(std::size_t size, const std::stop_token &stop)
{
    while (!m_ended && m_input.size() - m_used < size) {
        const auto piece = m_archive.read(stop);
        if (!piece) {
            return tl::unexpected(piece.error());
        }
        m_ended = piece->empty();
        m_input.erase(0, m_used);
        m_used = 0;
        m_input.append(*piece);
    }
    return {};
}

event::Error ZipSalvage::cutOff() const
{
    return {ErrorKind::InvalidInput,
        QObject::tr("%1 ends too early: it was cut off. Get the whole file and import it again.")
            .arg(m_file->caption()),
        0};
}

event::Result<std::string_view> ZipSalvage::readStored(const std::stop_token &stop)
{
    if (m_left == 0) {
        return std::string_view{};
    }
    if (auto filled = fill(1, stop); !filled) {
        return tl::unexpected(filled.error());
    }
    const auto piece = std::string_view(m_input).substr(m_used, std::min<quint64>(m_left, pieceSize));
    if (piece.empty()) {
        m_left = 0;
        return tl::unexpected(cutOff());
    }
    m_used += piece.size();
    m_left -= piece.size();
    return piece;
}

event::Result<std::string_view> ZipSalvage::readPacked(const std::stop_token &stop)
{
    while (!m_decoder->isComplete()) {
        if (auto filled = fill(1, stop); !filled) {
            return tl::unexpected(filled.error());
        }
        const auto step = m_decoder->step(std::string_view(m_input).substr(m_used), {m_output.get(), pieceSize});
        m_used += step.consumed;
        if (step.produced > 0) {
            return std::string_view(m_output.get(), step.produced);
        }
        if (step.problem) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("The rest of %1 cannot be read: %2.").arg(m_file->caption(), *step.problem));
        }
        if (m_ended && !m_decoder->isComplete()) {
            return tl::unexpected(cutOff());
        }
    }
    return std::string_view{};
}

event::Result<TextInput *> ZipSalvage::next(const std::stop_token &stop)
{
    while (m_file) {
        const auto rest = m_file->read(stop);
        if (!rest && rest.error().kind == ErrorKind::Cancelled) {
            return tl::unexpected(rest.error());
        }
        if (!rest) {
            return nullptr;
        }
        if (rest->empty()) {
            break;
        }
    }
    m_file.reset();
    m_decoder.reset();
    if (auto filled = fill(headerSize + descriptorSize, stop); !filled) {
        return tl::unexpected(filled.error());
    }
    const auto mark = m_input.find(headerMark, m_used);
    if (mark == std::string::npos || mark > m_used + descriptorSize || mark + headerSize > m_input.size()) {
        return nullptr;
    }
    m_used = mark;
    const char *header = m_input.data() + mark;
    const auto flags = qFromLittleEndian<quint16>(header + 6);
    const auto method = qFromLittleEndian<quint16>(header + 8);
    const auto packedSize = qFromLittleEndian<quint32>(header + 18);
    const std::size_t nameSize = qFromLittleEndian<quint16>(header + 26);
    const std::size_t extraSize = qFromLittleEndian<quint16>(header + 28);
    if (auto filled = fill(headerSize + nameSize + extraSize, stop); !filled) {
        return tl::unexpected(filled.error());
    }
    if (m_input.size() - m_used < headerSize + nameSize + extraSize) {
        return nullptr;
    }
    m_file = std::make_unique<File>(*this,
        ZipArchive::caption(m_archive.caption(), std::string_view(m_input).substr(m_used + headerSize, nameSize)));
    m_used += headerSize + nameSize + extraSize;
    // Where its content ends has to be known, and what it says.
    const bool isKnown = method == deflated || (method == stored && (flags & sizesFollow) == 0);
    if (!isKnown || (flags & encrypted) != 0) {
        return nullptr;
    }
    m_left = packedSize;
    m_decoder = method == deflated ? Decoder::deflate() : nullptr;
    return m_file.get();
}

} // namespace octotrail::exchange
