// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/EntityReader.h"

#include "filter/Expression.h"
#include "store/Facets.h"
#include "store/Profiles.h"
#include "ui/entities/RecentPart.h"
#include "ui/widgets/WhenFinished.h"

namespace octotrail::ui {

namespace {

constexpr int valuesOfAnAspect = 8;
constexpr std::size_t mostProfiles = 4;

store::EventQuery queryOf(const std::string &filter, const event::TimeRange &range)
{
    store::EventQuery query;
    query.expression = filter::parse(filter).value_or(filter::Expression());
    query.range = range;
    return query;
}

} // namespace

EntityReader::EntityReader(std::shared_ptr<store::Store> store, store::Alerts &alerts, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_alerts(alerts)
{ }

EntityReader::~EntityReader()
{
    m_stop.request_stop();
}

void EntityReader::ask(const Question &question)
{
    stop();
    if (question.entity != m_question.entity) {
        m_data = {};
        m_recent.reset();
        m_timeline = {};
        m_found.clear();
        m_profile.reset();
        m_suffered.clear();
    }
    m_question = question;
    m_stop = std::stop_source();
    m_state = State::Counting;
    m_clock.start();
    const quint64 job = m_job;
    count(job);
    countTimeline(job);
    countSuffered(job);
    Q_EMIT changed();
}

void EntityReader::stop()
{
    m_stop.request_stop();
    ++m_job;
    if (m_state == State::Counting) {
        m_state = State::Empty;
    }
}

void EntityReader::fail(const event::Error &error)
{
    if (error.kind == event::ErrorKind::Cancelled) {
        return;
    }
    m_stop.request_stop();
    ++m_job;
    m_error = error;
    m_state = State::Failed;
    Q_EMIT changed();
}

void EntityReader::count(quint64 job)
{
    store::EntityRequest request{m_question.entity, m_question.range, {}, m_question.zone, valuesOfAnAspect};
    whenFinished(store::EntityProfile(*m_store).count(std::move(request), m_stop), this,
        [this, job](event::Result<store::EntityData> data) {
            if (job != m_job) {
                return;
            }
            if (!data) {
                fail(data.error());
                return;
            }
            m_data = std::move(*data);
            countRecent(job);
        });
}

/// Without anything before the time, its latest part is compared with what is before that.
void EntityReader::countRecent(quint64 job)
{
    event::TimeRange range = m_question.range;
    if (m_data.before == 0 && m_data.inRange > 1 && m_data.first && m_data.last) {
        range.since = recentPart(*m_data.first, std::min(*m_data.last, range.until.value_or(*m_data.last)));
    }
    if (range == m_question.range) {
        m_recent.reset();
        finish(job);
        return;
    }
    store::EntityRequest request{m_question.entity, range, {}, m_question.zone, valuesOfAnAspect};
    whenFinished(store::EntityProfile(*m_store).count(std::move(request), m_stop), this,
        [this, job, range](event::Result<store::EntityData> data) {
            if (job != m_job) {
                return;
            }
            if (!data) {
                fail(data.error());
                return;
            }
            m_recent = std::move(*data);
            m_recentRange = range;
            finish(job);
        });
}

void EntityReader::finish(quint64 job)
{
    m_took = std::chrono::milliseconds(m_clock.elapsed());
    m_state = State::Ready;
    findAlerts(job);
    findProfile(job);
    Q_EMIT changed();
}

void EntityReader::countTimeline(quint64 job)
{
    store::HistogramRequest request;
    request.query = queryOf(store::entityFilter(m_question.entity), m_question.range);
    request.span = m_question.range;
    if (request.span.since && !request.span.until) {
        request.now = event::now();
    }
    request.maxBins = m_question.bins;
    request.zone = m_question.zone;
    whenFinished(store::Histogram(*m_store).count(std::move(request), m_stop), this,
        [this, job](event::Result<store::HistogramData> data) {
            if (job != m_job) {
                return;
            }
            if (!data) {
                fail(data.error());
                return;
            }
            m_timeline = std::move(*data);
            Q_EMIT changed();
        });
}

void EntityReader::countSuffered(quint64 job)
{
    const std::string filter = store::entityAsTargetFilter(m_question.entity);
    if (filter.empty()) {
        return;
    }
    store::FacetRequest request;
    request.query = queryOf(filter, m_question.range);
    request.paths = {"eventType"};
    request.limit = valuesOfAnAspect;
    whenFinished(store::Facets(*m_store).count(std::move(request), m_stop), this,
        [this, job](event::Result<store::Facet> facet) {
            if (job != m_job) {
                return;
            }
            if (!facet) {
                fail(facet.error());
                return;
            }
            m_suffered = std::move(facet->values);
            Q_EMIT changed();
        });
}

void EntityReader::findAlerts(quint64 job)
{
    if (m_data.alerts.empty()) {
        m_found.clear();
        return;
    }
    whenFinished(m_alerts.alerts(m_data.alerts), this, [this, job](event::Result<std::vector<store::Alert>> alerts) {
        if (job == m_job) {
            m_found = std::move(alerts).value_or(std::vector<store::Alert>());
            Q_EMIT changed();
        }
    });
}

void EntityReader::findProfile(quint64 job)
{
    std::vector<std::string> ids;
    auto kind = store::ProfileKind::User;
    if (m_question.entity.path == "device.id" || m_question.entity.path == "actor.id") {
        ids.push_back(m_question.entity.value);
        kind = m_question.entity.kind == store::EntityKind::Device ? store::ProfileKind::Device : kind;
    } else if (m_question.entity.kind == store::EntityKind::Actor) {
        for (const store::EntityValue &actor : m_data.facet(store::EntityAspect::Actor).values) {
            if (ids.size() < mostProfiles && !actor.parts.back().empty()) {
                ids.push_back(actor.parts.back());
            }
        }
    }
    if (ids.empty()) {
        return;
    }
    whenFinished(store::Profiles(*m_store).find(kind, std::move(ids)), this,
        [this, job](event::Result<std::vector<store::Profile>> found) {
            if (job == m_job && found && !found->empty()) {
                m_profile = std::move(found->front());
                Q_EMIT changed();
            }
        });
}

} // namespace octotrail::ui
