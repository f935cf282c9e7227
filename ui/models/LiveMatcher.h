// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "store/Store.h"

#include <QObject>
#include <QThread>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::ui {

/// A new event that matches.
struct LiveRow
{
    store::Seq seq = 0;
    std::optional<event::Timestamp> published;
};

using LiveRows = std::shared_ptr<const std::vector<LiveRow>>;

/// Decides about every event that is committed to a store whether a query would find it, in a thread of its own, so
/// that a window follows a running import without reading the store again.
class LiveMatcher : public QObject
{
    Q_OBJECT

public:
    explicit LiveMatcher(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~LiveMatcher() override;

    /// Events committed from now on are asked of this query; the answers carry its generation.
    void setQuery(quint64 generation, const store::EventQuery &query);

Q_SIGNALS:
    void matched(quint64 generation, const octotrail::ui::LiveRows &rows);

private:
    struct Worker;
    std::shared_ptr<store::Store> m_store;
    QThread m_thread;
    Worker *m_worker;
};

/// Whether a query finds an event: its range, its sources and what it says about the event.
class QueryMatcher
{
public:
    /// profiles are asked if the query asks for any.
    explicit QueryMatcher(const store::EventQuery &query, filter::ProfileIndexPtr profiles = {});
    bool matches(store::SourceId source, const event::LogEvent &event) const;

private:
    filter::Matcher m_matcher;
    event::TimeRange m_range;
    std::vector<store::SourceId> m_sources;
};

} // namespace octotrail::ui
