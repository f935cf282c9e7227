// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimelinePane.h"

#include "ui/events/TimelineLegend.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

TimelinePane::TimelinePane(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent)
    : QWidget(parent)
    , m_model(std::move(store), result)
    , m_title(new QLabel(this))
    , m_legend(new TimelineLegend(this))
    , m_fill(new QToolButton(this))
    , m_back(new QToolButton(this))
    , m_split(new QToolButton(this))
    , m_view(new TimelineView(this))
{
    setObjectName(u"timelinePane"_s);
    m_title->setObjectName(u"timelineTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(scaledFont(TextSize::Small));
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_fill->setObjectName(u"fillGap"_s);
    m_fill->setAutoRaise(true);
    m_fill->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fill->setIcon(icon(u"history", Tone::Warning));
    m_fill->setFocusPolicy(Qt::StrongFocus);
    m_fill->setFont(scaledFont(TextSize::Small));
    connect(m_fill, &QToolButton::clicked, this, [this] { Q_EMIT fillRequested(fillableGaps()); });
    m_back->setAutoRaise(true);
    m_back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_back->setVisible(false);
    m_split->setObjectName(u"timelineSplit"_s);
    m_split->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_split->setIcon(icon(u"timeline", Tone::Muted));
    m_split->setPopupMode(QToolButton::InstantPopup);
    m_split->setFocusPolicy(Qt::StrongFocus);
    m_split->setFont(scaledFont(TextSize::Small));
    auto *menu = new QMenu(m_split);
    connect(menu->addAction(tr("By &outcome")), &QAction::triggered, this,
        [this] { setSplit(TimelineModel::Split::Outcome); });
    connect(menu->addAction(tr("By &severity")), &QAction::triggered, this,
        [this] { setSplit(TimelineModel::Split::Severity); });
    m_split->setMenu(menu);
    setSplit(TimelineModel::Split::Outcome);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, 0);
    head->setSpacing(2 * metrics::Unit);
    head->addWidget(m_title);
    head->addWidget(m_legend, 1);
    head->addWidget(m_fill);
    head->addWidget(m_back);
    head->addWidget(m_split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_view);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    m_view->installEventFilter(this);
    connect(m_view, &TimelineView::rangeChosen, this, &TimelinePane::rangeChosen);
    connect(m_view, &TimelineView::backRequested, this, &TimelinePane::backRequested);
    connect(&m_model, &TimelineModel::changed, this, &TimelinePane::showData);
    showData();
}

TimelinePane::~TimelinePane() = default;

void TimelinePane::setSplit(TimelineModel::Split split)
{
    m_model.setSplit(split);
    const QString text = split == TimelineModel::Split::Outcome ? tr("By outcome") : tr("By severity");
    m_split->setText(text);
    m_split->setAccessibleName(tr("Bars are divided: %1").arg(text));
}

void TimelinePane::setTimeDisplay(const TimeDisplay &time)
{
    m_view->setTimeDisplay(time);
    m_model.setTimeDisplay(time);
    showGaps();
}

void TimelinePane::setBackAction(QAction *action)
{
    m_back->setDefaultAction(action);
    const auto follow = [this, action] { m_back->setVisible(action->isEnabled()); };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void TimelinePane::setGaps(std::vector<store::Gap> gaps)
{
    std::erase_if(gaps, [](const store::Gap &gap) { return !gap.isLacking(); });
    m_gaps = std::move(gaps);
    std::vector<event::TimeRange> ranges;
    std::ranges::transform(m_gaps, std::back_inserter(ranges), &store::Gap::range);
    m_view->setUncovered(std::move(ranges));
    showData();
}

void TimelinePane::setFilling(store::SourceId source, bool filling)
{
    if (filling ? m_filling.insert(source).second : m_filling.erase(source) > 0) {
        showGaps();
    }
}

/// Those of the time that is shown.
std::vector<store::Gap> TimelinePane::shownGaps() const
{
    const store::HistogramData &counted = m_view->data();
    std::vector<store::Gap> shown;
    if (counted.bins > 0) {
        std::ranges::copy_if(m_gaps, std::back_inserter(shown), [&](const store::Gap &gap) {
            return gap.range.since && gap.range.until && *gap.range.since < counted.startOf(counted.bins)
                && *gap.range.until > counted.start;
        });
    }
    return shown;
}

/// Of those, what Okta can still tell.
std::vector<store::Gap> TimelinePane::fillableGaps() const
{
    std::vector<store::Gap> gaps = shownGaps();
    std::erase_if(gaps, [](const store::Gap &gap) { return !gap.isFillable(); });
    return gaps;
}

void TimelinePane::showGaps()
{
    const std::vector<store::Gap> gaps = fillableGaps();
    const bool filling
        = std::ranges::all_of(gaps, [this](const store::Gap &gap) { return m_filling.contains(gap.source); });
    m_fill->setVisible(!gaps.empty());
    m_fill->setEnabled(!filling);
    m_fill->setText(gaps.size() > 1 ? (filling ? tr("Filling %1 gaps\u2026") : tr("Fill %1 gaps")).arg(gaps.size())
            : filling               ? tr("Filling a gap\u2026")
                                    : tr("Fill the gap"));
    QString what = tr("Not collected (hatched):");
    constexpr std::size_t most = 5;
    for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i) {
        const event::TimeRange &range = gaps[i].range;
        what += u'\n'
            + tr("%1 to %2")
                  .arg(m_view->timeDisplay().seconds(*range.since), m_view->timeDisplay().seconds(*range.until));
    }
    if (gaps.size() > most) {
        what += u'\n' + tr("and %1 more").arg(gaps.size() - most);
    }
    m_fill->setToolTip(ui::toolTip(what));
    m_fill->setAccessibleDescription(what);
}

void TimelinePane::showData()
{
    const store::HistogramData &counted = m_model.data();
    m_view->setStale(m_model.state() != TimelineModel::State::Ready);
    if (m_model.state() == TimelineModel::State::Ready) {
        m_view->setData(counted, m_model.split());
    }
    QString message;
    switch (m_model.state()) {
    case TimelineModel::State::Counting:
        message = counted.bins == 0 ? tr("Counting\u2026") : QString();
        break;
    case TimelineModel::State::Ready:
        if (counted.total == 0) {
            message = counted.timeless > 0 ? tr("None of these events has a time.")
                : shownGaps().empty()      ? tr("No events in this time.")
                                           : tr("No events in this time. Not all of it has been collected.");
        }
        break;
    case TimelineModel::State::Failed:
        message = tr("The timeline could not be counted: %1").arg(m_model.error().sentence);
        break;
    case TimelineModel::State::Unknown:
        message = tr("No timeline: the search did not come to its end.");
        break;
    }
    m_view->setMessage(message);
    const bool shown = message.isEmpty() && counted.bins > 0;
    m_title->setText(shown ? tr("Events per %1").arg(timeline::lengthText(counted.width)) : tr("Timeline"));
    m_legend->setLayers(shown ? timeline::layersOf(counted, m_model.split()) : std::vector<timeline::Layer>());
    showGaps();
}

void TimelinePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void TimelinePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

bool TimelinePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::Resize) {
        m_model.setMaxBins(m_view->room());
    }
    return QWidget::eventFilter(watched, event);
}

void TimelinePane::saveState(QSettings &settings) const
{
    settings.setValue("timelineSplit", m_model.split() == TimelineModel::Split::Outcome ? u"outcome"_s : u"severity"_s);
}

void TimelinePane::restoreState(const QSettings &settings)
{
    setSplit(settings.value("timelineSplit").toString() == u"severity"_s ? TimelineModel::Split::Severity
                                                                         : TimelineModel::Split::Outcome);
}

} // namespace octotrail::ui
