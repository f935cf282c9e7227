// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/DashboardCard.h"

#include "filter/Expression.h"
#include "ui/charts/ChartWidget.h"
#include "ui/charts/MapWidget.h"
#include "ui/entities/EntityText.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int bins = 40;

QString partOf(qint64 shown, qint64 distinct)
{
    return DashboardCard::tr("%1 of %2").arg(QLocale().toString(shown), QLocale().toString(distinct));
}

} // namespace

DashboardCard::DashboardCard(std::shared_ptr<store::Store> store, const CardSpec &spec, QWidget *parent)
    : Panel(parent)
    , m_store(std::move(store))
    , m_spec(spec)
    , m_reader(m_store)
    , m_newValues(m_store)
    , m_title(new QToolButton(this))
    , m_note(new QLabel(this))
    , m_message(new QLabel(tr("Counting\u2026"), this))
    , m_menu(new QToolButton(this))
    , m_pages(new QStackedWidget(this))
    , m_chart(new ChartWidget(this))
    , m_map(new MapWidget(this))
{
    setObjectName(u"dashboardCard"_s);
    setAccessibleName(spec.title);
    m_title->setText(singleLine(spec.title, 120).replace(u'&', u"&&"_s));
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_title->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_title->setToolTip(ui::toolTip(tr("Show the events: %1").arg(spec.filter.isEmpty() ? tr("all") : spec.filter)));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setFont(scaledFont(TextSize::Small));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_chart->setCompact(true);
    for (QWidget *page : std::initializer_list<QWidget *>{m_message, m_chart, m_map}) {
        page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // the grid says how large
    }
    m_pages->addWidget(m_message);
    m_pages->addWidget(m_chart);
    m_pages->addWidget(m_map);
    makeMenu();
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::HalfUnit);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_note);
    head->addWidget(m_menu);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::HalfUnit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
    setMinimumHeight(27 * metrics::Unit);
    connect(m_title, &QToolButton::clicked, this, [this] { Q_EMIT eventsRequested(m_spec.filter, {}); });
    connect(m_chart, &ChartWidget::rowChosen, this, &DashboardCard::choose);
    connect(m_map, &MapWidget::filterChosen, this,
        [this](const QString &filter) { Q_EMIT eventsRequested(joinedFilters(m_spec.filter, filter), {}); });
    connect(&m_reader, &ChartReader::failed, this, &DashboardCard::fail);
    connect(&m_newValues, &NewValues::failed, this, &DashboardCard::fail);
    connect(&m_newValues, &NewValues::found, this, &DashboardCard::showNew);
    connect(&m_reader, &ChartReader::counted, this, [this](const ChartContent &content) {
        const auto shown = static_cast<qint64>(content.rows.size());
        const bool isPart = m_spec.chart.kind == ChartKind::Bars && content.distinct > shown;
        showContent(content, tr("None in this time"), isPart ? partOf(shown, content.distinct) : QString());
    });
}

DashboardCard::~DashboardCard() = default;

void DashboardCard::makeMenu()
{
    m_menu->setObjectName(u"cardMenu"_s);
    m_menu->setIcon(icon(u"more", Tone::Muted));
    m_menu->setAutoRaise(true);
    m_menu->setFocusPolicy(Qt::StrongFocus);
    m_menu->setAccessibleName(tr("What can be done with the card %1").arg(m_spec.title));
    auto *menu = new QMenu(m_menu);
    connect(
        menu->addAction(icon(u"events"), tr("Show the &events")), &QAction::triggered, m_title, &QToolButton::click);
    connect(menu->addAction(icon(u"charts"), tr("Open in &charts")), &QAction::triggered, this,
        &DashboardCard::openRequested);
    menu->addSeparator();
    connect(menu->addAction(icon(u"edit"), tr("Re&name\u2026")), &QAction::triggered, this,
        &DashboardCard::renameRequested);
    connect(menu->addAction(icon(u"arrow-left"), tr("Move to the &front")), &QAction::triggered, this,
        [this] { Q_EMIT moveRequested(-1); });
    connect(menu->addAction(icon(u"arrow-right"), tr("Move to the &back")), &QAction::triggered, this,
        [this] { Q_EMIT moveRequested(1); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"trash"), tr("&Remove")), &QAction::triggered, this, &DashboardCard::removeRequested);
    // Not as the button's own menu, which would add an arrow to the dots.
    connect(m_menu, &QToolButton::clicked, menu,
        [this, menu] { menu->popup(m_menu->mapToGlobal(m_menu->rect().bottomLeft())); });
}

void DashboardCard::count(const event::TimeRange &range, const TimeDisplay &time)
{
    const auto input = filter::parseInput(m_spec.filter.toStdString());
    if (!input) {
        say(input.error().sentence);
        Q_EMIT finished();
        return;
    }
    m_time = time;
    m_chart->setTimeDisplay(time);
    m_chart->setStale(m_ready);
    store::EventQuery query;
    query.expression = input->expression;
    query.words = input->words;
    query.range = range;
    if (isOnlyNew()) {
        m_newValues.ask({std::move(query), m_spec.chart});
    } else {
        m_reader.ask({m_spec.chart, std::move(query), nullptr, time, bins});
    }
}

void DashboardCard::stop()
{
    m_reader.stop();
    m_newValues.stop();
}

void DashboardCard::fail(const event::Error &error)
{
    m_ready = false;
    say(error.sentence);
    Q_EMIT finished();
}

void DashboardCard::showNew(const NewValues::Answer &answer)
{
    if (!answer.since) {
        showContent({}, tr("There is nothing yet to compare with."), {});
        return;
    }
    // Of a time that was chosen the head of the dashboard says when it begins.
    const QString since = m_time.seconds(*answer.since);
    const auto shown = static_cast<qint64>(answer.content.rows.size());
    QStringList note;
    if (!answer.isChosen) {
        note << tr("since %1").arg(since);
    }
    if (answer.content.distinct > shown) {
        note << partOf(shown, answer.content.distinct);
    }
    showContent(answer.content,
        answer.isChosen ? tr("Nothing new in this time")
                        : tr("Nothing new since %1, compared with what was before it").arg(since),
        note.join(u" \u00b7 "_s));
}

/// none: what is said if there is nothing to be shown.
void DashboardCard::showContent(ChartContent content, const QString &none, const QString &note)
{
    m_content = std::move(content);
    m_ready = true;
    m_chart->setStale(false);
    const bool any = std::ranges::any_of(m_content.rows, [](const auto &row) { return row.total > 0; });
    if (!any) {
        say(none);
    } else if (m_spec.chart.kind == ChartKind::Map) {
        m_map->setContent(m_content);
        m_pages->setCurrentWidget(m_map);
    } else {
        m_chart->setContent(m_content);
        m_chart->setAccessibleName(m_spec.title);
        m_pages->setCurrentWidget(m_chart);
    }
    m_note->setText(any ? note : QString());
    Q_EMIT finished();
}

void DashboardCard::say(const QString &message)
{
    m_message->setText(message);
    m_note->clear();
    m_pages->setCurrentWidget(m_message);
}

QString DashboardCard::note() const
{
    return m_note->text();
}

QString DashboardCard::message() const
{
    return m_pages->currentWidget() == m_message ? m_message->text() : QString();
}

void DashboardCard::choose(int row, int layer)
{
    if (row >= 0 && row < static_cast<int>(m_content.rows.size())) {
        const event::TimeRange range = m_content.rows[static_cast<std::size_t>(row)].range;
        const QString filter = m_content.filterOf(row, layer);
        Q_EMIT eventsRequested(filter.isEmpty() ? m_spec.filter : joinedFilters(m_spec.filter, filter), range,
            m_content.sourceOf(row, layer));
    }
}

} // namespace octotrail::ui
