// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Unpacker.h"

#include "exchange/Decoder.h"

#include <QObject>
#include <cstring>

namespace octotrail::exchange {

using event::ErrorKind;

namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 20;
/// Enough to tell every format that is known here.
constexpr std::size_t headSize = 16;

bool isZstd(std::string_view head)
{
    if (head.size() < 4) {
        return false;
    }
    unsigned char magic[4];
    std::memcpy(magic, head.data(), sizeof magic);
    const bool frame = magic[0] == 0x28 && magic[1] == 0xb5 && magic[2] == 0x2f && magic[3] == 0xfd;
    const bool skippable = (magic[0] & 0xf0) == 0x50 && magic[1] == 0x2a && magic[2] == 0x4d && magic[3] == 0x18;
    return frame || skippable;
}

/// What is known of formats that cannot be read, or nothing.
QString advice(std::string_view head)
{
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
        return QObject::tr("it is UTF-16 text: save it as UTF-8");
    }
    if (head.starts_with("PK\x03\x04")) {
        return QObject::tr(
            "it is a zip archive that comes through a pipe or lies in another archive: save it as a file of "
            "its own and import that");
    }
    if (head.size() > 11 && head.substr(8, 4) == "DUCK") {
        return QObject::tr("it is a case, not an archive: open it, or export its events and import these");
    }
    if (head.starts_with("PAR1")) {
        return QObject::tr("it is a Parquet file: export the events as JSON or NDJSON");
    }
    if (head.starts_with("7z\xbc\xaf\x27\x1c") || head.starts_with("Rar!") || head.substr(0, 4) == "LZIP") {
        return QObject::tr("it is packed in a way that is not known here: unpack it first");
    }
    if (head.starts_with("%PDF") || head.starts_with("\x89PNG") || head.starts_with("\xff\xd8\xff")
        || head.starts_with("GIF8")
        || head.starts_with("\x7f"
                            "ELF")
        || head.starts_with("SQLite format 3") || head.starts_with("\xd0\xcf\x11\xe0")) {
        return QObject::tr("it is no archive of events");
    }
    if (head.starts_with("BZh")) {
        return QObject::tr("it is packed with bzip2: unpack it first");
    }
    if (head.starts_with("\xfd"
                         "7zXZ")) {
        return QObject::tr("it is packed with xz: unpack it first");
    }
    return {};
}

/// The same of what was packed.
QString innerAdvice(std::string_view head)
{
    return head.starts_with("\x1f\x8b") || isZstd(head) ? QObject::tr("it is packed twice: unpack it once")
                                                        : advice(head);
}

event::Error unreadable(const QString &caption, const QString &reason)
{
    return {ErrorKind::InvalidInput, QObject::tr("%1 cannot be read: %2.").arg(caption, reason), 0};
}

} // namespace

Unpacker::Unpacker(TextInput &source)
    : m_source(source)
{ }

Unpacker::~Unpacker() = default;

event::Status Unpacker::start(const std::stop_token &stop)
{
    m_started = true;
    while (m_head.size() < headSize) {
        const auto piece = m_source.read(stop);
        if (!piece) {
            return tl::unexpected(piece.error());
        }
        if (piece->empty()) {
            m_sourceEnded = true;
            break;
        }
        m_head.append(*piece);
    }
    m_input = m_head;
    if (m_input.starts_with("\x1f\x8b")) {
        m_decoder = Decoder::gzip();
        m_format = QStringLiteral("gzip");
    } else if (isZstd(m_input)) {
        m_decoder = Decoder::zstd();
        m_format = QStringLiteral("zstd");
    } else if (const QString reason = advice(m_input); !reason.isEmpty()) {
        return tl::unexpected(unreadable(m_source.caption(), reason));
    }
    if (m_decoder) {
        m_output = std::make_unique_for_overwrite<char[]>(pieceSize);
    }
    return {};
}

event::Result<std::string_view> Unpacker::next(const std::stop_token &stop)
{
    if (m_error) {
        return tl::unexpected(*m_error);
    }
    if (!m_started) {
        if (auto status = start(stop); !status) {
            m_error = status.error();
            return tl::unexpected(status.error());
        }
    }
    if (m_decoder) {
        return unpackOn(stop);
    }
    if (!m_input.empty()) {
        return std::exchange(m_input, {});
    }
    if (m_sourceEnded) {
        return std::string_view{};
    }
    auto piece = m_source.read(stop);
    m_sourceEnded = piece && piece->empty();
    return piece;
}

event::Result<std::string_view> Unpacker::unpackOn(const std::stop_token &stop)
{
    while (true) {
        if (m_input.empty() && !m_sourceEnded) {
            auto piece = m_source.read(stop);
            if (!piece) {
                return piece;
            }
            m_input = *piece;
            m_sourceEnded = piece->empty();
        }
        const auto step = m_decoder->step(m_input, {m_output.get(), pieceSize});
        m_input.remove_prefix(step.consumed);
        m_unpacked += static_cast<qint64>(step.produced);
        if (step.problem) {
            m_error = event::Error{ErrorKind::InvalidInput,
                QObject::tr("The rest of %1 cannot be read: %2.").arg(m_source.caption(), *step.problem), 0};
        } else if (const QString reason = m_unpacked == static_cast<qint64>(step.produced)
                       ? innerAdvice({m_output.get(), step.produced})
                       : QString();
                   !reason.isEmpty()) {
            m_error = unreadable(m_source.caption(), reason);
            return tl::unexpected(*m_error);
        } else if (isBomb(m_source.position(), m_unpacked)) {
            m_error = event::Error{ErrorKind::InvalidInput, bombSentence(m_source.caption()), 0};
            return tl::unexpected(*m_error);
        } else if (m_sourceEnded && m_input.empty() && step.produced == 0) {
            if (m_decoder->isComplete()) {
                return std::string_view{};
            }
            m_error = event::Error{ErrorKind::InvalidInput,
                QObject::tr("%1 ends too early: it was cut off. Get the whole file and import it again.")
                    .arg(m_source.caption()),
                0};
        }
        if (step.produced > 0) {
            return std::string_view(m_output.get(), step.produced);
        }
        if (m_error) {
            return tl::unexpected(*m_error);
        }
    }
}

} // namespace octotrail::exchange
