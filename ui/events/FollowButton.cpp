// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FollowButton.h"

#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

FollowButton::FollowButton(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(u"follow"_s);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    updateLook();
}

void FollowButton::setFeed(Feed feed)
{
    m_feed = feed;
    updateLook();
}

void FollowButton::showState(EventTable::FollowState state, qint64 newEvents)
{
    m_state = state;
    m_new = newEvents;
    updateLook();
}

void FollowButton::updateLook()
{
    const QString count = QLocale().toString(m_new);
    QString text;
    QString tip;
    QStringView name = u"follow";
    Tone tone = Tone::Muted;
    switch (m_state) {
    case EventTable::FollowState::Following:
        text = tr("Following");
        tip = tr("New events come in as they arrive. Press to hold them back (Space).");
        tone = Tone::Good;
        break;
    case EventTable::FollowState::ScrolledAway:
        text = m_new > 0 ? tr("%1 new").arg(count) : tr("Not at the newest");
        tip = tr("New events come in out of sight. Press to go to the newest and follow (Space).");
        name = u"arrow-up";
        break;
    case EventTable::FollowState::Paused:
        text = m_new > 0 ? tr("Paused, %1 waiting").arg(count) : tr("Paused");
        tip = tr("New events wait. Press to let them in and follow (Space).");
        name = u"pause";
        tone = Tone::Warning;
        break;
    case EventTable::FollowState::Unordered:
        text = tr("Live");
        tip = tr("New events come in where the sorting puts them. Press to hold them back (Space).");
        break;
    }
    // What is held back or out of sight is so wherever it came from.
    if (m_feed != Feed::Live && m_new == 0 && m_state != EventTable::FollowState::Paused) {
        const bool isPaused = m_feed == Feed::Paused;
        text = isPaused ? tr("Sources paused") : tr("Not live");
        tip = isPaused ? tr("No events come in: all sources of this case are paused.")
                       : tr("No events come in but those that are imported: this case has no source that collects.");
        name = isPaused ? u"pause" : u"archive";
        tone = Tone::Muted;
    }
    setText(text);
    setToolTip(ui::toolTip(tip));
    setAccessibleName(tr("Live events: %1").arg(text));
    setIcon(ui::icon(name, tone));
}

FollowButton::Feed feedOf(const std::vector<store::SourceConfig> &sources, bool isReadOnly)
{
    using Feed = FollowButton::Feed;
    const auto collects = [](const store::SourceConfig &source) { return source.collects; };
    if (isReadOnly || std::ranges::none_of(sources, collects)) {
        return Feed::None;
    }
    const auto runs = [](const store::SourceConfig &source) { return source.collects && !source.paused; };
    return std::ranges::any_of(sources, runs) ? Feed::Live : Feed::Paused;
}

} // namespace octotrail::ui
