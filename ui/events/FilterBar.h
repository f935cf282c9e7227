// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "ui/events/EventTable.h"
#include "ui/events/QueryHistory.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/models/EventResult.h"

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QScrollArea;
class QSettings;
class QToolButton;

namespace octotrail::ui {

class ChipBar;
class FilterEdit;
class FollowButton;
class SourceChoice;
class ZoneChoice;

/// Everything that decides which events are shown: the filter, the time range, the sources; and what came of it.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    FilterEdit *edit() const { return m_edit; }
    TimeRangeChoice *timeRange() const { return m_range; }
    SourceChoice *sources() const { return m_sources; }
    ChipBar *chips() const { return m_chips; }
    ZoneChoice *zone() const { return m_zone; }

    /// The filter that was applied last, as it was typed.
    const QString &filter() const { return m_applied; }
    /// Puts the text into the field and applies it. Terms that are switched off go, unless it is the same filter.
    void setFilter(const QString &filter);
    /// Narrows what is shown: the condition is joined to the filter. Words of either are kept, as comparisons.
    void narrow(const QString &condition);
    void clear();

    /// Whether the filter is shown as chips, not as text: one thing seen in two ways.
    bool showsChips() const { return m_showsChips; }
    /// Text that is no filter stays text.
    void setShowsChips(bool on);
    /// Puts the keyboard where the filter is edited.
    void focusFilter();

    /// What the bar is set to, and setting it to that: one query, asked once.
    BarState state() const;
    void setState(const BarState &state);
    /// Buttons before the field that go back and forward.
    void setHistoryActions(QAction *back, QAction *forward);
    /// What the button with the bookmark opens.
    void setSearchesMenu(QMenu *menu);

    /// The query of what was applied, without an order. The range ends are of this moment.
    store::EventQuery query() const;

    const TimeDisplay &timeDisplay() const { return m_time; }
    void setTimeDisplay(const TimeDisplay &time);

    void showResult(const EventResult &result, qint64 shown, bool truncated, std::optional<qint64> total);
    FollowButton *followButton() const { return m_follow; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);
    /// What is asked for: of one case, where the rest is of all.
    void saveQuery(QSettings &settings) const;
    void restoreQuery(const QSettings &settings);

protected:
    void changeEvent(QEvent *event) override;

Q_SIGNALS:
    /// The query is another one, or is to be asked again.
    void applied();
    void cancelRequested();
    void followToggled();
    void timeDisplayChanged();
    void leaveRequested();
    void showsChipsChanged(bool on);
    /// A stretch of time was chosen that is to be zoomed into.
    void zoomRequested(const octotrail::event::TimeRange &range);

private:
    bool applyText();
    /// What was applied is asked again, as of now.
    void ask();
    void showError(const event::Error &error, bool isHint);
    void hideError();
    void colourError();
    void connectParts();
    void makeRows();
    void showTerms();
    void showCount();

    QString m_applied;
    filter::Input m_input;
    filter::TermList m_terms; ///< of m_applied, with those that are switched off
    TimeDisplay m_time;
    bool m_showsChips = false;
    bool m_isHint = false;
    FilterEdit *m_edit;
    QLabel *m_error;
    TimeRangeChoice *m_range;
    SourceChoice *m_sources;
    QToolButton *m_back;
    QToolButton *m_forward;
    ZoneChoice *m_zone;
    ChipBar *m_chips;
    QScrollArea *m_chipArea;
    QToolButton *m_chipsToggle;
    QToolButton *m_switchedOff;
    QToolButton *m_saved;
    FollowButton *m_follow;
    QString m_found; ///< how many events
    QLabel *m_count;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    event::Timestamp m_appliedAt{};
};

} // namespace octotrail::ui
