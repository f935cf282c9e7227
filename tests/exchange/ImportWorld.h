// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Exporter.h"
#include "exchange/Importer.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

namespace octotrail::tests {

/// A folder with a real case in it, and archives beside that.
class ImportWorld
{
public:
    ImportWorld()
    {
        auto opened = store::Store::open(m_folder.filePath(QStringLiteral("case.duckdb")));
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().sentence));
        }
        m_store = *opened;
    }

    QString file(const QByteArray &bytes, const QString &name = QStringLiteral("events")) const
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    event::Result<exchange::ImportReport> import(const QStringList &files)
    {
        auto report = exchange::importEvents(*m_store, files, QStringLiteral("archive"), {}, {});
        if (!report.status) {
            return tl::unexpected(report.status.error());
        }
        return report;
    }
    event::Result<exchange::ImportReport> importBytes(const QByteArray &bytes) { return import({file(bytes)}); }

    /// The store's events as NDJSON, by time.
    QByteArray exported()
    {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        store::EventQuery query;
        query.descending = false;
        const auto done = exchange::exportEvents(*m_store, query, {exchange::Format::NdJson, {}}, buffer, {}, {});
        return done ? buffer.data() : QByteArray("failed: ") + done.error().sentence.toUtf8();
    }

    store::Store &store() { return *m_store; }
    const QTemporaryDir &folder() const { return m_folder; }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<store::Store> m_store;
};

} // namespace octotrail::tests
