// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/entities/EntityReader.h"
#include "ui/events/TimelineView.h"

#include <QScrollArea>
#include <map>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace octotrail::ui {

class HeatMap;
class SentenceButton;
class ValueCard;

/// The cards of an entity's page. Everything on it can be clicked.
class EntityPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit EntityPage(QWidget *parent = nullptr);

    void showAnswer(const EntityReader &reader);
    void setTimeDisplay(const TimeDisplay &time) { m_time = time; }

    HeatMap *heatMap() const { return m_heatMap; }
    TimelineView *timeline() const { return m_timeline; }
    ValueCard *card(store::EntityAspect aspect) const;
    ValueCard *sufferedCard() const { return m_suffered; }
    QStringList sentences() const;

Q_SIGNALS:
    void filterRequested(const QString &filter);
    void rangeRequested(const octotrail::event::TimeRange &range);
    void entityRequested(const octotrail::store::Entity &entity);
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);
    void alertRequested(octotrail::store::AlertId alert);

private:
    struct List
    {
        QWidget *panel = nullptr;
        QLabel *title = nullptr;
        QVBoxLayout *rows = nullptr;
    };
    List makeList(const QString &title);
    QWidget *framed(const QString &title, QWidget *content);
    ValueCard *makeCard(const QString &title);
    void arrange(store::EntityKind kind);
    void showUnusual(const EntityReader &reader);
    void showAlerts(const EntityReader &reader);
    void showProfile(const EntityReader &reader);
    void showCards(const EntityReader &reader);
    void showTimeline(const EntityReader &reader);
    static void clear(const List &list);
    void addLine(const List &list, const QString &text, bool muted);

    TimeDisplay m_time;
    QGridLayout *m_grid;
    List m_unusual;
    List m_alerts;
    List m_profile;
    QWidget *m_activity;
    QWidget *m_history;
    HeatMap *m_heatMap;
    TimelineView *m_timeline;
    std::map<store::EntityAspect, ValueCard *> m_cards;
    ValueCard *m_suffered;
    std::optional<store::EntityKind> m_arranged;
    QStringList m_told; ///< what the lists of sentences show: unchanged, they stay, and with them the focus
    QStringList m_alertsTold;
    QString m_profileTold;
};

} // namespace octotrail::ui
