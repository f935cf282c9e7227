// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/DashboardView.h"

#include "filter/TermList.h"
#include "ui/cases/CaseSettings.h"
#include "ui/dashboard/DashboardCard.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int cardWidth = 44 * metrics::Unit;
constexpr int mostColumns = 4;

} // namespace

DashboardView::DashboardView(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_model(m_store)
    , m_head(new QWidget(this))
    , m_range(new TimeRangeChoice(this))
    , m_sentence(new QLabel(this))
    , m_banner(new Banner(this))
    , m_pages(new QStackedWidget(this))
    , m_area(new QScrollArea(this))
    , m_empty(new StatePage(this))
{
    m_range->setObjectName(u"dashboardTimeRange"_s);
    makeActions();
    makeHead();
    auto *content = new QWidget(this);
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    m_grid->setSpacing(metrics::Unit + metrics::HalfUnit);
    m_area->setWidget(content);
    m_area->setWidgetResizable(true);
    m_area->viewport()->installEventFilter(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::StrongFocus);
    m_area->setAccessibleName(tr("Cards"));
    m_empty->setIcon(u"dashboard");
    m_empty->setTitle(tr("No cards"));
    m_empty->setSentence(tr("Add a chart of a search from Charts, or bring the usual cards back."));
    m_empty->addAction(m_actions.restoreUsual);
    m_pages->addWidget(m_area);
    m_pages->addWidget(m_empty);
    m_banner->addAction(m_actions.undo);
    m_banner->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    setFirstFocus(this, m_area);
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &DashboardView::countAll);
    connect(m_range, &TimeRangeChoice::changed, this, &DashboardView::countAll);
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    connect(&m_model, &DashboardModel::changed, this, &DashboardView::showCards);
    connect(&m_model, &DashboardModel::problemOccurred, this, &DashboardView::problemOccurred);
    connect(m_store.get(), &store::Store::committed, this, [this] {
        m_outdated = true;
        scheduleRefresh();
    });
}

DashboardView::~DashboardView()
{
    m_store->disconnect(this);
}

void DashboardView::makeActions()
{
    const auto make = [this](QStringView iconName, const QString &text, const QKeySequence &key) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    m_actions.undo = make(u"undo", tr("&Undo"), QKeySequence::Undo);
    m_actions.undo->setEnabled(false);
    m_actions.refresh = make(u"refresh", tr("Count &again"), QKeySequence(u"Ctrl+R"_s));
    m_actions.restoreUsual = make(u"dashboard", tr("&Bring the usual cards back"), {});
    connect(m_actions.undo, &QAction::triggered, this, [this] {
        m_banner->hide();
        m_model.undo();
    });
    connect(m_actions.refresh, &QAction::triggered, this, &DashboardView::countAll);
    connect(m_actions.restoreUsual, &QAction::triggered, &m_model, &DashboardModel::restoreUsual);
}

void DashboardView::makeHead()
{
    m_head->setBackgroundRole(QPalette::Base);
    m_head->setAutoFillBackground(true);
    auto *title = new QLabel(tr("Dashboard"), m_head);
    title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_sentence->setObjectName(u"dashboardSentence"_s);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_sentence->setTextFormat(Qt::PlainText);
    auto *layout = new QHBoxLayout(m_head);
    layout->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(title);
    layout->addWidget(m_sentence, 1);
    for (QAction *action : {m_actions.undo, m_actions.restoreUsual, m_actions.refresh}) {
        auto *button = new QToolButton(m_head);
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAccessibleName(action->text().remove(u'&'));
        layout->addWidget(button);
    }
    layout->addWidget(m_range);
}

StatePage *DashboardView::statePage() const
{
    return qobject_cast<StatePage *>(m_pages->currentWidget());
}

bool DashboardView::isReady() const
{
    return m_model.isReady() && m_waiting.isEmpty() && !m_counting
        && std::ranges::all_of(m_cards, [](const DashboardCard *card) { return card->isReady(); });
}

/// Cards that are still there keep their widgets, and what they have counted.
void DashboardView::showCards()
{
    QList<DashboardCard *> before = m_cards;
    m_cards.clear();
    for (const CardSpec &spec : m_model.cards()) {
        const auto known
            = std::ranges::find_if(before, [&](const DashboardCard *card) { return card->spec() == spec; });
        if (known != before.end()) {
            m_cards << *known;
            before.erase(known);
        } else {
            m_cards << makeCard(spec);
            m_waiting << m_cards.last();
        }
    }
    for (DashboardCard *gone : before) {
        m_waiting.removeAll(gone);
        if (m_counting == gone) {
            gone->stop();
            m_counting = nullptr;
        }
        gone->hide();
        gone->deleteLater();
    }
    m_actions.undo->setEnabled(m_model.canUndo());
    m_columns = 0;
    arrange();
    m_pages->setCurrentWidget(m_cards.isEmpty() ? static_cast<QWidget *>(m_empty) : m_area);
    if (isVisible() && !m_outdated) {
        countNext();
    } else if (isVisible()) {
        countAll();
    }
}

DashboardCard *DashboardView::makeCard(const CardSpec &spec)
{
    auto *card = new DashboardCard(m_store, spec, m_area->widget());
    const auto place = [this, card] { return static_cast<int>(m_cards.indexOf(card)); };
    connect(card, &DashboardCard::eventsRequested, this,
        [this](const QString &filter, const event::TimeRange &range, const QString &source) {
            Q_EMIT eventsRequested(stateOf(filter, range), source);
        });
    connect(card, &DashboardCard::openRequested, this,
        [this, card] { Q_EMIT chartRequested(card->spec().chart, stateOf(card->spec().filter, {})); });
    connect(card, &DashboardCard::moveRequested, this, [this, place](int by) { m_model.move(place(), by); });
    connect(card, &DashboardCard::renameRequested, this, [this, place] { requestRename(place()); });
    connect(
        card, &DashboardCard::removeRequested, this,
        [this, card, place] {
            const QString title = singleLine(card->spec().title, 80);
            m_model.remove(place());
            m_banner->setMessage(Tone::Accent, tr("The card \u201c%1\u201d was removed.").arg(title));
            m_banner->show();
        },
        Qt::QueuedConnection); // the card's own menu is open until then
    connect(card, &DashboardCard::finished, this, [this, card] {
        if (m_counting == card) {
            m_counting = nullptr;
            countNext();
        }
    });
    card->show();
    return card;
}

void DashboardView::arrange()
{
    const int columns = std::clamp(m_area->viewport()->width() / cardWidth, 1, mostColumns);
    if (columns == m_columns) {
        return;
    }
    m_columns = columns;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item;
    }
    for (int i = 0; i < m_cards.size(); ++i) {
        m_grid->addWidget(m_cards[i], i / columns, i % columns);
    }
    const int rows = static_cast<int>((m_cards.size() + columns - 1) / columns);
    for (int column = 0; column < mostColumns; ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    }
    for (int row = 0; row < m_grid->rowCount(); ++row) {
        m_grid->setRowStretch(row, row < rows ? 1 : 0);
    }
}

bool DashboardView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area->viewport() && event->type() == QEvent::Resize) {
        arrange();
    }
    return QWidget::eventFilter(watched, event);
}

void DashboardView::countAll()
{
    m_refresh.stop();
    if (m_counting) {
        m_counting->stop();
        m_counting = nullptr;
    }
    m_outdated = false;
    m_counted = m_range->range(event::now());
    m_waiting = m_cards;
    countNext();
}

/// One at a time: searches and the table have the store's readers, too.
void DashboardView::countNext()
{
    if (m_counting) {
        return;
    }
    if (m_waiting.isEmpty()) {
        m_sentence->setText(m_cards.isEmpty() ? QString() : tr("As of %1").arg(m_time.seconds(event::now())));
        scheduleRefresh();
        return;
    }
    m_sentence->setText(tr("Counting\u2026"));
    m_counting = m_waiting.takeFirst();
    m_counting->count(m_counted, m_time);
}

/// While events come in: the less often the longer counting takes.
void DashboardView::scheduleRefresh()
{
    if (!m_outdated || !isVisible() || m_refresh.isActive() || m_counting || !m_model.isReady()
        || m_range->preset() == TimeRangeChoice::Preset::Custom) {
        return;
    }
    std::chrono::milliseconds took{0};
    for (const DashboardCard *card : m_cards) {
        took += card->took();
    }
    m_refresh.start(std::clamp<std::chrono::milliseconds>(10 * took, 5s, 120s));
}

void DashboardView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_model.isReady() && (m_outdated || !m_waiting.isEmpty())) {
        countAll();
    }
}

void DashboardView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refresh.stop();
    if (m_counting) {
        m_counting->stop();
        m_waiting.prepend(m_counting);
        m_counting = nullptr;
    }
}

BarState DashboardView::stateOf(const QString &filter, const event::TimeRange &range) const
{
    BarState state;
    state.filter = filter;
    state.time = range.since ? TimeRangeChoice::State{TimeRangeChoice::Preset::Custom, {}, range} : m_range->state();
    return state;
}

void DashboardView::requestRename(int card)
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"renameCard"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the card"));
    dialog->setLabelText(tr("Title"));
    dialog->setTextValue(m_model.cards().at(static_cast<std::size_t>(card)).title);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, card](const QString &title) { m_model.rename(card, title.left(120)); });
    dialog->open();
}

void DashboardView::addChart(const ChartSpec &spec, const QString &filter)
{
    const QString expression = QString::fromStdString(filter::expressionText(filter.toStdString()));
    CardSpec card{chartTitle(spec), expression, spec, false};
    card.chart.limit = std::min(card.chart.limit, 12);
    if (!expression.isEmpty()) {
        card.title = tr("%1 of %2").arg(card.title, singleLine(expression, 60));
    }
    m_model.add(card);
}

void DashboardView::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    m_time = time;
    m_range->setTimeDisplay(time);
    m_outdated = true;
    if (isVisible()) {
        countAll();
    }
}

void DashboardView::saveState(QSettings &settings) const
{
    saveTimeRange(settings, m_store->file(), u"dashboard"_s, *m_range);
}

void DashboardView::restoreState(const QSettings &settings)
{
    restoreTimeRange(settings, m_store->file(), u"dashboard"_s, *m_range);
}

void DashboardView::showAllTime()
{
    m_range->setPreset(TimeRangeChoice::Preset::All);
    Q_EMIT m_range->changed();
}

} // namespace octotrail::ui
