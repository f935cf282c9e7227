// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "ui/models/TimeDisplay.h"

#include <QList>
#include <QString>

namespace octotrail::ui {

/// A field that tells something about an event, for reading.
struct EventFact
{
    QString label;
    QString text; ///< for display
    QString path; ///< for "Filter to this value", empty if there is no comparison for it
    QString value; ///< what is compared
};

struct EventFactGroup
{
    QString title;
    QList<EventFact> facts;
};

/// What happened, in words: the title says what, the sentence who did it, to whom, from where, with what result.
/// Plain text of bounded length.
struct EventSummary
{
    QString title; ///< the message, or the event type
    QString eventType;
    QString outcome; ///< as Okta writes it, may be empty
    QString severity;
    QString time;
    QString sentence;
    QList<EventFactGroup> groups;
    QString defects; ///< why parts could not be read
};

EventSummary summarize(const event::LogEvent &event, const QString &source, const TimeDisplay &time);

} // namespace octotrail::ui
