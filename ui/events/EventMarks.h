// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QIcon>
#include <QString>

namespace octotrail::ui {

/// How an outcome or a severity is shown: a shape that tells it without its colour, and the colour.
struct EventMark
{
    QStringView iconName;
    Tone tone = Tone::Plain;
    /// Whether the word itself is coloured, too: for what an analyst looks for.
    bool stands = false;
};

/// For outcome.result: SUCCESS, FAILURE, ALLOW, DENY, CHALLENGE, SKIPPED, UNKNOWN, or anything else Okta may add.
EventMark outcomeMark(const QString &result);
/// For severity: DEBUG, INFO, WARN, ERROR.
EventMark severityMark(const QString &severity);

/// The mark's icon, made once.
const QIcon &markIcon(const EventMark &mark);

} // namespace octotrail::ui
