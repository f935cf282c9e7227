// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace octotrail::okta {

/// A kind of log that a source can collect. The catalogue is the one place to add another.
struct LogType
{
    QString id; ///< Okta.SystemLog
    QString title;
    QString description;
};

const QList<LogType> &logTypes();

} // namespace octotrail::okta
