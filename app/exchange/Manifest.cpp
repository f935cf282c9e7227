// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Manifest.h"

#include "event/PrivateFile.h"
#include "event/Sha256.h"
#include "exchange/ManifestJson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QSaveFile>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

QString manifestFileFor(const QString &exported)
{
    return exported + u".manifest.json"_s;
}

event::Result<ManifestFile> describeFile(
    const QString &name, const std::stop_token &stop, const std::function<void(std::string_view)> &read)
{
    constexpr qint64 piece = qint64{1} << 20;
    QFile file(name);
    if (!QFileInfo(name).isFile() || !file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::NotFound,
            file.exists() ? QObject::tr("%1 cannot be read: %2").arg(QFileInfo(name).fileName(), file.errorString())
                          : QObject::tr("%1 is missing.").arg(QFileInfo(name).fileName()));
    }
    event::Sha256 hash;
    ManifestFile described{QFileInfo(name).fileName(), 0, {}};
    QByteArray buffer(piece, Qt::Uninitialized);
    for (;;) {
        if (stop.stop_requested()) {
            return failure(ErrorKind::Cancelled, QObject::tr("It was stopped."));
        }
        const qint64 size = file.read(buffer.data(), piece);
        if (size < 0) {
            return failure(
                ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(described.name, file.errorString()));
        }
        if (size == 0) {
            break;
        }
        const std::string_view bytes(buffer.constData(), static_cast<std::size_t>(size));
        hash.add(bytes);
        described.bytes += size;
        if (read) {
            read(bytes);
        }
    }
    described.sha256 = QString::fromStdString(event::Sha256::hex(hash.finish()));
    return described;
}

event::Result<QString> writeManifest(const QString &file, const Manifest &manifest)
{
    const QByteArray bytes = manifestJson(manifest);
    QSaveFile out(file);
    if (!event::writePrivately(out, bytes)) {
        return failure(ErrorKind::Storage,
            QObject::tr("%1 cannot be written: %2. The export itself is complete.")
                .arg(QDir::toNativeSeparators(file), out.errorString()));
    }
    return QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
}

} // namespace octotrail::exchange
