// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventFlow.h"

#include "event/Json.h"
#include "exchange/Aside.h"
#include "store/Annotations.h"
#include "store/ChosenEvents.h"

#include <utility>

namespace octotrail::exchange {

namespace {

constexpr std::chrono::milliseconds progressPeriod{100};
constexpr std::size_t atOnce = 256; ///< events that are learnt or redacted while the next are read

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

event::Status EventFlow::forEach(const std::function<bool(const store::StoredEvent &)> &consume)
{
    const auto total = [this](std::int64_t events) { m_done.total = events; };
    return m_options.chosen ? store::ChosenEvents(m_store, *m_options.chosen).forEach(total, consume, m_stop)
                            : m_store.forEachEvent(m_query, total, consume, m_stop);
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
    std::vector<std::string> some;
    Aside<bool> learning;
    const auto learn = [&] {
        learning.finish();
        learning.begin([this, texts = std::exchange(some, {})] {
            for (const std::string &text : texts) {
                m_redactor->learn(text);
            }
            return true;
        });
    };
    auto status = forEach([&](const store::StoredEvent &stored) {
        some.push_back(stored.event.bytes());
        m_newestLearnt = std::max(m_newestLearnt, stored.seq);
        ++m_done.events;
        if (some.size() >= atOnce) {
            learn();
        }
        tell(false);
        return true;
    });
    learn();
    learning.finish();
    m_done = {};
    return status;
}

event::Status EventFlow::run(const std::function<bool(const store::StoredEvent &)> &write)
{
    event::EventReader reader;
    return flow(write, [&](store::Seq seq, store::SourceId source, std::string bytes) {
        return write({seq, source, reader.read(std::move(bytes))});
    });
}

event::Status EventFlow::runBytes(const std::function<bool(const std::string &bytes, bool isJson)> &write)
{
    return flow(
        [&](const store::StoredEvent &stored) {
            const event::LogEvent &event = stored.event;
            return write(event.bytes(), event.defects().isEmpty() || event::readTree(event.bytes()).has_value());
        },
        [&](store::Seq, store::SourceId, const std::string &bytes) { return write(bytes, true); });
}

event::Status EventFlow::flow(
    const std::function<bool(const store::StoredEvent &)> &plain, const WriteRedacted &redacted)
{
    auto status = m_redactor ? flowRedacted(redacted) : forEach([&](const store::StoredEvent &stored) {
        const bool goesOn = plain(stored);
        m_done.events += goesOn ? 1 : 0;
        tell(false);
        return goesOn;
    });
    if (status) {
        tell(true);
    }
    return status;
}

event::Status EventFlow::flowRedacted(const WriteRedacted &write)
{
    std::vector<Original> some;
    Aside<Outcome> redacting;
    bool goesOn = true;
    const auto give = [&] {
        goesOn = goesOn && take(redacting.finish());
        if (goesOn) {
            redacting.begin([this, &write, originals = std::exchange(some, {})] { return redact(originals, write); });
        }
        return goesOn;
    };
    auto status = forEach([&](const store::StoredEvent &stored) {
        if (stored.seq > m_newestLearnt) {
            --m_done.total; // it came while the others were learnt
            return true;
        }
        some.push_back({stored.seq, stored.source, stored.event.bytes()});
        return some.size() < atOnce || give();
    });
    if (status && give()) {
        take(redacting.finish());
    }
    return status;
}

EventFlow::Outcome EventFlow::redact(const std::vector<Original> &some, const WriteRedacted &write) const
{
    Outcome outcome;
    for (const Original &original : some) {
        if (auto bytes = m_redactor->redacted(original.bytes); !bytes) {
            ++outcome.withheld;
        } else if (write(original.seq, original.source, std::move(*bytes))) {
            ++outcome.written;
        } else {
            outcome.goesOn = false;
            break;
        }
    }
    return outcome;
}

bool EventFlow::take(const std::optional<Outcome> &outcome)
{
    if (outcome) {
        m_done.events += outcome->written;
        m_done.withheld += outcome->withheld;
        tell(false);
    }
    return !outcome || outcome->goesOn;
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
