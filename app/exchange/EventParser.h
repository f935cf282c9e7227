// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "exchange/Importer.h"

#include <QThreadPool>
#include <deque>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::exchange {

/// Reads events from records on several threads, unwraps them, and gives them back in batches, in the order of the
/// records.
class EventParser
{
public:
    struct Batch
    {
        std::vector<event::LogEvent> events;
        std::vector<ImportProblem> problems;
        std::size_t bytes = 0;
        qint64 rebuilt = 0; ///< events that another program's fields were put together to
    };

    EventParser();

    /// A record's bytes, which are copied. isRebuilt: an event that was put together already.
    void add(std::string_view bytes, const QString &file, qint64 line, bool isRebuilt = false);
    /// A record that gives no event, to be told of in its place.
    void addProblem(const QString &file, qint64 line, const QString &sentence);
    /// What was added becomes a batch, however little it is.
    void flush();

    /// The next batch if it has been read, or if there are so many that one should be waited for.
    std::optional<Batch> next();
    /// The next batch, waiting for it; nullopt if there is none.
    std::optional<Batch> wait();

private:
    struct Record
    {
        std::string bytes;
        ImportProblem problem; ///< its place; with a sentence if it gives no event
        bool isRebuilt = false;
    };
    static Batch parse(std::vector<Record> records);
    void append(Record record);

    std::vector<Record> m_records;
    std::size_t m_bytes = 0;
    std::deque<std::future<Batch>> m_batches;
    QThreadPool m_pool; // last: what runs in it ends before the rest goes
};

} // namespace octotrail::exchange
