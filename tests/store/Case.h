// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

/// A store in a folder of its own, and short ways to use it.
namespace octotrail::test {

/// The future's result, waited for.
template <class T>
T get(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

/// The value, or a failed test that tells the error.
template <class T>
T must(const event::Result<T> &result)
{
    if (!result) {
        QTest::qFail(qPrintable(result.error().sentence), __FILE__, __LINE__);
        if constexpr (std::is_default_constructible_v<T>) {
            return T();
        }
    }
    if constexpr (!std::is_void_v<T>) {
        return *result;
    }
}

/// All of a file; nothing if it cannot be read.
inline QByteArray content(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Case
{
public:
    QString file() const { return m_folder.filePath(QStringLiteral("case.duckdb")); }
    QString folder() const { return m_folder.path(); }
    store::Store &store() const { return *m_store; }
    const std::shared_ptr<store::Store> &shared() const { return m_store; }

    void open() { m_store = must(store::Store::open(file())); }
    void close() { m_store.reset(); }
    void reopen()
    {
        close();
        open();
    }

    store::CommitReport append(std::vector<event::LogEvent> events, store::SourceId source = 1,
        std::optional<store::Checkpoint> checkpoint = {}) const
    {
        return must(get(m_store->append({source, std::move(events), std::move(checkpoint)})));
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<store::Store> m_store;
};

/// A finished search.
struct SearchResult
{
    store::Seq last = -1;
    std::vector<store::Seq> seqs;
    qint64 total = -1;
    std::optional<event::Error> error;
    int starts = 0;
    std::vector<std::size_t> chunks; ///< how many seqs came together
};
SearchResult searchAll(store::Store &store, const store::EventQuery &query);

/// A query with a parsed filter.
store::EventQuery query(const char *filter, const char *sortPath = "published", bool descending = true);

} // namespace octotrail::test
