// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Migrations.h"
#include "store/duckdb/Database.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <span>

namespace octotrail::store {

/// A store's file, opened for this process alone and brought to the newest version of the tables.
class StoreFile
{
public:
    struct Options
    {
        bool create = true;
        /// Nothing of the file is changed, nor need its folder be writable; others may read it, too. A file that has to
        /// be migrated is Refused.
        bool readOnly = false;
        std::int64_t memoryLimitMegabytes = 128;
        std::span<const Migration> steps = migrations();
    };

    /// DuckDB's lock keeps other processes out, but not a second opening in this one, which would ruin the file.
    class Claim
    {
    public:
        static event::Result<Claim> take(const QString &path);
        Claim(Claim &&other) noexcept
            : m_path(std::exchange(other.m_path, {}))
        { }
        Claim &operator=(Claim &&) = delete;
        ~Claim();
        const QString &path() const { return m_path; }

    private:
        explicit Claim(QString path)
            : m_path(std::move(path))
        { }
        QString m_path;
    };

    static event::Result<StoreFile> open(const QString &file, const Options &options);

    /// Names of the files beside it that were copied before it was brought to a new version. They have what it had
    /// then.
    static QStringList copiesBeside(const QString &path);

    /// DuckDB's threads: as many as the process has processors, but no more than eight.
    static int threads();

    StoreFile(StoreFile &&other) noexcept = default;
    StoreFile &operator=(StoreFile &&) = delete;

    const duckdb::Database &database() const { return m_database; }
    /// The absolute path.
    const QString &path() const { return m_claim.path(); }

private:
    StoreFile(Claim claim, duckdb::Database database)
        : m_claim(std::move(claim))
        , m_database(std::move(database))
    { }

    static event::Result<duckdb::Database> openAndMigrate(const QString &path, const Options &options);

    Claim m_claim; // released after the database is closed
    duckdb::Database m_database;
};

} // namespace octotrail::store
