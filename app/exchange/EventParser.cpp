// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventParser.h"

#include "event/ThreadPriority.h"
#include "exchange/RecordParser.h"

#include <QObject>
#include <QThread>
#include <chrono>
#include <memory>

namespace octotrail::exchange {

namespace {

/// The store takes a whole number of such batches at once (2,048 is also what DuckDB handles at a time).
constexpr std::size_t batchRecords = 2048;
constexpr std::size_t batchBytes = std::size_t{16} << 20;
/// Batches that are read or wait to be, for each thread.
constexpr std::size_t batchesAThread = 3;
/// Room that the reader wants behind an event's bytes; without it, it would have to copy them.
constexpr std::size_t padding = 64;

} // namespace

EventParser::EventParser()
{
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
}

void EventParser::add(std::string_view bytes, const QString &file, qint64 line, bool isRebuilt)
{
    Record record{{}, {file, line, {}}, isRebuilt};
    record.bytes.reserve(bytes.size() + padding);
    record.bytes.assign(bytes);
    append(std::move(record));
}

void EventParser::addProblem(const QString &file, qint64 line, const QString &sentence)
{
    append({{}, {file, line, sentence}, false});
}

void EventParser::append(Record record)
{
    m_bytes += record.bytes.size();
    m_records.push_back(std::move(record));
    if (m_records.size() >= batchRecords || m_bytes >= batchBytes) {
        flush();
    }
}

void EventParser::flush()
{
    if (m_records.empty()) {
        return;
    }
    auto task = std::make_shared<std::packaged_task<Batch()>>(
        [records = std::move(m_records)]() mutable { return parse(std::move(records)); });
    m_batches.push_back(task->get_future());
    m_pool.start([task] {
        event::giveWay(event::Courtesy::Bulk);
        (*task)();
    });
    m_records = {};
    m_records.reserve(batchRecords);
    m_bytes = 0;
}

std::optional<EventParser::Batch> EventParser::next()
{
    const auto isReady
        = [this] { return m_batches.front().wait_for(std::chrono::seconds::zero()) == std::future_status::ready; };
    const auto limit = static_cast<std::size_t>(m_pool.maxThreadCount()) * batchesAThread;
    if (m_batches.size() > limit || (!m_batches.empty() && isReady())) {
        return wait();
    }
    return std::nullopt;
}

std::optional<EventParser::Batch> EventParser::wait()
{
    if (m_batches.empty()) {
        return std::nullopt;
    }
    std::future<Batch> batch = std::move(m_batches.front());
    m_batches.pop_front();
    return batch.get();
}

EventParser::Batch EventParser::parse(std::vector<Record> records)
{
    Batch batch;
    batch.events.reserve(records.size());
    RecordParser parser;
    for (Record &record : records) {
        ImportProblem &problem = record.problem;
        if (problem.sentence.isEmpty()) {
            const std::size_t before = batch.events.size();
            problem.sentence = parser.parse(std::move(record.bytes), batch.events);
            for (std::size_t i = before; i < batch.events.size(); ++i) {
                batch.bytes += batch.events[i].bytes().size();
            }
            if (record.isRebuilt || parser.isRebuilt()) {
                batch.rebuilt += static_cast<qint64>(batch.events.size() - before);
            }
        }
        if (!problem.sentence.isEmpty()) {
            batch.problems.push_back(std::move(problem));
        }
    }
    return batch;
}

} // namespace octotrail::exchange
