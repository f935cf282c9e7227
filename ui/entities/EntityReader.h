// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "store/EntityProfile.h"
#include "store/Histogram.h"

#include <QElapsedTimer>
#include <QObject>
#include <memory>
#include <optional>
#include <stop_token>

namespace octotrail::ui {

/// What the store tells of one entity, asked for in parts. The last question counts; an earlier one is stopped.
class EntityReader : public QObject
{
    Q_OBJECT

public:
    enum class State { Empty, Counting, Ready, Failed };

    struct Question
    {
        store::Entity entity;
        event::TimeRange range;
        event::ZoneOffsets zone{};
        int bins = 120;
    };

    EntityReader(std::shared_ptr<store::Store> store, store::Alerts &alerts, QObject *parent = nullptr);
    ~EntityReader() override;

    void ask(const Question &question);
    void stop();

    State state() const { return m_state; }
    const event::Error &error() const { return m_error; }
    /// The last question that was answered, or is being.
    const Question &question() const { return m_question; }
    /// Of the question; stays until the next answer is there.
    const store::EntityData &data() const { return m_data; }
    /// What tells what is new: the data, or, if nothing is before the time that was asked about, the same of its latest
    /// part (see recentPart).
    const store::EntityData &comparison() const { return m_recent ? *m_recent : m_data; }
    bool isLately() const { return m_recent.has_value(); }
    /// The time of the comparison.
    const event::TimeRange &comparedRange() const { return m_recent ? m_recentRange : m_question.range; }
    const store::HistogramData &timeline() const { return m_timeline; }
    const std::vector<store::Alert> &alerts() const { return m_found; }
    /// Of the actor or device, if the store has it.
    const std::optional<store::Profile> &profile() const { return m_profile; }
    /// What others did to an actor: event types, most frequent first.
    const std::vector<store::Store::ValueCount> &suffered() const { return m_suffered; }
    std::chrono::milliseconds took() const { return m_took; }

Q_SIGNALS:
    /// Something of it has come, or the state has changed.
    void changed();

private:
    void count(quint64 job);
    void countRecent(quint64 job);
    void finish(quint64 job);
    void countTimeline(quint64 job);
    void countSuffered(quint64 job);
    void findAlerts(quint64 job);
    void findProfile(quint64 job);
    void fail(const event::Error &error);

    std::shared_ptr<store::Store> m_store;
    store::Alerts &m_alerts;
    Question m_question;
    State m_state = State::Empty;
    event::Error m_error;
    store::EntityData m_data;
    std::optional<store::EntityData> m_recent;
    event::TimeRange m_recentRange;
    store::HistogramData m_timeline;
    std::vector<store::Alert> m_found;
    std::optional<store::Profile> m_profile;
    std::vector<store::Store::ValueCount> m_suffered;
    std::stop_source m_stop;
    quint64 m_job = 0;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_took{0};
};

} // namespace octotrail::ui
