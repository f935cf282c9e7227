// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventFlow.h"

#include "event/Json.h"
#include "exchange/Aside.h"
#include "store/Annotations.h"
#include "store/ChosenEvents.h"

#include <QObject>
#include <algorithm>
#include <memory>
#include <utility>

namespace octotrail::exchange {

namespace {

constexpr std::chrono::milliseconds progressPeriod{100};

} // namespace

EventFlow::EventFlow(store::Store &store, const store::EventQuery &query, const ExportOptions &options,
    const Progress &progress, std::stop_token stop)
    : m_store(store)
    , m_query(query)
    , m_options(options)
    , m_progress(progress)
    , m_stop(std::move(stop))
{ }

void EventFlow::tell(bool always)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_progress && (always || now - m_lastProgress >= progressPeriod)) {
        m_lastProgress = now;
        m_progress(m_done);
    }
}

event::Result<std::int64_t> EventFlow::count() const
{
    if (m_options.chosen) {
        return store::ChosenEvents(m_store, *m_options.chosen).count(m_stop);
    }
    auto counting = m_store.count(m_query);
    counting.waitForFinished();
    return counting.result();
}

event::Result<std::int64_t> EventFlow::writeParquet(const QString &file, const std::vector<std::string> &fields) const
{
    return m_options.chosen ? store::ChosenEvents(m_store, *m_options.chosen).exportParquet(file, fields, m_stop)
                            : m_store.exportParquet(m_query, file, fields, m_stop);
}

event::Status EventFlow::prepare()
{
    if (!m_options.redaction) {
        return {};
    }
    if (auto checked = checkRedactedFields(m_options.redaction->fields); !checked) {
        return checked;
    }
    m_redactor = std::make_unique<Redactor>(*m_options.redaction);
    m_done.isLearning = true;
    auto status = forEachAside([this](const store::RawEvent &event) {
        m_newestLearnt = std::max(m_newestLearnt, event.seq);
        m_redactor->learn(event.bytes);
        ++m_done.events;
        return true;
    });
    m_done = {};
    return status;
}

event::Status EventFlow::run(const std::function<bool(const store::StoredEvent &)> &write)
{
    event::EventReader reader;
    return flow([&](store::RawEvent &event) {
        return write({event.seq, event.source, reader.read(std::move(event.bytes))});
    });
}

event::Status EventFlow::runBytes(const std::function<bool(const std::string &bytes, bool isJson)> &write)
{
    // What is redacted is JSON. Lines are written as they are; an array must stay one.
    if (m_redactor || m_options.format != Format::Json) {
        return flow([&](const store::RawEvent &event) { return write(event.bytes, true); });
    }
    event::EventReader reader;
    return flow([&](store::RawEvent &raw) {
        const event::LogEvent event = reader.read(std::move(raw.bytes));
        return write(event.bytes(), event.defects().isEmpty() || event::readTree(event.bytes()).has_value());
    });
}

event::Status EventFlow::flow(const Use &write)
{
    auto status = forEachAside([&](store::RawEvent &event) {
        if (m_redactor) {
            if (event.seq > m_newestLearnt) {
                --m_done.total; // it came while the others were learnt
                return true;
            }
            auto redacted = m_redactor->redacted(event.bytes);
            if (!redacted) {
                ++m_done.withheld;
                return true;
            }
            event.bytes = std::move(*redacted);
        }
        const bool goesOn = write(event);
        m_done.events += goesOn ? 1 : 0;
        return goesOn;
    });
    if (status) {
        tell(true);
    }
    return status;
}

event::Status EventFlow::forEachAside(const Use &use)
{
    const auto total = [this](std::int64_t events) { m_done.total = events; };
    const auto useAll = [this, &use](std::vector<store::RawEvent> &events) {
        return std::ranges::all_of(events, [&](store::RawEvent &event) {
            if (m_stop.stop_requested() || !use(event)) {
                return false;
            }
            tell(false);
            return true;
        });
    };
    Aside<bool> aside;
    bool goesOn = true;
    const auto take = [&](std::vector<store::RawEvent> events) {
        goesOn = aside.finish().value_or(true);
        if (goesOn) {
            const auto some = std::make_shared<std::vector<store::RawEvent>>(std::move(events));
            aside.begin([&useAll, some] { return useAll(*some); });
        }
        return goesOn;
    };
    auto status = m_options.chosen ? store::ChosenEvents(m_store, *m_options.chosen).forEachRaw(total, take, m_stop)
                                   : store::forEachRaw(m_store, m_query, total, take, m_stop);
    goesOn = aside.finish().value_or(true) && goesOn;
    if (status && !goesOn && m_stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The export was cancelled."));
    }
    return status;
}

event::Result<std::map<store::SourceId, std::string>> EventFlow::sourceNames() const
{
    const auto sources = m_store.sources().result();
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    std::map<store::SourceId, std::string> names;
    for (const store::SourceConfig &source : *sources) {
        const std::string name = source.name.toStdString();
        names.emplace(source.id, m_redactor ? m_redactor->redactedSource(name) : name);
    }
    return names;
}

event::Result<std::map<QString, store::Annotation>> EventFlow::annotations() const
{
    auto list = store::Annotations(borrowed(m_store)).list();
    list.waitForFinished();
    auto all = list.result();
    if (!all) {
        return tl::unexpected(all.error());
    }
    const auto shown = [this](const QString &text) {
        return m_redactor ? QString::fromStdString(m_redactor->redactedText(text.toStdString())) : text;
    };
    std::map<QString, store::Annotation> byUuid;
    for (store::Annotation &annotation : *all) {
        annotation.note = shown(annotation.note);
        for (QString &tag : annotation.tags) {
            tag = shown(tag);
        }
        const QString uuid = annotation.uuid;
        byUuid.emplace(uuid, std::move(annotation));
    }
    return byUuid;
}

void EventFlow::finish(qint64 events)
{
    m_done.events = m_done.total = events;
    tell(true);
}

} // namespace octotrail::exchange
