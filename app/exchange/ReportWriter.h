// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "store/AnnotationRecords.h"

#include <QString>
#include <QTimeZone>
#include <string>

namespace octotrail::exchange {

/// What stands at the head of a report.
struct ReportHead
{
    QString title;
    QString remarks; ///< by the analyst; may be empty
    QTimeZone zone = QTimeZone::utc(); ///< in which times are told
    QString caseName; ///< empty: not told
    QString filter; ///< empty: not told
    QString range; ///< empty: not told
    QStringList redacted; ///< the fields
    QString head; ///< of the integrity chain
    event::Timestamp created{};
};

/// A report as HTML, event by event: one file without scripts, pictures and anything from elsewhere, to be read in any
/// browser and printed. Everything that comes from events and notes is escaped.
class ReportWriter
{
public:
    /// For paper there is no JSON that unfolds, and only what QTextDocument can lay out.
    enum class Medium { Screen, Paper };

    ReportWriter(Medium medium, ReportHead head);

    /// The style sheet of what is for paper.
    static QString paperStyle();

    std::string begin(qint64 events) const;
    /// The source is its name.
    std::string event(const event::LogEvent &event, const QString &source, const store::Annotation &annotation);
    std::string end() const;

private:
    QString time(event::Timestamp time) const;

    Medium m_medium;
    ReportHead m_head;
    qint64 m_number = 0;
};

} // namespace octotrail::exchange
