// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Pivot.h"
#include "ui/charts/ChartContent.h"

#include <QElapsedTimer>
#include <QObject>
#include <memory>
#include <stop_token>

namespace octotrail::ui {

/// Finds the values of a field that are new: those that no event before the chosen time has, or, where nothing is
/// before it, no event before the latest part of it. The last question counts; an earlier one is stopped.
class NewValues : public QObject
{
    Q_OBJECT

public:
    explicit NewValues(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~NewValues() override;

    struct Question
    {
        store::EventQuery query; ///< with the chosen time
        ChartSpec spec; ///< bars
    };
    struct Answer
    {
        ChartContent content; ///< the new values, most frequent first
        std::optional<event::Timestamp> since; ///< they are new since then; absent: there is nothing to compare with
        bool isChosen = false; ///< since is the beginning of the chosen time
    };
    void ask(const Question &question);
    void stop();
    std::chrono::milliseconds took() const { return m_took; }

Q_SIGNALS:
    void found(const octotrail::ui::NewValues::Answer &answer);
    void failed(const octotrail::event::Error &error);

private:
    std::shared_ptr<store::Store> m_store;
    std::stop_source m_stop;
    quint64 m_job = 0;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_took{0};
};

} // namespace octotrail::ui
