// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/BackTestPane.h"
#include "ui/detections/RuleText.h"

#include "event/Json.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostRows = 500;
constexpr auto settleTime = 600ms;
enum Role { UuidRole = Qt::UserRole };

} // namespace

BackTestPane::BackTestPane(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_test(std::make_shared<const detect::BackTest>(m_store))
    , m_soon(this)
    , m_run(new QPushButton(tr("&Back-test"), this))
    , m_days(new QComboBox(this))
    , m_progress(new QProgressBar(this))
    , m_figure(new QLabel(this))
    , m_list(new QTreeWidget(this))
    , m_more(new QLabel(this))
    , m_all(new QPushButton(tr("Show e&vents"), this))
{
    m_pool.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(settleTime);
    connect(&m_soon, &QTimer::timeout, this, &BackTestPane::run);
    for (const auto &[days, text] : {std::pair(7, tr("7 days")), std::pair(30, tr("30 days")),
             std::pair(90, tr("90 days")), std::pair(0, tr("All that is stored"))}) {
        m_days->addItem(text, days);
    }
    m_days->setCurrentIndex(2);
    m_days->setAccessibleName(tr("How far back"));
    m_run->setToolTip(tr("Asks the store what the rule would have done (F9). Nothing is changed."));
    m_progress->setRange(0, 0);
    m_progress->setMaximumWidth(10 * metrics::Unit);
    m_progress->hide();
    m_figure->setTextFormat(Qt::PlainText);
    m_figure->setWordWrap(true);
    m_figure->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_more->setTextFormat(Qt::PlainText);
    m_more->setWordWrap(true);
    m_list->setHeaderLabels({tr("Time"), tr("Event type"), tr("Actor"), tr("Outcome")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Events on which the rule would have fired"));
    m_list->setToolTip(tr("A double click shows the event in the Events view."));
    m_list->header()->resizeSection(0, 18 * metrics::Unit);
    m_list->header()->resizeSection(1, 17 * metrics::Unit);
    m_list->header()->resizeSection(2, 15 * metrics::Unit);
    m_all->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::HalfUnit);
    row->addWidget(m_run);
    row->addWidget(m_days);
    row->addWidget(m_progress);
    row->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::Unit);
    words->addWidget(m_figure);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::Unit);
    foot->addWidget(m_more, 1);
    foot->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addLayout(words);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_isRunning) {
            cancel();
        } else {
            run();
        }
    });
    connect(m_days, &QComboBox::activated, this, &BackTestPane::run);
    connect(m_all, &QPushButton::clicked, this, &BackTestPane::requestAll);
    const auto showEvent = [this](const QTreeWidgetItem *item) {
        const std::string uuid = item->data(0, UuidRole).toString().toStdString();
        Q_EMIT eventsRequested(u"uuid eq "_s + QString::fromStdString(event::quoteJson(uuid)), 0);
    };
    connect(m_list, &QTreeWidget::itemActivated, this, showEvent);
    setCheck(nullptr);
}

BackTestPane::~BackTestPane()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

int BackTestPane::days() const
{
    return m_days->currentData().toInt();
}

void BackTestPane::setDays(int days)
{
    m_days->setCurrentIndex(m_days->findData(days));
}

void BackTestPane::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
}

QString BackTestPane::figure() const
{
    return m_figure->text();
}

void BackTestPane::setFigure(const QString &figure)
{
    m_figure->setText(figure);
    Q_EMIT figureChanged(figure);
}

void BackTestPane::stop()
{
    m_stop.request_stop();
    m_stop = {};
    ++m_job;
    m_isRunning = false;
    m_soon.stop();
    m_progress->hide();
    m_run->setText(tr("&Back-test"));
}

void BackTestPane::cancel()
{
    stop();
    setFigure(tr("The back-test was stopped."));
}

void BackTestPane::setCheck(std::shared_ptr<const detect::RuleCheck> check)
{
    const bool isSame = check && m_check && check->isUsable() && m_check->isUsable()
        && check->rule->digest == m_check->rule->digest && check->rule->alert.period == m_check->rule->alert.period
        && check->rule->alert.dedup == m_check->rule->alert.dedup && !check->rule->python();
    m_check = std::move(check);
    if (isSame) {
        return; // a word of the description or of a test
    }
    stop();
    const bool isUsable = m_check && m_check->isUsable();
    m_run->setEnabled(isUsable);
    if (!isUsable) {
        m_list->clear();
        m_more->clear();
        m_all->hide();
        setFigure(m_check ? tr("What it would have done is told as soon as it can be used.") : QString());
    } else if (m_check->rule->python()) {
        setFigure(tr("Rules in Python look at every event, one by one: a click on Back-test asks them."));
    } else {
        setFigure(tr("Asking the stored past…"));
        m_soon.start();
    }
}

void BackTestPane::run()
{
    if (!m_check || !m_check->isUsable()) {
        return;
    }
    stop();
    m_testedDays = days();
    m_isRunning = true;
    m_progress->show();
    m_run->setText(tr("&Stop"));
    event::TimeRange range;
    if (days() > 0) {
        range.since = event::now() - std::chrono::days(days());
    }
    const auto work = [test = m_test, check = m_check, range, token = m_stop.get_token()] {
        return test->run(check->set, check->rule, range, token);
    };
    whenFinished(QtConcurrent::run(&m_pool, work), this,
        [this, job = m_job](const event::Result<detect::BackTestResult> &result) {
            if (job == m_job) {
                take(result);
            }
        });
}

void BackTestPane::take(const event::Result<detect::BackTestResult> &result)
{
    stop();
    m_list->clear();
    m_more->clear();
    m_all->hide();
    if (!result) {
        setFigure(result.error().sentence);
        return;
    }
    m_result = *result;
    setFigure(firedText(m_result.matches, m_result.alerts, days()));
    m_all->setVisible(m_result.matches > 0);
    if (m_result.matches > 0) {
        readRows();
    }
}

void BackTestPane::readRows()
{
    std::vector<store::Seq> newest(m_result.events.rbegin(),
        m_result.events.rbegin() + static_cast<std::ptrdiff_t>(std::min(mostRows, m_result.events.size())));
    if (m_result.events.size() > newest.size() || m_result.isBounded) {
        m_more->setText(tr("The newest %1 are listed.").arg(newest.size()));
    }
    const auto rows = m_store->rows(std::move(newest), {"uuid", "eventType", "actor.alternateId", "outcome.result"});
    whenFinished(rows, this, [this, job = m_job](const event::Result<std::vector<store::EventRow>> &read) {
        if (job != m_job || !read) {
            return;
        }
        for (const store::EventRow &one : *read) {
            const auto cell = [&](std::size_t i) { return i < one.cells.size() ? one.cells[i] : QString(); };
            auto *item = new QTreeWidgetItem(m_list,
                {one.published ? m_time.seconds(*one.published) : QString(), singleLine(cell(1)), singleLine(cell(2)),
                    singleLine(cell(3))});
            item->setData(0, UuidRole, cell(0));
            item->setToolTip(1, ui::toolTip(cell(1)));
        }
    });
}

void BackTestPane::requestAll()
{
    if (!m_check || !m_check->isUsable()) {
        return;
    }
    if (m_check->rule->expression()) {
        Q_EMIT eventsRequested(QString::fromStdString(m_check->rule->expression()->toString()), m_testedDays);
        return;
    }
    QStringList quoted;
    for (const std::string &uuid : m_result.uuids) {
        quoted.append(QString::fromStdString(event::quoteJson(uuid)));
    }
    Q_EMIT eventsRequested(u"uuid in (%1)"_s.arg(quoted.join(u", "_s)), m_testedDays);
}

} // namespace octotrail::ui
