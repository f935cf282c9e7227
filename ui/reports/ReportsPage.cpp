// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/ReportsPage.h"

#include "detect/Engine.h"
#include "event/PrivateFile.h"
#include "store/OldestEvent.h"
#include "ui/reports/AlertChart.h"
#include "ui/reports/CoverageModel.h"
#include "ui/reports/CoverageTable.h"
#include "ui/reports/ReportModel.h"
#include "ui/reports/ReportText.h"
#include "ui/reports/TrendDelegate.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLocale>
#include <QSaveFile>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostAlerts = 200'000;

detect::ReportBy byOf(ReportsPage::Report report)
{
    return report == ReportsPage::Report::Rules ? detect::ReportBy::Rule
        : report == ReportsPage::Report::Actors ? detect::ReportBy::Actor
                                                : detect::ReportBy::Technique;
}

event::Status write(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (!event::writePrivately(file, bytes)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(name), file.errorString()));
    }
    return {};
}

} // namespace

ReportsPage::ReportsPage(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_alerts(alerts)
    , m_due(this)
    , m_tabs(new QTabBar(this))
    , m_days(new QComboBox(this))
    , m_note(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_report(new QWidget(this))
    , m_chart(new AlertChart(this))
    , m_model(new ReportModel(this))
    , m_table(new QTableView(this))
    , m_coverage(new CoverageModel(this))
    , m_matrix(new CoverageTable(*m_coverage, this))
    , m_nothing(new StatePage(this))
{
    makeActions();
    makeLayout();
    m_due.setSingleShot(true);
    m_due.setInterval(2s);
    connect(&m_due, &QTimer::timeout, this, &ReportsPage::read);
    connect(&m_alerts, &store::Alerts::changed, this, &ReportsPage::readSoon);
    connect(m_store.get(), &store::Store::sourcesChanged, this, &ReportsPage::readSources);
    connect(m_tabs, &QTabBar::currentChanged, this, &ReportsPage::fill);
    connect(m_days, &QComboBox::currentIndexChanged, this, [this] {
        m_isStale = true;
        if (isVisible()) {
            read();
        }
    });
    connect(m_table, &QAbstractItemView::activated, this, &ReportsPage::openSelected);
    connect(m_matrix, &CoverageTable::techniqueChosen, this, &ReportsPage::techniqueRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ReportsPage::showSelected);
    readSources();
}

ReportsPage::~ReportsPage()
{
    m_store->disconnect(this);
}

void ReportsPage::makeActions()
{
    m_actions.csv = new QAction(icon(u"export"), tr("Export as &CSV…"), this);
    m_actions.picture = new QAction(icon(u"export"), tr("Save as &picture…"), this);
    const auto ask = [this](const QString &title, const QString &suffix, void (ReportsPage::*then)(const QString &)) {
        const QString name = m_tabs->tabData(m_tabs->currentIndex()).toString() + u'.' + suffix;
        auto *dialog = new QFileDialog(this, title, name, u"*."_s + suffix);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(suffix);
        connect(dialog, &QFileDialog::fileSelected, this, then);
        dialog->open();
    };
    connect(m_actions.csv, &QAction::triggered, this,
        [this, ask] { ask(tr("Export the report"), u"csv"_s, &ReportsPage::exportCsv); });
    connect(m_actions.picture, &QAction::triggered, this,
        [this, ask] { ask(tr("Save the report as a picture"), u"png"_s, &ReportsPage::exportPicture); });
}

void ReportsPage::makeLayout()
{
    for (const auto &[name, file] : {std::pair(tr("By &rule"), u"alerts-by-rule"_s),
             std::pair(tr("By &actor"), u"alerts-by-actor"_s), std::pair(tr("By &technique"), u"alerts-by-technique"_s),
             std::pair(tr("ATT&&CK co&verage"), u"attack-coverage"_s)}) {
        m_tabs->setTabData(m_tabs->addTab(name), file);
    }
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Reports"));
    for (const auto &[days, text] : {std::pair(7, tr("7 days")), std::pair(30, tr("30 days")),
             std::pair(90, tr("90 days")), std::pair(365, tr("A year"))}) {
        m_days->addItem(text, days);
    }
    m_days->setCurrentIndex(1);
    m_days->setAccessibleName(tr("How far back"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    bar->setSpacing(metrics::Unit);
    bar->addWidget(m_tabs);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_days);
    for (QAction *action : {m_actions.csv, m_actions.picture}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        bar->addWidget(button);
    }
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(ReportModel::Trend, new TrendDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ReportModel::Alerts, Qt::DescendingOrder);
    m_table->setAccessibleName(tr("Alerts by rule, actor or technique"));
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->verticalHeader()->setDefaultSectionSize(metrics::RowHeight + 4);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(ReportModel::Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(ReportModel::Trend, 30 * metrics::Unit);
    m_table->horizontalHeader()->resizeSection(ReportModel::Alerts, 11 * metrics::Unit);
    m_table->horizontalHeader()->resizeSection(ReportModel::PerDay, 9 * metrics::Unit);
    m_table->horizontalHeader()->resizeSection(ReportModel::Recorded, 11 * metrics::Unit);
    m_table->horizontalHeader()->resizeSection(ReportModel::FalsePositives, 14 * metrics::Unit);
    m_table->horizontalHeader()->resizeSection(ReportModel::Last, 22 * metrics::Unit);
    auto *column = new QVBoxLayout(m_report);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_chart);
    column->addWidget(m_table, 1);
    m_nothing->setIcon(u"reports");
    m_pages->addWidget(m_report);
    m_pages->addWidget(m_matrix);
    m_pages->addWidget(m_nothing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
    setFirstFocus(this, m_tabs);
}

void ReportsPage::setEngine(detect::Engine *engine)
{
    m_engine = engine;
    connect(m_engine, &detect::Engine::packsChanged, this, &ReportsPage::fill);
    fill();
}

void ReportsPage::setTimeDisplay(const TimeDisplay &time)
{
    m_model->setTimeDisplay(time);
}

ReportsPage::Report ReportsPage::current() const
{
    return static_cast<Report>(m_tabs->currentIndex());
}

void ReportsPage::show(Report report)
{
    m_tabs->setCurrentIndex(static_cast<int>(report));
}

int ReportsPage::days() const
{
    return m_days->currentData().toInt();
}

void ReportsPage::setDays(int days)
{
    if (const int row = m_days->findData(days); row >= 0) {
        m_days->setCurrentIndex(row);
    }
}

void ReportsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        read();
    }
}

void ReportsPage::readSoon()
{
    m_isStale = true;
    if (isVisible() && !m_due.isActive()) {
        m_due.start();
    }
}

void ReportsPage::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        m_sources = sources.value_or(std::vector<store::SourceConfig>());
        fill();
    });
}

void ReportsPage::read()
{
    m_isStale = false;
    store::AlertQuery query;
    whenFinished(
        store::oldestEvent(*m_store), this, [this](const event::Result<std::optional<event::Timestamp>> &oldest) {
            if (oldest && *oldest != m_oldest) {
                m_oldest = *oldest;
                fill();
            }
        });
    query.range.since = event::now() - std::chrono::days(days());
    query.limit = mostAlerts;
    whenFinished(m_alerts.list(query), this, [this, job = ++m_job](const event::Result<store::AlertList> &list) {
        if (job != m_job) {
            return;
        }
        m_hasLoaded = true;
        if (!list) {
            m_note->setText(list.error().sentence);
            return;
        }
        m_list = list->alerts;
        m_total = list->total;
        fill();
    });
}

void ReportsPage::fill()
{
    const bool isCoverage = current() == Report::Coverage;
    m_note->clear();
    if (isCoverage) {
        if (m_engine) {
            const auto isOn = [this](const detect::Pack &pack, const detect::Rule &rule) {
                const detect::RuleChoices choices = m_engine->choices();
                const bool isPackOn = std::ranges::any_of(
                    m_sources, [&](const store::SourceConfig &source) { return choices.watches(pack, source); });
                return isPackOn && choices.isRuleOn(rule);
            };
            m_coverage->setColumns(detect::coverageOf(*m_engine->packs(), isOn, m_list));
        }
        int covered = 0;
        int all = 0;
        for (const detect::CoverageColumn &column : m_coverage->columns()) {
            covered += column.covered();
            all += static_cast<int>(column.cells.size());
        }
        m_note->setText(
            tr("Watched for by rules that are on: %1 of %2. Alerts of %3 days.").arg(covered).arg(all).arg(days()));
        m_nothing->setTitle(tr("No rules yet"));
        m_nothing->setSentence(tr("As soon as the rules are read, this shows which techniques they watch for."));
        m_pages->setCurrentWidget(all > 0 ? static_cast<QWidget *>(m_matrix) : m_nothing);
        return;
    }
    const auto now = event::now();
    const std::chrono::days bin(days() > 100 ? 7 : 1);
    m_model->setReport(
        detect::reportOf(m_list, byOf(current()), now - std::chrono::days(days() - 1), now, bin, m_oldest),
        byOf(current()));
    m_model->sort(
        m_table->horizontalHeader()->sortIndicatorSection(), m_table->horizontalHeader()->sortIndicatorOrder());
    m_chart->setReport(m_model->report());
    if (m_total > static_cast<std::int64_t>(m_list.size())) {
        m_note->setText(tr("There are %1 alerts: the newest %2 are counted.")
                            .arg(QLocale().toString(static_cast<qlonglong>(m_total)),
                                QLocale().toString(static_cast<qlonglong>(m_list.size()))));
    }
    m_nothing->setTitle(tr("No alerts in %1 days").arg(days()));
    m_nothing->setSentence(tr("Alerts come from the rules in the Detections view that are on."));
    m_pages->setCurrentWidget(m_model->rowCount() > 0 ? m_report : static_cast<QWidget *>(m_nothing));
}

void ReportsPage::showSelected()
{
    const int row = m_table->currentIndex().row();
    const auto &series = m_model->report().series;
    m_chart->setSeries(row >= 0 && static_cast<std::size_t>(row) < series.size()
            ? std::optional(series[static_cast<std::size_t>(row)])
            : std::nullopt);
}

void ReportsPage::openSelected()
{
    const int row = m_table->currentIndex().row();
    const auto &series = m_model->report().series;
    if (row < 0 || static_cast<std::size_t>(row) >= series.size()) {
        return;
    }
    const QString key = series[static_cast<std::size_t>(row)].key;
    switch (current()) {
    case Report::Rules:
        Q_EMIT ruleRequested(key);
        break;
    case Report::Actors:
        Q_EMIT actorRequested(key);
        break;
    default:
        Q_EMIT techniqueRequested(key);
    }
}

void ReportsPage::tellWritten(const event::Status &done, const QString &file)
{
    const QString sentence = done ? tr("Written to %1.").arg(QDir::toNativeSeparators(file)) : done.error().sentence;
    m_note->setText(sentence);
    Q_EMIT exported(done.has_value(), sentence);
}

void ReportsPage::exportCsv(const QString &file)
{
    const QString text = current() == Report::Coverage ? coverageAsCsv(m_coverage->columns())
                                                       : reportAsCsv(m_model->report(), m_model->by());
    const auto work = [file, bytes = text.toUtf8()] { return write(file, bytes); };
    whenFinished(QtConcurrent::run(work), this, [this, file](const event::Status &done) { tellWritten(done, file); });
}

void ReportsPage::exportPicture(const QString &file)
{
    QImage image;
    if (current() == Report::Coverage) {
        image = m_matrix->picture();
    } else {
        constexpr double scale = 2;
        image = QImage(m_report->size() * scale, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(scale);
        image.fill(palette().color(QPalette::Base));
        m_report->render(&image);
    }
    const auto work = [file, image]() -> event::Status {
        QSaveFile out(file);
        if (!event::openPrivately(out) || !image.save(&out, "PNG") || !out.commit()) {
            return event::failure(event::ErrorKind::Storage,
                QObject::tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(file), out.errorString()));
        }
        return {};
    };
    whenFinished(QtConcurrent::run(work), this, [this, file](const event::Status &done) { tellWritten(done, file); });
}

void ReportsPage::saveState(QSettings &settings) const
{
    settings.setValue("reports/tab", m_tabs->currentIndex());
    settings.setValue("reports/days", days());
}

void ReportsPage::restoreState(const QSettings &settings)
{
    m_tabs->setCurrentIndex(settings.value("reports/tab", 0).toInt());
    setDays(settings.value("reports/days", 30).toInt());
}

} // namespace octotrail::ui
