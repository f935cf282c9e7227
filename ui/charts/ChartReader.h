// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ChartCounts.h"
#include "store/Histogram.h"
#include "ui/charts/ChartContent.h"
#include "ui/models/TimeDisplay.h"

#include <QElapsedTimer>
#include <QObject>
#include <memory>
#include <optional>
#include <stop_token>

namespace octotrail::ui {

/// Counts what a chart shows. The last question counts; an earlier one is stopped.
class ChartReader : public QObject
{
    Q_OBJECT

public:
    explicit ChartReader(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~ChartReader() override;

    struct Question
    {
        ChartSpec spec;
        store::EventQuery query;
        store::SeqsPtr seqs; ///< of the query, if they are known
        TimeDisplay time;
        int bins = 60;
    };
    void ask(Question question);
    void stop();
    bool isCounting() const { return m_counting; }
    std::chrono::milliseconds took() const { return m_took; }

Q_SIGNALS:
    void counted(const octotrail::ui::ChartContent &content);
    void failed(const octotrail::event::Error &error);

private:
    template <class T, class Make>
    void take(const QFuture<event::Result<T>> &future, Make make);
    void countTime(const Question &question);

    std::shared_ptr<store::Store> m_store;
    std::stop_source m_stop;
    quint64 m_job = 0;
    bool m_counting = false;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_took{0};
};

} // namespace octotrail::ui
