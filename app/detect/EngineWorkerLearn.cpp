// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/EngineWorker.h"
#include "detect/RuleTester.h"

#include <QByteArray>
#include <QLoggingCategory>
#include <algorithm>

namespace octotrail::detect {

using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(log, "octotrail.detect.past")

/// By which the store remembers that a correlation knows the past, and of which sources.
constexpr std::string_view learnedRoot = "learned/";

std::vector<store::SourceId> sourcesIn(const std::string &text)
{
    std::vector<store::SourceId> sources;
    for (const QByteArray &number : QByteArray::fromStdString(text).split(' ')) {
        if (const int id = number.toInt(); id > 0) {
            sources.push_back(id);
        }
    }
    return sources;
}

} // namespace

/// Correlations that are new to the store learn from its past what they would know if they had watched it. So do those
/// that were away or off for a while, or off for a source: what came then they have not seen.
void EngineWorker::learn(const SigmaDetector::Watches &watches, std::map<std::string, std::string> &state)
{
    std::map<std::string, std::string> gone; // what is known of rules that watch nothing now
    for (const auto &[key, text] : state) {
        if (key.starts_with(learnedRoot) && !text.empty()) {
            gone.emplace(key, text);
        }
    }
    RuleSet set;
    set.rules = m_detector->nativeRules();
    for (const RulePtr &rule : set.rules) {
        if (!rule->correlation()) {
            continue;
        }
        std::string watched;
        for (const auto &[id, source] : m_sources) {
            watched += watches(*rule, id) ? std::to_string(id) + ' ' : std::string();
        }
        if (watched.empty() && !m_sources.empty()) {
            continue;
        }
        watched = watched.empty() ? "none" : watched;
        const std::string key = std::string(learnedRoot) + rule->id.toStdString() + '/' + rule->digest;
        const auto before = gone.extract(key);
        if (m_stop.stop_requested() || (before && before.mapped() == watched)) {
            continue;
        }
        std::vector<store::SourceId> fresh = sourcesIn(watched);
        if (before) {
            const auto known = sourcesIn(before.mapped());
            std::erase_if(fresh, [&](store::SourceId id) { return std::ranges::find(known, id) != known.end(); });
        }
        if (!(before && fresh.empty()) && m_status.cursor > 0) {
            const auto learned = learnOne(set, rule, before ? fresh : std::vector<store::SourceId>(), state);
            if (!learned) {
                qCWarning(log).noquote() << learned.error().sentence;
                continue;
            }
        }
        m_pending[key] = watched;
    }
    if (!m_stop.stop_requested()) {
        for (const auto &[key, text] : gone) {
            m_pending[key].clear();
        }
    }
}

/// Does nothing if sources are named and have had no such events: a source that was just added has no past.
event::Status EngineWorker::learnOne(const RuleSet &set, const RulePtr &rule,
    const std::vector<store::SourceId> &newSources, std::map<std::string, std::string> &state)
{
    SigmaDetector pupil(closureOf(set, rule));
    filter::Or any;
    for (const RulePtr &one : pupil.rules()) {
        if (one->expression() && one->expression()->root()) {
            any.terms.push_back(one->expression()->root());
        }
    }
    store::EventQuery query;
    query.expression = filter::Expression(std::make_shared<const filter::Node>(filter::Node{std::move(any)}));
    query.range.since = event::now() - rule->correlation()->timespan - 1h;
    query.descending = false;
    if (!newSources.empty()) {
        query.sources = newSources;
        bool hasPast = false;
        event::Status looked = m_store->forEachEvent(
            query, {},
            [&](const store::StoredEvent & /*stored*/) {
                hasPast = true;
                return false;
            },
            m_stop.get_token());
        if (!looked || !hasPast) {
            return looked;
        }
        query.sources.clear();
    }
    std::vector<Match> ignored;
    event::Status read = m_store->forEachEvent(
        query, {},
        [&](const store::StoredEvent &stored) {
            if (stored.seq <= m_snapshot) { // replay() does the rest
                pupil.process({{stored.seq, stored.source, &stored.event}}, ignored);
                ignored.clear();
            }
            return true;
        },
        m_stop.get_token());
    if (read) {
        for (auto &[key, text] : pupil.takeChangedState()) {
            m_pending[key] = text;
            state[key] = std::move(text);
        }
    }
    return read;
}

} // namespace octotrail::detect
