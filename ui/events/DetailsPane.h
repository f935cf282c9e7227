// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "store/Store.h"
#include "ui/events/EventSummary.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace octotrail::ui {

class AnnotationBook;
class AnnotationStrip;
class FactsView;
class ProfileLinks;
class JsonPane;
class JsonTreeView;
class RawView;
class RelatedPane;
class StatePage;

/// One event in full: what happened in words, its JSON as a tree, and its bytes. Reads and parses off the GUI thread;
/// of several events asked for quickly the last one is shown.
class DetailsPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPane(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~DetailsPane() override;

    void showSeq(std::optional<store::Seq> seq);
    void setTimeDisplay(const TimeDisplay &time);
    void setSourceNames(const std::vector<store::SourceConfig> &sources);

    /// What is noted of the event is shown with it.
    void setAnnotations(const AnnotationBook &book);

    /// The event that is shown, when it has been read.
    const std::optional<store::StoredEvent> &shownEvent() const { return m_event; }
    /// If the focus is in the JSON: goes to its search field, and gives whether it did.
    bool findHere();
    int currentTab() const;
    void setCurrentTab(int tab);
    /// Gives the focus to the row of tabs, where the arrow keys go from one to the next.
    void focusTabs();

Q_SIGNALS:
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);
    void filterRequested(const QString &path, const QString &value, bool exclude);
    /// A comparison is to be joined to the filter.
    void narrowRequested(const QString &comparison);
    void columnRequested(const QString &path);
    /// Another event is to be gone to.
    void eventRequested(octotrail::store::Seq seq, const QString &uuid);
    /// The events that go with this one are to be the result.
    void groupRequested(const QString &filter, const octotrail::event::TimeRange &range);
    void entityRequested(const octotrail::store::Entity &entity);
    void eventShown();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Read;
    static Read prepare(const event::Result<store::StoredEvent> &result);
    void read();
    void take(store::Seq seq, Read read);
    void showSummary();

    std::shared_ptr<store::Store> m_store;
    TimeDisplay m_time;
    std::vector<store::SourceConfig> m_sources;
    std::optional<store::Seq> m_wanted;
    std::optional<store::StoredEvent> m_event;
    bool m_reading = false;
    QTimer m_delay;

    QStackedWidget *m_pages;
    StatePage *m_empty;
    QLabel *m_mark;
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_description;
    QLabel *m_defects;
    AnnotationStrip *m_annotations;
    ProfileLinks *m_links;
    QTabWidget *m_tabs;
    FactsView *m_facts;
    JsonPane *m_json;
    JsonTreeView *m_tree;
    RawView *m_raw;
    RelatedPane *m_related;
};

} // namespace octotrail::ui
