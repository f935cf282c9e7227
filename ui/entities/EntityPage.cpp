// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/EntityPage.h"

#include "store/ProfileFacts.h"
#include "ui/alerts/AlertLook.h"
#include "ui/entities/EntityText.h"
#include "ui/entities/HeatMap.h"
#include "ui/entities/SentenceButton.h"
#include "ui/entities/Unusual.h"
#include "ui/entities/ValueCard.h"
#include "ui/events/CellMenu.h"
#include "ui/profiles/ProfileSummary.h"
#include "ui/sources/Panel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EntityAspect;

namespace {

constexpr int columns = 3;
constexpr std::size_t mostAlerts = 4;
constexpr int mostFacts = 4;

} // namespace

EntityPage::EntityPage(QWidget *parent)
    : QScrollArea(parent)
    , m_heatMap(new HeatMap(this))
    , m_timeline(new TimelineView(this))
{
    setObjectName(u"entityPage"_s);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus); // the keys scroll it
    setAccessibleName(tr("What the events say"));
    auto *content = new QWidget(this);
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    m_grid->setSpacing(metrics::Unit + metrics::HalfUnit);
    for (int column = 0; column < columns; ++column) {
        m_grid->setColumnStretch(column, 1);
        m_grid->setColumnMinimumWidth(column, 10 * metrics::Unit);
    }
    setWidget(content);
    m_unusual = makeList(tr("Unusual in this time"));
    m_unusual.panel->setObjectName(u"unusual"_s);
    m_alerts = makeList(tr("Alerts"));
    m_alerts.panel->setObjectName(u"entityAlerts"_s);
    m_profile = makeList(tr("Profile"));
    m_profile.panel->setObjectName(u"entityProfile"_s);
    m_activity = framed(tr("Activity by hour and weekday"), m_heatMap);
    m_history = framed(tr("Events over time, by outcome"), m_timeline);
    for (int i = 0; i < store::entityAspects; ++i) {
        const auto aspect = static_cast<EntityAspect>(i);
        m_cards[aspect] = makeCard(aspectTitle(aspect));
    }
    m_suffered = makeCard(tr("Done to them by others"));
    connect(m_timeline, &TimelineView::rangeChosen, this, &EntityPage::rangeRequested);
}

QWidget *EntityPage::framed(const QString &title, QWidget *content)
{
    auto *panel = new ui::Panel(widget()); // QFrame has another Panel
    auto *heading = new QLabel(title, panel);
    heading->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit + metrics::HalfUnit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(heading);
    layout->addWidget(content);
    layout->addStretch(1);
    panel->hide();
    return panel;
}

EntityPage::List EntityPage::makeList(const QString &title)
{
    List list;
    auto *rows = new QWidget(widget());
    list.rows = new QVBoxLayout(rows);
    list.rows->setContentsMargins({});
    list.rows->setSpacing(0);
    list.panel = framed(title, rows);
    list.title = list.panel->findChild<QLabel *>();
    return list;
}

ValueCard *EntityPage::makeCard(const QString &title)
{
    auto *card = new ValueCard(title, widget());
    card->hide();
    connect(card, &ValueCard::filterRequested, this, &EntityPage::filterRequested);
    connect(card, &ValueCard::entityRequested, this, &EntityPage::entityRequested);
    return card;
}

ValueCard *EntityPage::card(EntityAspect aspect) const
{
    return m_cards.at(aspect);
}

QStringList EntityPage::sentences() const
{
    return m_told;
}

/// What a kind has on its page, in rows.
void EntityPage::arrange(store::EntityKind kind)
{
    if (m_arranged == kind) {
        return;
    }
    m_arranged = kind;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        item->widget()->hide();
        delete item;
    }
    const auto place = [&](QWidget *widget, int row, int column, int span) {
        m_grid->addWidget(widget, row, column, 1, span);
        widget->show();
    };
    const bool hasProfile = kind == store::EntityKind::Actor || kind == store::EntityKind::Device;
    place(m_unusual.panel, 0, 0, hasProfile ? 1 : 2);
    place(m_alerts.panel, 0, hasProfile ? 1 : 2, 1);
    if (hasProfile) {
        place(m_profile.panel, 0, 2, 1);
    }
    place(m_history, 1, 0, columns);
    const std::vector<EntityAspect> aspects = aspectsOf(kind);
    place(m_activity, 2, 0, 2);
    place(m_cards.at(aspects.front()), 2, 2, 1);
    int cell = 3 * columns;
    for (std::size_t i = 1; i < aspects.size(); ++i, ++cell) {
        place(m_cards.at(aspects[i]), cell / columns, cell % columns, 1);
    }
    if (kind == store::EntityKind::Actor) {
        place(m_suffered, cell / columns, cell % columns, 1);
    }
    m_grid->setRowStretch(cell / columns + 1, 1);
}

void EntityPage::showAnswer(const EntityReader &reader)
{
    arrange(reader.question().entity.kind);
    showUnusual(reader);
    showAlerts(reader);
    showProfile(reader);
    m_heatMap->setHours(reader.data().hours, rareHours(reader.comparison(), reader.comparedRange()));
    showTimeline(reader);
    showCards(reader);
}

void EntityPage::clear(const List &list)
{
    while (QLayoutItem *item = list.rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void EntityPage::addLine(const List &list, const QString &text, bool muted)
{
    auto *line = new QLabel(text, list.panel);
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setMinimumWidth(1);
    line->setContentsMargins(0, metrics::HalfUnit, 0, metrics::HalfUnit);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (muted) {
        line->setForegroundRole(QPalette::PlaceholderText);
    }
    list.rows->addWidget(line);
}

void EntityPage::showUnusual(const EntityReader &reader)
{
    const std::vector<Unusual> unusual
        = unusualOf(reader.question().entity, reader.comparison(), reader.comparedRange(), m_time);
    const QString note = comparedWith(reader.comparison(), reader.comparedRange(), m_time);
    QStringList told;
    for (const Unusual &one : unusual) {
        told << one.sentence;
    }
    m_unusual.title->setText(reader.isLately() ? tr("Unusual lately") : tr("Unusual in this time"));
    // The events are shown in the time of the page, of which this is a part.
    const QString lately = reader.isLately()
        ? u"published ge \"%1\""_s.arg(QString::fromStdString(event::formatTimestamp(*reader.comparedRange().since)))
        : QString();
    const bool comparable = reader.comparison().before > 0 && reader.comparison().inRange > 0;
    if (unusual.empty() && comparable) {
        told << tr("Nothing: all of it was seen before.");
    }
    told << note;
    if (told == m_told) {
        return;
    }
    m_told = told;
    clear(m_unusual);
    for (const Unusual &one : unusual) {
        auto *button = new SentenceButton(u"warning", Tone::Warning, one.sentence, m_unusual.panel);
        button->setToolTip(tr("Show these events"));
        const QString filter = joinedFilters(one.filter, lately);
        connect(button, &QAbstractButton::clicked, this, [this, filter] { Q_EMIT filterRequested(filter); });
        m_unusual.rows->addWidget(button);
    }
    for (qsizetype i = static_cast<qsizetype>(unusual.size()); i < told.size(); ++i) {
        addLine(m_unusual, told[i], i + 1 == told.size());
    }
}

void EntityPage::showAlerts(const EntityReader &reader)
{
    QStringList told;
    const auto &alerts = reader.alerts();
    for (const store::Alert &alert : alerts) {
        told << tr("%1 \u00b7 %2 \u00b7 %3")
                    .arg(alertLook(alert.severity).word, singleLine(alert.title, 160), m_time.seconds(alert.last));
    }
    told << QString::number(reader.data().alertCount);
    if (told == m_alertsTold) {
        return;
    }
    m_alertsTold = told;
    clear(m_alerts);
    const std::int64_t count = reader.data().alertCount;
    m_alerts.title->setText(count > 0 ? tr("Alerts (%1)").arg(QLocale().toString(qint64(count))) : tr("Alerts"));
    if (count == 0) {
        addLine(m_alerts, tr("None of its events in this time raised an alert."), true);
    }
    for (std::size_t i = 0; i < alerts.size() && i < mostAlerts; ++i) {
        const AlertLook look = alertLook(alerts[i].severity);
        auto *button = new SentenceButton(look.iconName, look.tone, told[static_cast<qsizetype>(i)], m_alerts.panel);
        button->setToolTip(tr("Show this alert"));
        connect(button, &QAbstractButton::clicked, this, [this, id = alerts[i].id] { Q_EMIT alertRequested(id); });
        m_alerts.rows->addWidget(button);
    }
    if (alerts.size() > mostAlerts) {
        addLine(m_alerts, tr("And %1 more.").arg(count - static_cast<std::int64_t>(mostAlerts)), true);
    }
}

void EntityPage::showProfile(const EntityReader &reader)
{
    const auto &profile = reader.profile();
    const QString told = profile ? profile->id + QString::fromStdString(profile->bytes) : u"none"_s;
    if (told == m_profileTold) {
        return;
    }
    m_profileTold = told;
    clear(m_profile);
    if (!profile) {
        addLine(m_profile, tr("No profile has been fetched for it."), true);
        return;
    }
    const ProfileMark mark = profileMark(*profile);
    auto *button = new SentenceButton(mark.iconName, mark.tone,
        singleLine(profileTitle(*profile), 120) + u" \u00b7 "_s + profileStatusText(*profile), m_profile.panel);
    button->setObjectName(u"showEntityProfile"_s);
    button->setToolTip(tr("Show the profile"));
    connect(button, &QAbstractButton::clicked, this,
        [this, kind = profile->kind, id = profile->id] { Q_EMIT profileRequested(kind, id); });
    m_profile.rows->addWidget(button);
    const auto facts = store::profileFacts(profile->bytes);
    int lines = 0;
    for (const auto &[path, label] : std::initializer_list<std::pair<std::string_view, QString>>{
             {"profile.title", tr("Title")}, {"profile.department", tr("Department")},
             {"profile.manager", tr("Manager")}, {"profile.platform", tr("Platform")},
             {"profile.osVersion", tr("OS version")}, {"profile.model", tr("Model")}, {"lastLogin", tr("Last login")},
             {"passwordChanged", tr("Password changed")}, {"created", tr("Created")}}) {
        const auto fact = std::ranges::find(facts, path, [](const auto &one) -> std::string_view { return one.first; });
        if (fact != facts.end() && lines++ < mostFacts) {
            const auto moment = event::parseTimestamp(fact->second);
            addLine(m_profile,
                tr("%1: %2").arg(label, moment ? m_time.seconds(*moment) : singleLine(decoded(fact->second), 120)),
                false);
        }
    }
}

void EntityPage::showTimeline(const EntityReader &reader)
{
    const store::HistogramData &counted = reader.timeline();
    m_timeline->setTimeDisplay(m_time);
    m_timeline->setStale(reader.state() == EntityReader::State::Counting);
    if (counted.bins > 0) {
        m_timeline->setData(counted, TimelineModel::Split::Outcome);
    }
    m_timeline->setMessage(counted.bins == 0 || counted.total == 0 ? tr("No events in this time.") : QString());
    std::vector<TimelineMark> marks;
    marks.reserve(reader.alerts().size());
    for (const store::Alert &alert : reader.alerts()) {
        marks.push_back({alert.first, alertLook(alert.severity).tone, alert.title});
    }
    m_timeline->setMarks(std::move(marks));
}

void EntityPage::showCards(const EntityReader &reader)
{
    const QString whose = QString::fromStdString(store::entityFilter(reader.question().entity));
    const auto isNew = [comparable = reader.comparison().before > 0, since = reader.comparedRange().since](
                           const store::EntityValue &value) {
        return comparable && value.before == 0 && since && value.first >= *since;
    };
    for (auto &[aspect, card] : m_cards) {
        const store::EntityFacet &facet = reader.data().facet(aspect);
        std::vector<ValueModel::Row> rows;
        for (const store::EntityValue &value : facet.values) {
            const QString text = aspectText(aspect, value);
            rows.push_back({text, value.isBlank() ? QString() : text, value.count, !value.isBlank() && isNew(value),
                joinedFilters(whose, aspectFilter(aspect, value)), aspectEntity(aspect, value)});
        }
        card->setRows(std::move(rows), facet.distinct);
    }
    std::vector<ValueModel::Row> rows;
    const QString asTarget = QString::fromStdString(store::entityAsTargetFilter(reader.question().entity));
    for (const store::Store::ValueCount &type : reader.suffered()) {
        if (!type.value.empty()) {
            const QString value = decoded(type.value);
            rows.push_back({singleLine(value, 200), value, type.count, false,
                joinedFilters(asTarget, comparisonFor(u"eventType"_s, value, false)), std::nullopt});
        }
    }
    const auto distinct = static_cast<qint64>(rows.size());
    m_suffered->setRows(std::move(rows), distinct);
}

} // namespace octotrail::ui
