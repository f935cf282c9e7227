// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <memory>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace octotrail::ui {

class AlertEventsModel;
class JsonTreeView;
class StatusIcon;
class ToneLabel;

/// One alert in full: what it says, what to do, its events, its context, and what was done about it. All of it plain
/// text: rules and events may say anything.
class AlertPane : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Overview, Events, Context, Notes };

    AlertPane(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent = nullptr);

    /// 0 for none.
    void showAlert(store::AlertId id);
    /// The one that is shown, once it has been read.
    const std::optional<store::AlertDetails> &details() const { return m_details; }
    void setSourceName(const QString &name);
    void setTimeDisplay(const TimeDisplay &time);
    int currentTab() const;
    void setCurrentTab(int tab);
    /// To the field for a note.
    void writeNote();

    /// The filter that shows the events of the alert; empty if there are none.
    static QString eventFilter(const store::AlertDetails &details);
    static constexpr std::size_t mostFiltered = 500;

Q_SIGNALS:
    void shown();
    /// Show the events that the filter gives.
    void eventsRequested(const QString &filter);
    void failed(const QString &sentence);

private:
    void build();
    QWidget *makeEvents();
    QWidget *makeNotes();
    void read();
    void showContent(bool show);
    void update();
    QString overview() const;
    QString notes() const;
    void addNote();
    void setFact(int fact, const QString &value, const QString &whole = {});

    std::shared_ptr<store::Store> m_store;
    store::Alerts &m_alerts;
    TimeDisplay m_time;
    store::AlertId m_id = 0;
    std::optional<store::AlertDetails> m_details;
    QString m_sourceName;
    quint64 m_job = 0;
    QWidget *m_content;
    QLabel *m_hint = nullptr; ///< in its place as long as none is chosen
    StatusIcon *m_icon;
    ToneLabel *m_severity;
    ToneLabel *m_state;
    ToneLabel *m_title;
    QFormLayout *m_facts;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_overview;
    AlertEventsModel *m_eventsModel;
    QTableView *m_events = nullptr;
    QLabel *m_eventCount = nullptr;
    QPushButton *m_showEvents = nullptr;
    JsonTreeView *m_context;
    QPlainTextEdit *m_notes = nullptr;
    QLineEdit *m_note = nullptr;
    QPushButton *m_addNote = nullptr;
};

} // namespace octotrail::ui
