// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ZipArchive.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QtEndian>
#include <algorithm>
#include <zip.h>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 20;
/// A log is not spread over more files; their names alone would take memory.
constexpr quint64 mostEntries = 20'000;
constexpr quint64 longestDirectory = quint64{16} << 20;
constexpr qsizetype longestName = 200;

event::Error tooManyFiles(const QString &file)
{
    return {ErrorKind::InvalidInput,
        QObject::tr(
            "%1 lists more than %2 files, as no log does. They were read one after the other, without the list.")
            .arg(file)
            .arg(mostEntries),
        0};
}

/// The list of files is read into memory: whether it claims to be small enough. It stands at the end, before a comment
/// of up to 64 KB.
bool hasSmallDirectory(const QString &file)
{
    constexpr qint64 tailSize = 66'000;
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly) || !input.seek(std::max<qint64>(0, input.size() - tailSize))) {
        return true; // opening it will tell
    }
    const QByteArray tail = input.read(tailSize);
    const auto isSmall
        = [](quint64 entries, quint64 size) { return entries <= mostEntries && size <= longestDirectory; };
    constexpr qsizetype endRecord = 22;
    for (qsizetype at = tail.indexOf("PK\x05\x06"); at >= 0; at = tail.indexOf("PK\x05\x06", at + 1)) {
        if (at + endRecord > tail.size()) {
            break;
        }
        const quint64 entries = qFromLittleEndian<quint16>(tail.constData() + at + 10);
        const quint64 size = qFromLittleEndian<quint32>(tail.constData() + at + 12);
        const bool isLarge = entries == 0xffff || size == 0xffffffff; // then another record has the numbers
        if (!isLarge && !isSmall(entries, size)) {
            return false;
        }
    }
    constexpr qsizetype largeRecord = 56;
    for (qsizetype at = tail.indexOf("PK\x06\x06"); at >= 0; at = tail.indexOf("PK\x06\x06", at + 1)) {
        if (at + largeRecord <= tail.size()
            && !isSmall(qFromLittleEndian<quint64>(tail.constData() + at + 32),
                qFromLittleEndian<quint64>(tail.constData() + at + 40))) {
            return false;
        }
    }
    return true;
}

} // namespace

struct ZipArchive::Handle
{
    explicit Handle(zip_t *archive)
        : zip(archive)
    { }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    ~Handle() { zip_discard(zip); }
    zip_t *zip;
};

/// One file of it.
class ZipArchive::File : public TextInput
{
public:
    File(ZipArchive &archive, const Entry &entry, zip_file_t *file)
        : m_archive(archive)
        , m_entry(entry)
        , m_caption(entry.caption)
        , m_file(file)
        , m_buffer(std::make_unique_for_overwrite<char[]>(pieceSize))
        , m_start(archive.m_finished)
    {
        archive.m_finished += entry.packedSize;
    }
    ~File() override { zip_fclose(m_file); }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    const QString &caption() const override { return m_caption; }

    qint64 position() const override
    {
        const double part = m_entry.size > 0 ? std::min(1.0, double(m_read) / double(m_entry.size)) : 1.0;
        return std::min(m_archive.m_size, m_start + static_cast<qint64>(part * double(m_entry.packedSize)));
    }

    event::Result<std::string_view> read(const std::stop_token &stop) override
    {
        if (stop.stop_requested()) {
            return failure(ErrorKind::Cancelled, QObject::tr("Stopped."));
        }
        const zip_int64_t count = zip_fread(m_file, m_buffer.get(), pieceSize);
        if (count < 0) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("The rest of %1 cannot be read: its zip data is damaged.").arg(m_caption));
        }
        m_read += count;
        m_archive.m_unpacked += count;
        // Against the whole archive: its files may share the same packed bytes.
        if (isBomb(m_archive.m_size, m_archive.m_unpacked)) {
            return failure(ErrorKind::InvalidInput, bombSentence(m_caption));
        }
        return std::string_view(m_buffer.get(), static_cast<std::size_t>(count));
    }

private:
    ZipArchive &m_archive;
    Entry m_entry;
    QString m_caption;
    zip_file_t *m_file;
    std::unique_ptr<char[]> m_buffer;
    qint64 m_start;
    qint64 m_read = 0;
};

ZipArchive::ZipArchive(QString file, std::unique_ptr<Handle> handle)
    : m_file(std::move(file))
    , m_handle(std::move(handle))
    , m_size(QFileInfo(m_file).size())
{ }

ZipArchive::~ZipArchive() = default;

QString ZipArchive::caption(const QString &archive, std::string_view name)
{
    QString shown = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).left(longestName);
    std::ranges::replace_if(
        shown, [](QChar c) { return !c.isPrint(); }, QChar(QChar::ReplacementCharacter));
    return archive + QStringLiteral(" \u203a ") + shown;
}

bool ZipArchive::isZip(const QString &file)
{
    if (!QFileInfo(file).isFile()) {
        return false;
    }
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QByteArray head = input.read(4);
    return head == "PK\x03\x04" || head == "PK\x05\x06";
}

event::Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const QString &file)
{
    if (!hasSmallDirectory(file)) {
        return tl::unexpected(tooManyFiles(file));
    }
    int code = 0;
    zip_t *zip = zip_open(QFile::encodeName(file).constData(), ZIP_RDONLY, &code);
    if (!zip) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr(
                "%1 cannot be read: its list of files at the end is missing or damaged. It may have been cut off: "
                "get the whole file and import it again.")
                .arg(file));
    }
    std::unique_ptr<ZipArchive> archive(new ZipArchive(file, std::make_unique<Handle>(zip)));
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > static_cast<zip_int64_t>(mostEntries)) {
        return tl::unexpected(tooManyFiles(file));
    }
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        zip_stat_init(&status);
        if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &status) != 0 || !status.name) {
            continue;
        }
        const std::string_view name(status.name);
        const bool isOfMac = name.starts_with("__MACOSX/") || name.ends_with(".DS_Store");
        if (!name.ends_with('/') && !isOfMac) {
            Entry entry{static_cast<quint64>(i), caption(file, name), static_cast<qint64>(status.size),
                static_cast<qint64>(status.comp_size)};
            archive->m_entries.push_back(std::move(entry));
        }
    }
    return archive;
}

event::Result<std::unique_ptr<TextInput>> ZipArchive::open(const Entry &entry)
{
    zip_file_t *file = zip_fopen_index(m_handle->zip, entry.index, 0);
    if (!file) {
        const int code = zip_error_code_zip(zip_get_error(m_handle->zip));
        return failure(ErrorKind::InvalidInput,
            code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP
                ? QObject::tr("%1 is locked with a password: unpack it first.").arg(entry.caption)
                : QObject::tr("%1 cannot be unpacked: it is damaged, or packed in a way that is not known here.")
                      .arg(entry.caption));
    }
    return std::make_unique<File>(*this, entry, file);
}

} // namespace octotrail::exchange
