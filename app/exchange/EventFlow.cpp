// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventFlow.h"

#include "store/Annotations.h"

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
    auto status = m_store.forEachEvent(
        m_query, [this](std::int64_t total) { m_done.total = total; },
        [this](const store::StoredEvent &stored) {
            m_redactor->learn(stored.event.bytes());
            m_newestLearnt = std::max(m_newestLearnt, stored.seq);
            ++m_done.events;
            tell(false);
            return true;
        },
        m_stop);
    m_done = {};
    return status;
}

event::Status EventFlow::run(const std::function<bool(const store::StoredEvent &)> &write)
{
    event::EventReader reader;
    auto status = m_store.forEachEvent(
        m_query, [this](std::int64_t total) { m_done.total = total; },
        [&](const store::StoredEvent &stored) {
            bool goesOn = true;
            if (!m_redactor) {
                goesOn = write(stored);
                m_done.events += goesOn ? 1 : 0;
            } else if (stored.seq > m_newestLearnt) {
                --m_done.total; // it came while the others were learnt
            } else if (auto bytes = m_redactor->redacted(stored.event.bytes())) {
                goesOn = write({stored.seq, stored.source, reader.read(std::move(*bytes))});
                m_done.events += goesOn ? 1 : 0;
            } else {
                ++m_done.withheld;
            }
            tell(false);
            return goesOn;
        },
        m_stop);
    if (status) {
        tell(true);
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
