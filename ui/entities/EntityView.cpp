// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/EntityView.h"

#include "ui/cases/CaseSettings.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityPicker.h"
#include "ui/entities/EntityText.h"
#include "ui/entities/HeatMap.h"
#include "ui/entities/Unusual.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollBar>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

EntityView::EntityView(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_reader(new EntityReader(m_store, alerts, this))
    , m_head(new QWidget(this))
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_picker(new EntityPicker(m_store, this))
    , m_range(new TimeRangeChoice(this))
    , m_pages(new QStackedWidget(this))
    , m_page(new EntityPage(this))
    , m_none(new StatePage(this))
    , m_counting(new StatePage(this))
    , m_unknown(new StatePage(this))
    , m_failed(new StatePage(this))
{
    m_range->setObjectName(u"entityTimeRange"_s);
    makeActions();
    makeHead();
    m_none->setIcon(u"entities");
    m_none->setTitle(tr("Nobody is looked at"));
    m_none->setSentence(tr("Open an actor, an IP address, a device or an app: with Alt+Enter or the menu of a cell in "
                           "the events, or by its name above."));
    m_counting->setIcon(u"search");
    m_counting->setTitle(tr("Counting\u2026"));
    m_counting->setSentence({});
    m_counting->setBusy(true);
    m_unknown->setIcon(u"unknown");
    m_unknown->setTitle(tr("No events"));
    m_failed->setIcon(u"error", Tone::Bad);
    m_failed->setTitle(tr("The page could not be made"));
    m_failed->addAction(m_actions.refresh);
    for (QWidget *page : std::initializer_list<QWidget *>{m_none, m_page, m_counting, m_unknown, m_failed}) {
        m_pages->addWidget(page);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_pages, 1);
    setFirstFocus(this, m_picker->edit());
    m_refresh.setSingleShot(true);
    m_busy.setSingleShot(true);
    m_busy.setInterval(200ms);

    connect(m_reader, &EntityReader::changed, this, &EntityView::showState);
    connect(&m_busy, &QTimer::timeout, this, &EntityView::showState);
    connect(&m_refresh, &QTimer::timeout, this, &EntityView::ask);
    connect(m_range, &TimeRangeChoice::changed, this, &EntityView::takeRange);
    connect(m_picker, &EntityPicker::picked, this, &EntityView::open);
    connect(m_page, &EntityPage::filterRequested, this, &EntityView::requestEvents);
    connect(m_page, &EntityPage::entityRequested, this, &EntityView::open);
    connect(m_page, &EntityPage::profileRequested, this, &EntityView::profileRequested);
    connect(m_page, &EntityPage::alertRequested, this, &EntityView::alertRequested);
    connect(m_page, &EntityPage::rangeRequested, m_range, &TimeRangeChoice::setCustomRange);
    connect(m_page->heatMap(), &HeatMap::hourChosen, this, [this](int weekday, int hour) {
        event::TimeRange range = m_reader->question().range;
        range.since = range.since ? range.since : m_reader->data().first;
        range.until = range.until ? range.until : std::max(event::now(), m_reader->data().last.value_or(event::now()));
        requestEvents(joinedFilters(QString::fromStdString(store::entityFilter(m_reader->question().entity)),
            hourFilter(range, weekday, hour, m_time)));
    });
    connect(m_store.get(), &store::Store::committed, this, &EntityView::scheduleRefresh);
    showState();
}

EntityView::~EntityView()
{
    m_store->disconnect(this);
}

void EntityView::makeActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut); // the events have the same keys
        action->setEnabled(false);
        addAction(action);
        return action;
    };
    m_actions.back = make(tr("&Back"), u"arrow-left", QKeySequence(u"Alt+Left"_s));
    m_actions.back->setToolTip(tr("The page before (Alt+Left)"));
    m_actions.forward = make(tr("For&ward"), u"arrow-right", QKeySequence(u"Alt+Right"_s));
    m_actions.forward->setToolTip(tr("The page after (Alt+Right)"));
    m_actions.showEvents = make(tr("Show its &events"), u"events", QKeySequence(u"Ctrl+Return"_s));
    m_actions.showEvents->setToolTip(tr("All events of this page in the events view (Ctrl+Enter)"));
    m_actions.refresh = make(tr("Count &again"), u"refresh", QKeySequence(u"Ctrl+R"_s));
    connect(m_actions.back, &QAction::triggered, this, [this] {
        if (m_history.canGoBack()) {
            goTo(EntityPlace(m_history.back()));
        }
    });
    connect(m_actions.forward, &QAction::triggered, this, [this] {
        if (m_history.canGoForward()) {
            goTo(EntityPlace(m_history.forward()));
        }
    });
    connect(m_actions.showEvents, &QAction::triggered, this,
        [this] { requestEvents(QString::fromStdString(store::entityFilter(m_reader->question().entity))); });
    connect(m_actions.refresh, &QAction::triggered, this, &EntityView::ask);
}

void EntityView::makeHead()
{
    m_head->setBackgroundRole(QPalette::Base);
    m_head->setAutoFillBackground(true);
    const auto button = [this](QAction *action, Qt::ToolButtonStyle style) {
        auto *made = new QToolButton(m_head);
        made->setDefaultAction(action);
        made->setToolButtonStyle(style);
        made->setFocusPolicy(Qt::StrongFocus);
        made->setAccessibleName(action->text().remove(u'&'));
        return made;
    };
    m_title->setObjectName(u"entityTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_title->setMinimumWidth(1);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setObjectName(u"entitySentence"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_sentence->setMinimumWidth(1);
    m_sentence->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::Unit);
    top->addWidget(button(m_actions.back, Qt::ToolButtonIconOnly));
    top->addWidget(button(m_actions.forward, Qt::ToolButtonIconOnly));
    top->addWidget(m_icon);
    top->addWidget(m_title, 1);
    top->addWidget(m_picker);
    top->addWidget(m_range);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(metrics::Unit);
    bottom->addWidget(m_sentence, 1);
    bottom->addWidget(button(m_actions.refresh, Qt::ToolButtonIconOnly));
    bottom->addWidget(button(m_actions.showEvents, Qt::ToolButtonTextBesideIcon));
    auto *layout = new QVBoxLayout(m_head);
    layout->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addLayout(top);
    layout->addLayout(bottom);
}

EntityPlace EntityView::place(const store::Entity &entity) const
{
    return {entity, m_range->state()};
}

void EntityView::open(const store::Entity &entity)
{
    m_history.visit(place(entity));
    ask();
    Q_EMIT opened();
    m_page->verticalScrollBar()->setValue(0);
    if (m_page->isVisible()) {
        m_page->setFocus(Qt::OtherFocusReason);
    }
}

void EntityView::goTo(const EntityPlace &place)
{
    m_range->setState(place.time);
    ask();
}

void EntityView::takeRange()
{
    if (!m_history.isEmpty()) {
        m_history.visit(place(m_history.current().entity));
        ask();
    }
}

void EntityView::ask()
{
    if (m_history.isEmpty()) {
        return;
    }
    m_refresh.stop();
    m_outdated = false;
    m_busy.start();
    m_reader->ask({m_history.current().entity, m_range->range(event::now()), m_time.offsets(),
        std::max(60, m_page->timeline()->room())});
}

/// New events change the page now and again, the less often the longer it takes to count.
void EntityView::scheduleRefresh()
{
    m_outdated = true;
    if (isVisible() && !m_history.isEmpty() && !m_refresh.isActive() && m_reader->state() == EntityReader::State::Ready
        && m_range->preset() != TimeRangeChoice::Preset::Custom) {
        m_refresh.start(std::clamp<std::chrono::milliseconds>(10 * m_reader->took(), 5s, 60s));
    }
}

void EntityView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_outdated) {
        scheduleRefresh();
    }
}

void EntityView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refresh.stop();
}

StatePage *EntityView::statePage() const
{
    return qobject_cast<StatePage *>(m_pages->currentWidget());
}

void EntityView::showState()
{
    const bool any = !m_history.isEmpty();
    const store::EntityData &counts = m_reader->data();
    m_actions.back->setEnabled(m_history.canGoBack());
    m_actions.forward->setEnabled(m_history.canGoForward());
    m_actions.refresh->setEnabled(any);
    m_actions.showEvents->setEnabled(any && counts.total > 0);
    if (!any) {
        m_title->setText(tr("Entities"));
        m_sentence->setText(tr("What the events say of one actor, address, device or app"));
        m_pages->setCurrentWidget(m_none);
        return;
    }
    const store::Entity &entity = m_history.current().entity;
    m_icon->setPixmap(icon(entityIconName(entity.kind), Tone::Accent).pixmap(2 * metrics::Unit + metrics::HalfUnit));
    m_title->setText(entityTitle(entity));
    m_title->setToolTip(ui::toolTip(entityTitle(entity)));
    m_title->setAccessibleName(tr("%1 %2").arg(entityKindText(entity.kind), entityTitle(entity)));
    const bool counted = m_reader->state() == EntityReader::State::Ready || counts.total > 0;
    const auto number = [](std::int64_t count) { return QLocale().toString(static_cast<qint64>(count)); };
    if (counts.first && counts.last) {
        m_sentence->setText(tr("%1 \u00b7 first seen %2 \u00b7 last seen %3 \u00b7 %4 events in this time, of %5")
                                .arg(entityKindText(entity.kind), m_time.seconds(*counts.first),
                                    m_time.seconds(*counts.last), number(counts.inRange), number(counts.total)));
    } else {
        m_sentence->setText(entityKindText(entity.kind));
    }
    if (m_reader->state() == EntityReader::State::Failed) {
        m_failed->setSentence(m_reader->error().sentence);
        m_pages->setCurrentWidget(m_failed);
    } else if (!counted) {
        if (!m_busy.isActive()) { // a short count needs no word
            m_pages->setCurrentWidget(m_counting);
        }
    } else if (counts.total == 0 && m_reader->suffered().empty()) {
        m_unknown->setSentence(tr("No event names this %1.").arg(entityKindText(entity.kind)));
        m_pages->setCurrentWidget(m_unknown);
    } else {
        m_page->showAnswer(*m_reader);
        const bool first = m_pages->currentWidget() != m_page;
        m_pages->setCurrentWidget(m_page);
        if (first && isVisible() && !m_picker->edit()->hasFocus()) {
            m_page->setFocus(Qt::OtherFocusReason);
        }
    }
}

void EntityView::requestEvents(const QString &filter)
{
    BarState state;
    state.filter = filter;
    state.time = m_range->state();
    Q_EMIT eventsRequested(state);
}

void EntityView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        m_page->verticalScrollBar()->triggerAction(
            event->key() == Qt::Key_PageUp ? QAbstractSlider::SliderPageStepSub : QAbstractSlider::SliderPageStepAdd);
        return;
    }
    QWidget::keyPressEvent(event);
}

void EntityView::focusPicker()
{
    m_picker->edit()->setFocus(Qt::ShortcutFocusReason);
}

void EntityView::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    m_time = time;
    m_range->setTimeDisplay(time);
    m_page->setTimeDisplay(time);
    ask();
    showState();
}

void EntityView::saveState(QSettings &settings) const
{
    saveTimeRange(settings, m_store->file(), u"entities"_s, *m_range);
}

void EntityView::restoreState(const QSettings &settings)
{
    restoreTimeRange(settings, m_store->file(), u"entities"_s, *m_range);
}

void EntityView::showAllTime()
{
    m_range->setPreset(TimeRangeChoice::Preset::All);
    Q_EMIT m_range->changed();
}

} // namespace octotrail::ui
