// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertView.h"

#include "ui/alerts/AlertLook.h"
#include "ui/alerts/AlertPane.h"
#include "ui/alerts/AlertTable.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::AlertState;

namespace {

/// The choices of states, in the order of the box.
const std::vector<std::vector<AlertState>> &stateChoices()
{
    static const std::vector<std::vector<AlertState>> choices{{AlertState::Open, AlertState::Acknowledged},
        {AlertState::Open}, {AlertState::Acknowledged}, {AlertState::Resolved}, {AlertState::FalsePositive},
        {AlertState::Recorded}, {}};
    return choices;
}

} // namespace

AlertView::AlertView(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_alerts(alerts)
    , m_model(new AlertModel(alerts, this))
    , m_states(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_grouping(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_banner(new Banner(this))
    , m_tools(new QWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new AlertTable(this))
    , m_empty(new StatePage(this))
    , m_pane(new AlertPane(m_store, alerts, this))
{
    setObjectName(u"alertView"_s);
    makeActions();
    makeTable();
    makePages();
    makeBar();
    connectParts();
    setFirstFocus(this, m_table);
    readSources();
    applyQuery();
    countOpen();
}

AlertView::~AlertView() = default;

void AlertView::makeBar()
{
    m_states->setObjectName(u"alertStates"_s);
    m_states->setAccessibleName(tr("States"));
    m_states->addItems({tr("To do"), tr("Open"), tr("Acknowledged"), tr("Resolved"), tr("False positives"),
        tr("Recorded"), tr("All states")});
    m_states->setToolTip(ui::toolTip(
        tr("To do: open and acknowledged alerts.\nRecorded: what informational rules found, which calls nobody.")));
    m_severity->setObjectName(u"alertSeverities"_s);
    m_severity->setAccessibleName(tr("Severity"));
    m_severity->addItems(
        {tr("Any severity"), tr("Low and above"), tr("Medium and above"), tr("High and above"), tr("Critical")});
    m_grouping->setObjectName(u"alertGrouping"_s);
    m_grouping->setAccessibleName(tr("Grouping"));
    m_grouping->addItems({tr("Not grouped"), tr("By rule"), tr("By actor")});
    m_text->setObjectName(u"alertText"_s);
    m_text->setAccessibleName(tr("Find alerts"));
    m_text->setPlaceholderText(tr("Words in alert, rule, actor, assignee or technique"));
    m_text->setClearButtonEnabled(true);
    m_count->setObjectName(u"alertCount"_s);
    m_count->setTextFormat(Qt::PlainText);

    auto *bar = new QHBoxLayout;
    bar->setSpacing(metrics::Unit);
    bar->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::HalfUnit);
    bar->addWidget(m_text, 1);
    bar->addWidget(m_states);
    bar->addWidget(m_severity);
    bar->addWidget(m_grouping);
    bar->addWidget(m_count);

    auto *tools = new QHBoxLayout(m_tools);
    tools->setSpacing(metrics::HalfUnit);
    tools->setContentsMargins(metrics::HalfUnit, 0, metrics::Unit, metrics::HalfUnit);
    for (QAction *action : {m_actions.acknowledge, m_actions.resolve, m_actions.falsePositive, m_actions.reopen,
             m_actions.assign, m_actions.suppress, m_actions.showEvents, m_actions.openRule}) {
        auto *button = new QToolButton(m_tools);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        tools->addWidget(button);
    }
    tools->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_tools);
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);
    m_undoHere = new QAction(m_actions.undo->icon(), tr("Undo"), this);
    connect(m_undoHere, &QAction::triggered, this, &AlertView::undo);
    m_banner->addAction(m_undoHere);
    m_banner->hide();
}

void AlertView::makeTable()
{
    m_table->setObjectName(u"alertTable"_s);
    m_table->setAccessibleName(tr("Alerts"));
    m_table->setModel(m_model);
    m_table->setUniformRowHeights(true);
    m_table->setRootIsDecorated(false);
    m_table->setAllColumnsShowFocus(true);
    m_table->setTreePosition(AlertModel::Title); // severities stand in one column, grouped or not
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setIconSize({metrics::IconSize, metrics::IconSize});
    QHeaderView *header = m_table->header();
    header->setSectionsMovable(true);
    stretchTitles();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QList<int> widths{100, 228, 160, 124, 96, 56, 160, 160, 128, 104};
    for (int column = 0; column < widths.size(); ++column) {
        header->resizeSection(column, widths[column]);
    }
    // What most of them have in common stands in the details; the header's menu brings it back.
    for (const int column : {AlertModel::Rule, AlertModel::Source, AlertModel::First, AlertModel::Assignee}) {
        header->hideSection(column);
    }
    header->setSortIndicator(AlertModel::Last, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (int column = AlertModel::Title + 1; column < AlertModel::ColumnCount; ++column) {
            QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal).toString());
            action->setCheckable(true);
            action->setChecked(!header->isSectionHidden(column));
            connect(action, &QAction::toggled, header,
                [header, column](bool on) { header->setSectionHidden(column, !on); });
        }
        menu->popup(header->mapToGlobal(position));
    });
}

/// What room there is goes to the titles, which say most.
void AlertView::stretchTitles()
{
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(AlertModel::Title, QHeaderView::Stretch);
}

void AlertView::makePages()
{
    m_clear = new QAction(icon(u"clear"), tr("Show all alerts"), this);
    connect(m_clear, &QAction::triggered, this, &AlertView::clearFilter);
    m_empty->setObjectName(u"noAlerts"_s);
    m_empty->addAction(m_clear);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_pages->setAutoFillBackground(true);
    m_pages->setBackgroundRole(QPalette::Base);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_pane->setMinimumWidth(36 * metrics::Unit);
    m_splitter->setSizes({824, 384});
}

void AlertView::connectParts()
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(std::chrono::milliseconds(200));
    connect(&m_typing, &QTimer::timeout, this, &AlertView::applyQuery);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, &AlertView::applyQuery);
    connect(m_states, &QComboBox::currentIndexChanged, this, &AlertView::applyQuery);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &AlertView::applyQuery);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this](int index) {
        keepPlace();
        m_table->setRootIsDecorated(index != 0);
        m_model->setGrouping(static_cast<AlertModel::Grouping>(index));
    });
    connect(m_table->header(), &QHeaderView::sortIndicatorChanged, this, &AlertView::keepPlace);
    connect(m_model, &AlertModel::loaded, this, &AlertView::showLoaded);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent) {
        if (!parent.isValid() && m_grouping->currentIndex() != 0) {
            m_table->expandAll();
        }
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertView::updateActions);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const store::Alert *alert = m_model->alert(current);
        m_pane->setSourceName(alert ? m_model->sourceName(alert->source) : QString());
        m_pane->showAlert(alert ? alert->id : 0);
    });
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_model->alert(index)) {
            showEvents();
        }
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &AlertView::showMenu);
    connect(m_pane, &AlertPane::shown, this, &AlertView::updateActions);
    connect(m_pane, &AlertPane::failed, this, &AlertView::tell);
    connect(m_pane, &AlertPane::eventsRequested, this, &AlertView::showEvents);
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_countTimer, &QTimer::timeout, this, &AlertView::countOpen);
    connect(&m_alerts, &store::Alerts::changed, this, [this] {
        if (!m_countTimer.isActive()) {
            m_countTimer.start();
        }
    });
    connect(m_store.get(), &store::Store::sourcesChanged, this, [this] {
        readSources();
        m_model->reload(); // a source may have taken its alerts with it
        countOpen();
    });
}

void AlertView::applyQuery()
{
    m_typing.stop();
    keepPlace();
    store::AlertQuery query;
    query.states = stateChoices().at(static_cast<std::size_t>(m_states->currentIndex()));
    query.leastSeverity = static_cast<store::AlertSeverity>(m_severity->currentIndex());
    query.text = m_text->text();
    m_model->setQuery(std::move(query));
}

void AlertView::clearFilter()
{
    m_text->clear();
    m_states->setCurrentIndex(static_cast<int>(stateChoices().size()) - 1);
    m_severity->setCurrentIndex(0);
    applyQuery();
}

/// A new query reads all rows anew: what was chosen is to be chosen again.
void AlertView::keepPlace()
{
    const std::vector<store::AlertId> ids = selectedIds();
    if (!ids.empty()) {
        m_selected = {ids.begin(), ids.end()};
    }
    if (const store::Alert *alert = m_model->alert(m_table->currentIndex())) {
        m_current = alert->id;
    }
}

void AlertView::showLoaded()
{
    if (m_grouping->currentIndex() != 0) {
        m_table->expandAll();
    }
    QItemSelectionModel *selection = m_table->selectionModel();
    if (!selection->hasSelection() || m_wanted != 0) {
        QItemSelection again;
        for (const store::AlertId id : m_selected) {
            if (const QModelIndex index = m_model->indexOf(id); index.isValid()) {
                again.select(index, index);
            }
        }
        QModelIndex current = m_model->indexOf(m_wanted != 0 ? m_wanted : m_current);
        if (m_wanted != 0 && current.isValid()) {
            again.clear();
            m_wanted = 0;
        }
        if (!current.isValid() && m_model->rowCount() > 0) {
            current = m_model->index(0, 0);
            current = m_model->rowCount(current) > 0 ? m_model->index(0, 0, current) : current;
        }
        if (current.isValid()) {
            m_table->setCurrentIndex(current);
            if (!again.isEmpty()) {
                selection->select(again, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            }
            m_table->scrollTo(current);
        }
    }
    m_selected.clear();
    showState();
    updateActions();
}

void AlertView::showState()
{
    const QLocale locale;
    const qint64 total = m_model->total();
    const int shown = m_model->shown();
    m_count->setText(
        shown < total ? tr("%1 of %2 alerts").arg(locale.toString(shown), locale.toString(total)) : alertCount(total));
    if (shown > 0) {
        m_pages->setCurrentWidget(m_table);
        m_pane->show();
        if (std::exchange(m_tableWantsFocus, false)) {
            m_table->setFocus(Qt::OtherFocusReason);
        }
        return;
    }
    if (m_table->hasFocus()) {
        m_tableWantsFocus = true;
        m_states->setFocus(Qt::OtherFocusReason);
    }
    const bool isFiltered = m_severity->currentIndex() != 0 || !m_text->text().trimmed().isEmpty();
    m_clear->setVisible(m_all > 0);
    if (!m_model->failure().isEmpty()) {
        m_empty->setIcon(u"error", Tone::Bad);
        m_empty->setTitle(tr("The alerts could not be read"));
        m_empty->setSentence(m_model->failure());
    } else if (m_all == 0) {
        m_empty->setIcon(u"alerts");
        m_empty->setTitle(tr("No alerts yet"));
        m_empty->setSentence(tr("Alerts appear here when a detection finds something in the events, or when a source "
                                "falls silent."));
    } else if (isFiltered) {
        m_empty->setIcon(u"alerts");
        m_empty->setTitle(tr("Nothing matches"));
        m_empty->setSentence(tr("No alert matches the filter."));
    } else {
        m_empty->setIcon(u"check", Tone::Good);
        m_empty->setTitle(m_states->currentIndex() == 0 ? tr("Nothing to do") : tr("No such alerts"));
        m_empty->setSentence(m_states->currentIndex() == 0
                ? tr("Every alert is resolved, a false positive, or only recorded.")
                : tr("No alert is in this state."));
    }
    m_pages->setCurrentWidget(m_empty);
    m_pane->hide();
}

void AlertView::countOpen()
{
    whenFinished(m_alerts.counts(), this, [this](const event::Result<store::AlertCounts> &counts) {
        if (counts) {
            m_all = counts->all();
            showState();
            Q_EMIT openChanged(*counts);
        }
    });
}

void AlertView::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (sources) {
            m_model->setSources(*sources);
            const store::Alert *alert = m_model->alert(m_table->currentIndex());
            m_pane->setSourceName(alert ? m_model->sourceName(alert->source) : QString());
        }
    });
}

void AlertView::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void AlertView::search(const QString &words)
{
    clearFilter();
    m_text->setText(words);
    applyQuery();
}

void AlertView::showAlert(store::AlertId id)
{
    if (const QModelIndex index = m_model->indexOf(id); index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
        return;
    }
    m_wanted = id;
    clearFilter();
}

store::AlertId AlertView::currentAlert() const
{
    const store::Alert *alert = m_model->alert(m_table->currentIndex());
    return alert ? alert->id : 0;
}

void AlertView::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_model->setTimeDisplay(time);
    m_pane->setTimeDisplay(time);
}

void AlertView::saveState(QSettings &settings) const
{
    settings.setValue("alerts/columns", m_table->header()->saveState());
    settings.setValue("alerts/splitter", m_splitter->saveState());
    settings.setValue("alerts/states", m_states->currentIndex());
    settings.setValue("alerts/severity", m_severity->currentIndex());
    settings.setValue("alerts/grouping", m_grouping->currentIndex());
    settings.setValue("alerts/tab", m_pane->currentTab());
}

void AlertView::restoreState(const QSettings &settings)
{
    const auto choose = [&](QComboBox *box, const QString &key) {
        box->setCurrentIndex(std::clamp(settings.value(key, 0).toInt(), 0, box->count() - 1));
    };
    if (settings.contains("alerts/columns")) {
        m_table->header()->restoreState(settings.value("alerts/columns").toByteArray());
        stretchTitles();
    }
    m_splitter->restoreState(settings.value("alerts/splitter").toByteArray());
    choose(m_states, u"alerts/states"_s);
    choose(m_severity, u"alerts/severity"_s);
    choose(m_grouping, u"alerts/grouping"_s);
    m_pane->setCurrentTab(settings.value("alerts/tab", 0).toInt());
}

} // namespace octotrail::ui
