// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "store/Store.h"
#include "ui/entities/EntityHistory.h"
#include "ui/entities/EntityReader.h"
#include "ui/events/QueryHistory.h"

#include <QTimer>
#include <QWidget>
#include <memory>

class QAction;
class QLabel;
class QSettings;
class QStackedWidget;

namespace octotrail::ui {

class EntityPage;
class EntityPicker;
class StatePage;

/// What events say of one actor, address, device or app: a page each, with a way back and forward among them.
class EntityView : public QWidget
{
    Q_OBJECT

public:
    EntityView(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent = nullptr);
    ~EntityView() override;

    void open(const store::Entity &entity);
    const EntityReader &reader() const { return *m_reader; }
    EntityPage *page() const { return m_page; }
    EntityPicker *picker() const { return m_picker; }
    TimeRangeChoice *timeRange() const { return m_range; }
    StatePage *statePage() const;
    void focusPicker();
    void setTimeDisplay(const TimeDisplay &time);

    struct Actions
    {
        QAction *back;
        QAction *forward;
        QAction *showEvents;
        QAction *refresh;
    };
    const Actions &actions() const { return m_actions; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);
    void showAllTime();

Q_SIGNALS:
    /// A page is about to be shown.
    void opened();
    void eventsRequested(const octotrail::ui::BarState &state);
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);
    void alertRequested(octotrail::store::AlertId alert);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    /// What the field for names has no use for scrolls the page.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeActions();
    void makeHead();
    void goTo(const EntityPlace &place);
    void takeRange();
    void ask();
    void showState();
    void requestEvents(const QString &filter);
    void scheduleRefresh();
    EntityPlace place(const store::Entity &entity) const;

    std::shared_ptr<store::Store> m_store;
    EntityReader *m_reader;
    EntityHistory m_history;
    TimeDisplay m_time;
    Actions m_actions{};
    QWidget *m_head;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    EntityPicker *m_picker;
    TimeRangeChoice *m_range;
    QStackedWidget *m_pages;
    EntityPage *m_page;
    StatePage *m_none;
    StatePage *m_counting;
    StatePage *m_unknown;
    StatePage *m_failed;
    QTimer m_refresh;
    QTimer m_busy; ///< for a moment nothing is said of counting
    bool m_outdated = false;
};

} // namespace octotrail::ui
