// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ArchiveReader.h"

#include "exchange/ByteSource.h"
#include "exchange/Cutter.h"
#include "exchange/Unpacker.h"
#include "exchange/ZipArchive.h"
#include "exchange/ZipSalvage.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <sys/stat.h>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

void note(QStringList &list, const QString &item)
{
    if (!item.isEmpty() && !list.contains(item)) {
        list << item;
    }
}

/// Looks at names only: opens nothing.
bool isSameFile(const QString &one, const QString &other)
{
    struct stat first
    {
    };
    struct stat second
    {
    };
    return ::stat(QFile::encodeName(one).constData(), &first) == 0
        && ::stat(QFile::encodeName(other).constData(), &second) == 0 && first.st_dev == second.st_dev
        && first.st_ino == second.st_ino;
}

} // namespace

ArchiveReader::ArchiveReader(Sink sink, QString storeFile)
    : m_sink(std::move(sink))
    , m_storeFile(std::move(storeFile))
{ }

event::Status ArchiveReader::check(const QString &file) const
{
    if (!m_storeFile.isEmpty() && isSameFile(file, m_storeFile)) {
        return failure(
            ErrorKind::InvalidInput, QObject::tr("%1 is the open case itself: its events are here already.").arg(file));
    }
    // Opening tells why it cannot be read.
    if (const auto source = ByteSource::open(file); !source) {
        return tl::unexpected(source.error());
    }
    return {};
}

event::Status ArchiveReader::read(const QString &file, const std::stop_token &stop)
{
    m_position = 0;
    if (!m_storeFile.isEmpty() && isSameFile(file, m_storeFile)) {
        return check(file);
    }
    if (file != QLatin1String("-") && ZipArchive::isZip(file)) {
        return readZip(file, stop);
    }
    auto source = ByteSource::open(file);
    return source ? readText(**source, stop) : tl::unexpected(source.error());
}

event::Status ArchiveReader::readZip(const QString &file, const std::stop_token &stop)
{
    note(m_packings, QStringLiteral("zip"));
    auto archive = ZipArchive::open(file);
    if (!archive) {
        ++m_damaged;
        m_sink.problem(file, 0, archive.error().sentence);
        return salvageZip(file, stop);
    }
    for (const ZipArchive::Entry &entry : (*archive)->entries()) {
        auto input = (*archive)->open(entry);
        if (!input) {
            ++m_damaged;
            m_sink.problem(file, 0, input.error().sentence);
            continue;
        }
        if (event::Status status = readText(**input, stop); !status) {
            return status;
        }
        if ((*archive)->isExhausted()) {
            break;
        }
    }
    m_position = QFileInfo(file).size();
    return m_sink.advance();
}

/// What can be had of an archive without its list of files.
event::Status ArchiveReader::salvageZip(const QString &file, const std::stop_token &stop)
{
    auto source = ByteSource::open(file);
    if (!source) {
        return tl::unexpected(source.error());
    }
    ZipSalvage salvage(**source);
    while (!salvage.isExhausted()) {
        const auto input = salvage.next(stop);
        if (!input) {
            return tl::unexpected(input.error());
        }
        if (!*input) {
            break;
        }
        if (event::Status status = readText(**input, stop); !status) {
            return status;
        }
    }
    m_position = QFileInfo(file).size();
    return m_sink.advance();
}

event::Status ArchiveReader::readText(TextInput &input, const std::stop_token &stop)
{
    Unpacker unpacker(input);
    std::unique_ptr<Cutter> cutter;
    std::string head; // until it is known what the text is
    const QString &name = input.caption();
    const auto begin = [&] {
        cutter = Cutter::create(head,
            {[this, &name](std::string_view bytes, qint64 line) { m_sink.record(bytes, name, line); },
                [this, &name](qint64 line, const QString &sentence) { m_sink.problem(name, line, sentence); },
                [this] { ++m_damaged; }});
        note(m_packings, unpacker.format());
        note(m_formats, cutter->format());
        m_isRebuilding = cutter->isRebuilding();
        cutter->feed(head);
        head = {};
    };
    while (true) {
        const auto piece = unpacker.next(stop);
        m_position = input.position();
        if (!piece && piece.error().kind == ErrorKind::Cancelled) {
            return tl::unexpected(piece.error());
        }
        const bool isLast = !piece || piece->empty();
        if (cutter) {
            cutter->feed(isLast ? std::string_view{} : *piece);
        } else {
            head += isLast ? std::string_view{} : *piece;
            if (!head.empty() && (isLast || Cutter::isEnough(head))) {
                begin();
            }
        }
        if (!piece) {
            // The record that the damage cut off is not kept: a fragment must not stand for the event.
            ++m_damaged;
            m_sink.problem(name, 0, piece.error().sentence);
        } else if (isLast && cutter) {
            cutter->finish();
        }
        if (event::Status status = m_sink.advance(); !status || isLast) {
            return status;
        }
    }
}

} // namespace octotrail::exchange
