// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventMarks.h"

#include "ui/style/Icons.h"

#include <map>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

EventMark outcomeMark(const QString &result)
{
    if (result == "SUCCESS"_L1 || result == "ALLOW"_L1) {
        return {u"check", Tone::Good, false};
    }
    if (result == "FAILURE"_L1) {
        return {u"cross", Tone::Bad, true};
    }
    if (result == "DENY"_L1) {
        return {u"deny", Tone::Bad, true};
    }
    if (result == "CHALLENGE"_L1) {
        return {u"challenge", Tone::Warning, true};
    }
    if (result == "RATE_LIMIT"_L1) {
        return {u"limit", Tone::Warning, true};
    }
    if (result == "SKIPPED"_L1 || result == "ABANDONED"_L1) {
        return {u"skipped", Tone::Muted, false};
    }
    return {u"unknown", Tone::Muted, false};
}

EventMark severityMark(const QString &severity)
{
    if (severity == "ERROR"_L1) {
        return {u"error", Tone::Bad, true};
    }
    if (severity == "WARN"_L1) {
        return {u"warning", Tone::Warning, true};
    }
    if (severity == "INFO"_L1) {
        return {u"info", Tone::Muted, false};
    }
    if (severity == "DEBUG"_L1) {
        return {u"debug", Tone::Muted, false};
    }
    return {u"unknown", Tone::Muted, false};
}

const QIcon &markIcon(const EventMark &mark)
{
    static std::map<std::pair<QString, Tone>, QIcon> icons;
    QIcon &result = icons[{mark.iconName.toString(), mark.tone}];
    if (result.isNull()) {
        result = icon(mark.iconName, mark.tone);
    }
    return result;
}

} // namespace octotrail::ui
