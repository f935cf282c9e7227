// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Exporter.h"
#include "exchange/Redactor.h"
#include "store/AnnotationRecords.h"
#include "store/RawEvents.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::exchange {

/// The events of an export on their way out of the store, redacted if that is asked for. For one thread; it may wait.
class EventFlow
{
public:
    using Progress = std::function<void(const ExportProgress &)>;
    EventFlow(store::Store &store, const store::EventQuery &query, const ExportOptions &options,
        const Progress &progress, std::stop_token stop);

    /// Reads what has to be known before the first event: to redact them, all events once.
    event::Status prepare();
    /// Gives each event to write, in the query's order, until write returns false. It may be called in another thread,
    /// but never twice at a time; what it did is there when this returns.
    event::Status run(const std::function<bool(const store::StoredEvent &)> &write);
    /// The same with their bytes alone; isJson tells whether these are any.
    event::Status runBytes(const std::function<bool(const std::string &bytes, bool isJson)> &write);

    store::Store &store() const { return m_store; }
    const store::EventQuery &query() const { return m_query; }
    /// How many there are.
    event::Result<std::int64_t> count() const;
    /// As store::Store::exportParquet(): as they are, not redacted.
    event::Result<std::int64_t> writeParquet(const QString &file, const std::vector<std::string> &fields) const;
    const ExportOptions &options() const { return m_options; }
    const std::stop_token &stop() const { return m_stop; }
    const ExportProgress &done() const { return m_done; }
    /// nullptr if nothing is redacted.
    const Redactor *redactor() const { return m_redactor.get(); }

    /// The sources' names, and what analysts have noted, by uuid: redacted like the events.
    event::Result<std::map<store::SourceId, std::string>> sourceNames() const;
    event::Result<std::map<QString, store::Annotation>> annotations() const;

    /// A number of events was written by other means.
    void finish(qint64 events);

private:
    using Use = std::function<bool(store::RawEvent &event)>; ///< which may take its bytes
    /// Gives each to write, redacted if that is asked for.
    event::Status flow(const Use &write);
    /// Gives each event to use, in another thread, while the next are read. What it does to the members is there when
    /// this returns; meanwhile they are its own.
    event::Status forEachAside(const Use &use);
    void tell(bool always);

    store::Store &m_store;
    const store::EventQuery &m_query;
    const ExportOptions &m_options;
    const Progress &m_progress;
    std::stop_token m_stop;
    std::unique_ptr<Redactor> m_redactor;
    store::Seq m_newestLearnt = 0;
    ExportProgress m_done;
    std::chrono::steady_clock::time_point m_lastProgress;
};

/// For those parts of the store that want to own it; they do not outlive the call.
inline std::shared_ptr<store::Store> borrowed(store::Store &store)
{
    return {std::shared_ptr<void>(), &store};
}

} // namespace octotrail::exchange
