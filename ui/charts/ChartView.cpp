// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartView.h"

#include "filter/Expression.h"
#include "ui/charts/ChartPainting.h"
#include "ui/charts/ChartWidget.h"
#include "ui/charts/MapWidget.h"
#include "ui/charts/PictureFile.h"
#include "ui/models/EventColumns.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostBars = 40;
constexpr QSize pictureSize(1120, 620);

} // namespace

ChartView::ChartView(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_result(result)
    , m_recount(result)
    , m_reader(m_store)
    , m_spec{ChartKind::Bars, u"actor.alternateId"_s, u"outcome.result"_s, 12}
    , m_kind(new QComboBox(this))
    , m_path(new QComboBox(this))
    , m_stack(new QComboBox(this))
    , m_limit(new QSpinBox(this))
    , m_pathLabel(new QLabel(tr("F&ield"), this))
    , m_stackLabel(new QLabel(tr("&Divided by"), this))
    , m_limitLabel(new QLabel(tr("&Top"), this))
    , m_search(new QLabel(this))
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_pictures(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_chart(new ChartWidget(this))
    , m_map(new MapWidget(this))
    , m_table(new QTableView(this))
    , m_state(new StatePage(this))
{
    makeActions();
    makeBar();
    makeBody();
    showChoice();
    setSearch({});
    connect(&m_recount, &Recount::due, this, &ChartView::count);
    connect(&m_recount, &Recount::outdated, this, &ChartView::showState);
    connect(&m_reader, &ChartReader::counted, this, [this](const ChartContent &content) {
        if (m_recount.end(m_turn)) {
            take(content);
        }
    });
    connect(&m_reader, &ChartReader::failed, this, [this](const event::Error &error) {
        if (m_recount.end(m_turn)) {
            m_error = error;
            m_failed = true;
            m_ready = false;
            showState();
        }
    });
    showState();
}

ChartView::~ChartView() = default;

void ChartView::makeActions()
{
    const auto make
        = [this](QStringView iconName, const QString &text) { return new QAction(icon(iconName), text, this); };
    m_actions.save = make(u"export", tr("&Save the chart\u2026"));
    m_actions.copy = make(u"copy", tr("&Copy the chart"));
    m_actions.addToDashboard = make(u"dashboard", tr("&Add to the dashboard"));
    m_actions.showEvents = make(u"events", tr("Show the &events"));
    connect(m_actions.save, &QAction::triggered, this, &ChartView::askForFile);
    connect(m_actions.copy, &QAction::triggered, this, &ChartView::copyPicture);
    connect(m_actions.addToDashboard, &QAction::triggered, this, [this] { Q_EMIT addRequested(m_spec); });
    connect(m_actions.showEvents, &QAction::triggered, this, &ChartView::eventsRequested);
}

void ChartView::makeBar()
{
    const QStringList paths = countablePaths();
    m_stack->addItem(tr("nothing"), QString());
    for (QComboBox *box : {m_path, m_stack}) {
        for (const QString &path : paths) {
            box->addItem(path, path);
        }
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(24);
        box->lineEdit()->setMaxLength(512);
        box->completer()->setFilterMode(Qt::MatchContains);
        box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        connect(box, &QComboBox::activated, this, &ChartView::takeChoice);
        connect(box->lineEdit(), &QLineEdit::returnPressed, this, &ChartView::takeChoice);
    }
    m_kind->setObjectName(u"chartKind"_s);
    m_kind->addItem(icon(u"facets"), tr("Bars"));
    m_kind->addItem(icon(u"charts"), tr("Over time"));
    m_kind->addItem(icon(u"map"), tr("Map"));
    m_kind->setAccessibleName(tr("Kind of chart"));
    m_path->setObjectName(u"chartPath"_s);
    m_path->setAccessibleName(tr("Field"));
    m_stack->setObjectName(u"chartStack"_s);
    m_stack->setAccessibleName(tr("Divided by"));
    m_limit->setObjectName(u"chartLimit"_s);
    m_limit->setRange(1, mostBars);
    m_limit->setAccessibleName(tr("Number of bars"));
    m_pathLabel->setBuddy(m_path);
    m_stackLabel->setBuddy(m_stack);
    m_limitLabel->setBuddy(m_limit);
    connect(m_kind, &QComboBox::activated, this, &ChartView::takeChoice);
    connect(m_limit, &QSpinBox::valueChanged, this, &ChartView::takeChoice);

    auto *bar = new QWidget(this);
    bar->setBackgroundRole(QPalette::Base);
    bar->setAutoFillBackground(true);
    m_search->setObjectName(u"chartSearch"_s);
    m_search->setTextFormat(Qt::PlainText);
    m_search->setForegroundRole(QPalette::PlaceholderText);
    m_search->setMinimumWidth(1);
    auto *choices = new QHBoxLayout;
    choices->setSpacing(metrics::Unit);
    choices->addWidget(m_kind);
    for (const auto &[label, widget] : std::initializer_list<std::pair<QLabel *, QWidget *>>{
             {m_pathLabel, m_path}, {m_stackLabel, m_stack}, {m_limitLabel, m_limit}}) {
        choices->addWidget(label);
        choices->addWidget(widget);
    }
    choices->addStretch(1);
    for (QAction *action : {m_actions.addToDashboard, m_actions.copy, m_actions.save}) {
        auto *button = new QToolButton(bar);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAccessibleName(action->text().remove(u'&'));
        choices->addWidget(button);
    }
    auto *events = new QToolButton(bar);
    events->setDefaultAction(m_actions.showEvents);
    events->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    events->setFocusPolicy(Qt::StrongFocus);
    auto *about = new QHBoxLayout;
    about->addWidget(m_search, 1);
    about->addWidget(events);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addLayout(choices);
    layout->addLayout(about);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(bar);
    all->addWidget(m_pages, 1);
    setFirstFocus(this, m_kind);
}

void ChartView::makeBody()
{
    m_title->setObjectName(u"chartTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_note->setObjectName(u"chartNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_pictures->addWidget(m_chart);
    m_pictures->addWidget(m_map);
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(2 * metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_pictures, 1);
    m_table->setObjectName(u"chartTable"_s);
    m_table->setAccessibleName(tr("Figures of the chart"));
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_splitter->setObjectName(u"chartSplitter"_s);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({820, 360});
    m_splitter->setAutoFillBackground(true);
    m_splitter->setBackgroundRole(QPalette::Base);
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(m_state);
    connect(m_chart, &ChartWidget::rowChosen, this, &ChartView::choose);
    connect(m_map, &MapWidget::filterChosen, this, &ChartView::narrowRequested);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        choose(index.row(),
            index.column() >= ChartTableModel::FirstLayer ? index.column() - ChartTableModel::FirstLayer : -1);
    });
    // One place in both, for the eye and the keys.
    connect(m_chart, &ChartWidget::currentRowChanged, this, [this](int row) { m_table->selectRow(row); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        m_chart->setCurrentRow(index.row());
        m_map->setCurrentRow(index.row());
    });
}

StatePage *ChartView::statePage() const
{
    return qobject_cast<StatePage *>(m_pages->currentWidget());
}

void ChartView::setSearch(const QString &filter)
{
    const QString shown = singleLine(filter.trimmed(), 300);
    m_search->setText(
        shown.isEmpty() ? tr("Of all events in the chosen time") : tr("Of the current search: %1").arg(shown));
    m_search->setToolTip(ui::toolTip(shown));
}

void ChartView::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    m_time = time;
    m_chart->setTimeDisplay(time);
    m_recount.restart();
}

void ChartView::setSpec(const ChartSpec &spec)
{
    if (spec == m_spec) {
        return;
    }
    m_spec = spec;
    m_ready = m_failed = false;
    showChoice();
    showState();
    m_recount.restart();
}

/// A field that is none stays in its box, with a sentence, and nothing is counted.
void ChartView::takeChoice()
{
    ChartSpec spec;
    spec.kind = static_cast<ChartKind>(m_kind->currentIndex());
    spec.limit = m_limit->value();
    if (spec.kind != ChartKind::Map) {
        const QString divided = m_stack->currentText().trimmed();
        spec.stack = divided == m_stack->itemText(0) ? QString() : divided;
        spec.path = spec.kind == ChartKind::Time ? std::exchange(spec.stack, {}) : m_path->currentText().trimmed();
    }
    if (spec.kind == ChartKind::Bars && spec.path.isEmpty()) {
        Q_EMIT problemOccurred(tr("Give the field whose values are the bars, such as actor.alternateId."));
        return;
    }
    for (const QString &path : {spec.path, spec.stack}) {
        if (!path.isEmpty() && path != u"target"_s && !filter::parse(path.toStdString() + " pr")) {
            Q_EMIT problemOccurred(
                tr("%1 is no field. Give a path such as debugContext.debugData.risk.").arg(singleLine(path, 80)));
            return;
        }
    }
    setSpec(spec);
}

void ChartView::showChoice()
{
    m_kind->setCurrentIndex(static_cast<int>(m_spec.kind));
    const bool bars = m_spec.kind == ChartKind::Bars;
    if (bars) {
        m_path->setCurrentIndex(m_path->findText(m_spec.path));
        m_path->setEditText(m_spec.path);
    }
    const QString divided = bars ? m_spec.stack : m_spec.path;
    m_stack->setCurrentIndex(m_stack->findData(divided));
    m_stack->setEditText(divided.isEmpty() ? m_stack->itemText(0) : divided);
    const QSignalBlocker blocker(m_limit);
    m_limit->setValue(m_spec.limit);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_path, m_pathLabel, m_limit, m_limitLabel}) {
        widget->setVisible(bars);
    }
    m_stack->setVisible(m_spec.kind != ChartKind::Map);
    m_stackLabel->setVisible(m_spec.kind != ChartKind::Map);
    m_pictures->setCurrentWidget(m_spec.kind == ChartKind::Map ? static_cast<QWidget *>(m_map) : m_chart);
}

void ChartView::count()
{
    const Recount::Turn turn = m_recount.begin();
    m_turn = turn.number;
    m_reader.ask({m_spec, m_result.query(), m_recount.seqs(), m_time, std::clamp(m_chart->width() / 10, 20, 120)});
    showState();
}

void ChartView::take(const ChartContent &content)
{
    m_content = content;
    m_ready = true;
    m_failed = false;
    const int row = m_table->currentIndex().row();
    m_model.setContent(content);
    m_table->selectRow(row);
    QHeaderView *header = m_table->horizontalHeader();
    const bool wide = m_model.columnCount() == ChartTableModel::FirstLayer;
    header->setSectionResizeMode(ChartTableModel::Label, wide ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (!wide) {
        header->resizeSection(ChartTableModel::Label, 20 * metrics::Unit);
    }
    for (int column = 1; column < m_model.columnCount(); ++column) {
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
    if (content.spec.kind == ChartKind::Map) {
        m_map->setContent(content);
    } else {
        m_chart->setContent(content);
    }
    showState();
}

void ChartView::showState()
{
    const bool stale = m_reader.isCounting() || m_result.state() == EventResult::State::Searching;
    m_chart->setStale(stale);
    m_map->setStale(stale);
    m_title->setText(chartTitle(m_spec));
    m_note->setText(m_content.note());
    m_note->setVisible(!m_content.note().isEmpty());
    const bool any = m_ready && !m_content.rows.empty() && m_content.total > 0;
    for (QAction *action : {m_actions.save, m_actions.copy}) {
        action->setEnabled(any);
    }
    if (any || (m_ready && m_spec.kind == ChartKind::Map && m_content.total > 0)) {
        m_pages->setCurrentWidget(m_splitter);
        return;
    }
    m_state->setBusy(false);
    m_state->setIcon(m_failed ? u"error" : u"charts", m_failed ? Tone::Bad : Tone::Muted);
    if (m_failed) {
        m_state->setTitle(tr("The chart could not be counted"));
        m_state->setSentence(m_error.sentence);
    } else if (m_ready) {
        m_state->setTitle(tr("Nothing to show"));
        m_state->setSentence(m_spec.kind == ChartKind::Map ? tr("None of these events says where its client was.")
                                                           : tr("The current search finds no events."));
    } else if (m_result.state() == EventResult::State::Cancelled || m_result.state() == EventResult::State::Failed) {
        m_state->setTitle(tr("No chart"));
        m_state->setSentence(tr("The search did not come to its end."));
    } else {
        m_state->setTitle(tr("Counting\u2026"));
        m_state->setSentence({});
        m_state->setBusy(true);
    }
    m_pages->setCurrentWidget(m_state);
}

void ChartView::choose(int row, int layer)
{
    if (row < 0 || row >= static_cast<int>(m_content.rows.size())) {
        return;
    }
    const ChartContent::Row chosen = m_content.rows[static_cast<std::size_t>(row)];
    const QString filter = m_content.filterOf(row, layer);
    const QString source = m_content.sourceOf(row, layer);
    if (!filter.isEmpty()) {
        Q_EMIT narrowRequested(filter);
    }
    if (!source.isEmpty()) {
        Q_EMIT sourceRequested(source);
    }
    if (chosen.range.since) {
        Q_EMIT rangeRequested(chosen.range);
    }
}

event::Status ChartView::savePicture(const QString &file) const
{
    const bool map = m_spec.kind == ChartKind::Map;
    const QSize size = map ? m_map->size() : pictureSize;
    const QString note = m_content.note();
    return writePicture(file, chartTitle(m_spec),
        note.isEmpty() ? m_search->text() : m_search->text() + u" \u00b7 "_s + note, size,
        [&](QPainter &painter, const QPalette &palette) {
            if (map) {
                painter.setFont(m_map->font());
                m_map->paintMap(painter, palette, false);
            } else {
                charts::paint(painter, m_content, QRectF(QPointF(0, 0), QSizeF(size)), scaledFont(TextSize::Body),
                    palette, m_time, -1);
            }
        });
}

void ChartView::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the chart"));
    dialog->setObjectName(u"saveChart"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)")});
    dialog->setDefaultSuffix(u"png"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
        [dialog](const QString &filter) { dialog->setDefaultSuffix(filter.contains(u"svg"_s) ? u"svg"_s : u"png"_s); });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        if (const event::Status saved = savePicture(file); !saved) {
            Q_EMIT problemOccurred(saved.error().sentence);
        }
    });
    dialog->open();
}

void ChartView::copyPicture()
{
    QWidget *shown = m_pictures->currentWidget();
    QGuiApplication::clipboard()->setPixmap(shown->grab());
}

void ChartView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_recount.setActive(true);
}

void ChartView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_recount.setActive(false);
    m_reader.stop();
}

void ChartView::saveState(QSettings &settings) const
{
    settings.setValue("charts/kind", static_cast<int>(m_spec.kind));
    settings.setValue("charts/path", m_spec.path);
    settings.setValue("charts/stack", m_spec.stack);
    settings.setValue("charts/limit", m_spec.limit);
    settings.setValue("charts/splitter", m_splitter->saveState());
}

void ChartView::restoreState(const QSettings &settings)
{
    if (!settings.contains("charts/kind")) {
        return;
    }
    ChartSpec spec;
    spec.kind = static_cast<ChartKind>(std::clamp(settings.value("charts/kind").toInt(), 0, 2));
    spec.path = settings.value("charts/path").toString();
    spec.stack = settings.value("charts/stack").toString();
    spec.limit = std::clamp(settings.value("charts/limit", 12).toInt(), 1, mostBars);
    setSpec(spec);
    m_splitter->restoreState(settings.value("charts/splitter").toByteArray());
}

} // namespace octotrail::ui
