// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/TimelineLook.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <optional>

namespace octotrail::ui {

/// Something that happened at a moment, shown above the bars.
struct TimelineMark
{
    event::Timestamp time;
    Tone tone = Tone::Bad;
    QString text; ///< plain
};

/// The bars of a timeline. A stretch is chosen by dragging over it, or with the arrow keys and Shift, and taken with
/// Enter; a double click takes one bar.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void setData(const store::HistogramData &data, TimelineModel::Split split);
    const store::HistogramData &data() const { return m_data; }
    /// Says something instead of the bars; empty: shows the bars.
    void setMessage(const QString &message);
    QString message() const { return m_message; }
    /// The bars are of another query than the one that is running.
    void setStale(bool stale);
    void setTimeDisplay(const TimeDisplay &time);
    const TimeDisplay &timeDisplay() const { return m_time; }
    /// Stretches that the sources' logs are not in the store of: hatched.
    void setUncovered(std::vector<event::TimeRange> ranges);
    void setMarks(std::vector<TimelineMark> marks);

    /// Bins that there is room for.
    int room() const;
    /// The bin that the keys are at.
    std::optional<int> currentBin() const { return m_current; }
    std::optional<event::TimeRange> selection() const;
    void clearSelection();
    /// What is told about a bin.
    QString binText(int bin) const;
    QRect binRect(int bin) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The bars are of another time than before, or of other lengths.
    void timeChanged();
    void rangeChosen(const octotrail::event::TimeRange &range);
    /// The range before is wanted again.
    void backRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect plot() const;
    int binAt(int x) const;
    int xOf(event::Timestamp t) const;
    void moveTo(int bin, bool extend);
    void take();
    void tell();
    std::pair<int, int> chosenBins() const;
    void paintBars(QPainter &painter) const;
    void paintUncovered(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintHighest(QPainter &painter) const;
    void paintSelection(QPainter &painter) const;

    store::HistogramData m_data;
    TimelineModel::Split m_split = TimelineModel::Split::Outcome;
    std::vector<timeline::Layer> m_layers;
    std::int64_t m_highest = 0;
    QString m_message;
    TimeDisplay m_time;
    std::vector<event::TimeRange> m_uncovered;
    std::vector<TimelineMark> m_marks;
    bool m_stale = false;
    std::optional<int> m_current;
    std::optional<int> m_anchor; ///< the selection goes from here to the current bin
    bool m_dragging = false;
    int m_pressedAt = 0;
};

} // namespace octotrail::ui
