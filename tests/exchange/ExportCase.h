// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "SampleEvents.h"
#include "event/LogEvent.h"
#include "store/Store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>
#include <memory>
#include <sys/stat.h>

namespace octotrail::tests {

/// What is in a file; empty if it cannot be read.
inline QByteArray content(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Who may do what with a file; 0 if there is none.
inline unsigned modeOf(const QString &file)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(file).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
}

/// A folder with a case of one source in it, of which a test exports.
class ExportCase
{
protected:
    /// A new one, in place of the one before.
    void openCase(const QString &sourceName)
    {
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = store::Store::open(path(QStringLiteral("acme.duckdb")));
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence));
        m_store = *opened;
        openSource(sourceName);
    }

    /// From now on add() adds to it.
    void openSource(const QString &name)
    {
        store::SourceConfig source;
        source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
        source.name = name;
        source.collects = false;
        const auto added = m_store->putSource(source).result();
        QVERIFY(added);
        m_source = added->id;
    }

    void add(const QList<QByteArray> &events)
    {
        store::EventBatch batch;
        batch.source = m_source;
        for (const QByteArray &bytes : events) {
            batch.events.push_back(event::LogEvent::fromBytes(bytes.toStdString()));
        }
        const auto report = m_store->append(std::move(batch)).result();
        QVERIFY(report);
        QCOMPARE(report->inserted, events.size());
    }

    void addSamples(int first, int count)
    {
        QList<QByteArray> events;
        for (int n = first; n < first + count; ++n) {
            events.append(sampleEvent(n));
        }
        add(events);
    }

    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<store::Store> m_store;
    store::SourceId m_source = 0;
};

} // namespace octotrail::tests
