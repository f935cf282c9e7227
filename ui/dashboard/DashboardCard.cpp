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
#include <set>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int valuesCompared = 2000; ///< of which new ones are told from those that were there before
constexpr int bins = 40;

} // namespace

DashboardCard::DashboardCard(std::shared_ptr<store::Store> store, const CardSpec &spec, QWidget *parent)
    : Panel(parent)
    , m_store(std::move(store))
    , m_spec(spec)
    , m_reader(m_store)
    , m_earlier(m_store)
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
    for (ChartReader *reader : {&m_reader, &m_earlier}) {
        connect(reader, &ChartReader::failed, this, [this](const event::Error &error) {
            m_ready = false;
            say(error.sentence);
            Q_EMIT finished();
        });
    }
    connect(&m_reader, &ChartReader::counted, this, &DashboardCard::take);
    connect(&m_earlier, &ChartReader::counted, this, [this](const ChartContent &before) {
        std::set<QString> known;
        for (const ChartContent::Row &row : before.rows) {
            known.insert(row.filter);
        }
        ChartContent fresh = m_now;
        std::erase_if(fresh.rows, [&](const ChartContent::Row &row) { return known.contains(row.filter); });
        fresh.distinct = static_cast<qint64>(fresh.rows.size());
        if (fresh.rows.size() > static_cast<std::size_t>(m_spec.chart.limit)) {
            fresh.rows.resize(static_cast<std::size_t>(m_spec.chart.limit));
        }
        showContent(std::move(fresh));
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
    m_earlier.stop();
    m_chart->setTimeDisplay(time);
    m_chart->setStale(m_ready);
    ChartReader::Question question{m_spec.chart, {}, nullptr, time, bins};
    question.query.expression = input->expression;
    question.query.words = input->words;
    question.query.range = range;
    if (m_spec.onlyNew) {
        question.spec.limit = valuesCompared;
        question.spec.stack.clear();
    }
    m_reader.ask(std::move(question));
    m_now = {};
    m_now.start = range.since.value_or(event::Timestamp());
}

/// The values of the time are there; now those of the time before.
void DashboardCard::countNew(const event::TimeRange &before)
{
    const auto input = filter::parseInput(m_spec.filter.toStdString());
    ChartReader::Question question{m_spec.chart, {}, nullptr, {}, bins};
    question.query.expression = input->expression;
    question.query.words = input->words;
    question.query.range = before;
    question.spec.limit = valuesCompared;
    question.spec.stack.clear();
    m_earlier.ask(std::move(question));
}

void DashboardCard::stop()
{
    m_reader.stop();
    m_earlier.stop();
}

void DashboardCard::take(ChartContent content)
{
    if (m_spec.onlyNew) {
        const event::Timestamp since = m_now.start;
        m_now = std::move(content);
        m_now.spec = m_spec.chart;
        if (since == event::Timestamp()) {
            m_ready = true;
            m_content = {};
            say(tr("Choose a time with a beginning: what is new in it was not there before it."));
            Q_EMIT finished();
        } else {
            countNew({std::nullopt, since});
        }
        return;
    }
    showContent(std::move(content));
}

void DashboardCard::showContent(ChartContent content)
{
    m_content = std::move(content);
    m_ready = true;
    m_chart->setStale(false);
    const bool any = std::ranges::any_of(m_content.rows, [](const auto &row) { return row.total > 0; });
    if (!any) {
        say(m_spec.onlyNew ? tr("Nothing new in this time") : tr("None in this time"));
    } else if (m_spec.chart.kind == ChartKind::Map) {
        m_map->setContent(m_content);
        m_pages->setCurrentWidget(m_map);
    } else {
        m_chart->setContent(m_content);
        m_chart->setAccessibleName(m_spec.title);
        m_pages->setCurrentWidget(m_chart);
    }
    const auto shown = static_cast<qint64>(m_content.rows.size());
    m_note->setText(m_spec.chart.kind == ChartKind::Bars && m_content.distinct > shown
            ? tr("%1 of %2").arg(QLocale().toString(shown), QLocale().toString(m_content.distinct))
            : QString());
    Q_EMIT finished();
}

void DashboardCard::say(const QString &message)
{
    m_message->setText(message);
    m_note->clear();
    m_pages->setCurrentWidget(m_message);
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
        Q_EMIT eventsRequested(filter.isEmpty() ? m_spec.filter : joinedFilters(m_spec.filter, filter), range);
    }
}

} // namespace octotrail::ui
