// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceHealth.h"

#include "ui/sources/RelativeTime.h"
#include "ui/sources/Sparkline.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QToolButton *smallButton(QStringView iconName, const QString &text, const char *name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(icon(iconName));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

QString shortDuration(std::chrono::seconds length)
{
    using namespace std::chrono;
    if (length < minutes(2)) {
        return QObject::tr("%1 s").arg(std::max<qint64>(0, length.count()));
    }
    if (length < hours(2)) {
        return QObject::tr("%1 min").arg(duration_cast<minutes>(length).count());
    }
    if (length < hours(48)) {
        return QObject::tr("%1 h").arg(duration_cast<hours>(length).count());
    }
    return QObject::tr("%1 days").arg(duration_cast<days>(length).count());
}

SourceHealth::SourceHealth(QWidget *parent)
    : QWidget(parent)
    , m_sparkline(new Sparkline(this))
    , m_rateText(new ToneLabel(this, Tone::Muted))
    , m_budget(new ToneLabel(this, Tone::Muted))
    , m_backfill(new QWidget(this))
{
    m_sparkline->setObjectName(u"rate"_s);
    m_rateText->setObjectName(u"rateText"_s);
    m_budget->setObjectName(u"budget"_s);
    m_budget->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *rate = new QHBoxLayout;
    rate->setSpacing(metrics::Unit + metrics::HalfUnit);
    rate->addWidget(m_sparkline);
    rate->addWidget(m_rateText, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    layout->addLayout(rate);
    layout->addWidget(m_budget);
    buildBackfill();
    layout->addWidget(m_backfill);
    m_gapRow = new QWidget(this);
    m_gapRow->setObjectName(u"gaps"_s);
    m_gapText = new ToneLabel(m_gapRow);
    m_gapText->setObjectName(u"gapText"_s);
    m_gapText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fillGaps = smallButton(u"history", tr("Fill"), "fillGaps", m_gapRow);
    m_fillGaps->setAccessibleName(tr("Fill the gaps"));
    connect(m_fillGaps, &QToolButton::clicked, this, &SourceHealth::fillGapsRequested);
    auto *gaps = new QHBoxLayout(m_gapRow);
    gaps->setContentsMargins({});
    gaps->addWidget(m_gapText, 1);
    gaps->addWidget(m_fillGaps);
    m_gapRow->hide();
    layout->addWidget(m_gapRow);
    buildProblems();
    layout->addWidget(m_problemsButton, 0, Qt::AlignLeft);
    layout->addWidget(m_problems);
    setStatus({});
}

void SourceHealth::buildBackfill()
{
    m_backfill->setObjectName(u"backfill"_s);
    m_progress = new QProgressBar(m_backfill);
    m_progress->setObjectName(u"backfillProgress"_s);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Reading the past"));
    m_progress->setFixedWidth(20 * metrics::Unit);
    m_backfillText = new ToneLabel(m_backfill);
    m_backfillText->setObjectName(u"backfillText"_s);
    m_pauseBackfill = smallButton(u"pause", tr("Pause"), "pauseBackfill", m_backfill);
    m_cancelBackfill = smallButton(u"stop", tr("Cancel"), "cancelBackfill", m_backfill);
    connect(m_pauseBackfill, &QToolButton::clicked, this, [this] {
        if (m_status.backfill && m_status.backfill->paused) {
            Q_EMIT resumeBackfillRequested();
        } else {
            Q_EMIT pauseBackfillRequested();
        }
    });
    connect(m_cancelBackfill, &QToolButton::clicked, this, &SourceHealth::cancelBackfillRequested);
    auto *row = new QHBoxLayout(m_backfill);
    row->setContentsMargins({});
    row->setSpacing(metrics::Unit);
    row->addWidget(m_progress);
    row->addWidget(m_backfillText, 1);
    row->addWidget(m_pauseBackfill);
    row->addWidget(m_cancelBackfill);
}

void SourceHealth::buildProblems()
{
    m_problemsButton = smallButton(u"chevron-right", {}, "problemsButton", this);
    m_problemsButton->setCheckable(true);
    m_problems = new QPlainTextEdit(this);
    m_problems->setObjectName(u"problems"_s);
    m_problems->setAccessibleName(tr("What went wrong"));
    m_problems->setReadOnly(true);
    m_problems->setTabChangesFocus(true);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->setMaximumHeight(20 * metrics::Unit);
    m_problems->hide();
    connect(m_problemsButton, &QToolButton::toggled, this, [this](bool open) {
        m_problemsButton->setIcon(icon(open ? u"chevron-down" : u"chevron-right"));
        m_problems->setVisible(open);
    });
}

void SourceHealth::setStatus(const collect::SourceStatus &status)
{
    const bool otherProblems = status.problems != m_status.problems;
    m_status = status;
    m_rate.update(event::now(), status.events);
    updateBackfill();
    updateGaps();
    if (otherProblems || m_problemsButton->text().isEmpty()) {
        updateProblems();
    }
    updateTimes();
}

void SourceHealth::setGaps(const std::vector<store::Gap> &gaps)
{
    m_gaps = gaps;
    updateGaps();
}

void SourceHealth::showGapsAlone()
{
    m_isGapsAlone = true;
    m_sparkline->hide();
    m_rateText->hide();
    updateGaps();
}

void SourceHealth::updateGaps()
{
    std::vector<store::Gap> shown;
    std::ranges::copy_if(m_gaps, std::back_inserter(shown),
        [](const store::Gap &gap) { return gap.isLacking() && gap.range.since && gap.range.until; });
    constexpr std::size_t most = 3;
    QStringList lines;
    const std::size_t hidden = shown.size() > most ? shown.size() - most : 0;
    for (std::size_t i = hidden; i < shown.size(); ++i) {
        const store::Gap &gap = shown[i];
        const QString range = tr("%1 to %2").arg(m_times.seconds(*gap.range.since), m_times.seconds(*gap.range.until));
        lines << (gap.kind == store::Gap::Kind::Expired ? tr("%1, too old for Okta to tell").arg(range)
                : gap.kind == store::Gap::Kind::Skipped ? tr("%1, given up").arg(range)
                                                        : range);
    }
    if (hidden > 0) {
        lines.prepend(tr("%1 more").arg(hidden));
    }
    m_gapRow->setVisible(!shown.empty());
    m_gapText->setText(tr("Gaps: %1").arg(lines.join(u"; "_s)));
    m_gapText->setTone(Tone::Warning);
    m_fillGaps->setVisible(!m_isGapsAlone && std::ranges::any_of(shown, &store::Gap::isFillable));
    m_fillGaps->setEnabled(!m_status.backfill || m_status.backfill->paused);
}

void SourceHealth::setTimeDisplay(const TimeDisplay &times)
{
    m_times = times;
    updateGaps();
    updateProblems();
    updateTimes();
}

void SourceHealth::updateTimes()
{
    const event::Timestamp now = event::now();
    const QLocale locale;
    const QList<qint64> rates = m_rate.perMinute(now);
    m_sparkline->setValues(rates);
    qint64 sum = 0;
    for (const qint64 rate : rates) {
        sum += rate;
    }
    m_rateText->setText(
        tr("%1 events in the last hour, %2 in this minute").arg(locale.toString(sum), locale.toString(rates.last())));
    m_sparkline->setAccessibleName(tr("Events per minute: %1").arg(m_rateText->text()));
    const QString budget = budgetText(now);
    m_budget->setText(budget);
    m_budget->setVisible(!budget.isEmpty());
}

/// What Okta last said of its limits, an endpoint a line.
QString SourceHealth::budgetText(event::Timestamp now) const
{
    QStringList lines;
    for (const collect::RateBudget &budget : m_status.budgets) {
        QString line = tr("Rate limit of %1: %2 of %3 requests left, our share %4")
                           .arg(singleLine(budget.endpoint, 60))
                           .arg(budget.remaining)
                           .arg(budget.limit)
                           .arg(budget.ours);
        if (budget.reset && *budget.reset > now) {
            line += tr("; renewed %1").arg(relativeTime(*budget.reset, now, m_times));
        }
        lines << line;
    }
    return lines.join(u'\n');
}

void SourceHealth::updateBackfill()
{
    m_backfill->setVisible(m_status.backfill.has_value());
    if (!m_status.backfill) {
        return;
    }
    const collect::Backfill &backfill = *m_status.backfill;
    m_progress->setRange(0, static_cast<int>(std::clamp<qint64>(backfill.slices, 0, 100'000)));
    m_progress->setValue(static_cast<int>(std::clamp<qint64>(backfill.done, 0, 100'000)));
    const QString events = QLocale().toString(backfill.events);
    QString text = backfill.slices > 0
        ? tr("Reading the past: %1 of %2 parts, %3 events").arg(backfill.done).arg(backfill.slices).arg(events)
        : tr("Reading the past: %1 events").arg(events);
    if (backfill.paused) {
        text += tr(", paused");
    } else if (!backfill.fault.isEmpty()) {
        text += tr(". %1").arg(singleLine(backfill.fault, 500));
        if (backfill.nextTry) {
            text += tr(" Trying again at %1.").arg(m_times.seconds(*backfill.nextTry));
        }
    } else if (backfill.nextTry) {
        text += tr(", waiting for our share of Okta's rate limit until %1").arg(m_times.seconds(*backfill.nextTry));
    } else if (backfill.end) {
        text += tr(", until about %1").arg(m_times.seconds(*backfill.end));
    }
    m_backfillText->setText(text);
    m_backfillText->setTone(!backfill.paused && !backfill.fault.isEmpty() ? Tone::Warning : Tone::Plain);
    m_pauseBackfill->setText(backfill.paused ? tr("Resume") : tr("Pause"));
    m_pauseBackfill->setIcon(icon(backfill.paused ? u"play" : u"pause"));
    m_pauseBackfill->setAccessibleName(backfill.paused ? tr("Read the past on") : tr("Pause reading the past"));
    m_cancelBackfill->setAccessibleName(tr("Stop reading the past"));
    m_cancelBackfill->setToolTip(ui::toolTip(tr("What is not read yet stays a gap, which can be filled later.")));
}

void SourceHealth::updateProblems()
{
    const auto count = m_status.problems.size();
    m_problemsButton->setVisible(count > 0);
    m_problemsButton->setText(count == 1                  ? tr("1 problem")
            : count < collect::SourceStatus::mostProblems ? tr("%1 problems").arg(count)
                                                          : tr("The last %1 problems").arg(count));
    if (count == 0) {
        m_problemsButton->setChecked(false);
    }
    QStringList lines;
    for (const collect::Problem &problem : m_status.problems) {
        lines << m_times.seconds(problem.time) + u"  "_s + singleLine(problem.sentence, 1000);
    }
    m_problems->setPlainText(lines.join(u'\n'));
}

} // namespace octotrail::ui
