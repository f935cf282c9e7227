// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/RecordParser.h"

#include <QObject>

namespace octotrail::exchange {

QString RecordParser::parse(std::string bytes, std::vector<event::LogEvent> &events)
{
    m_wrapper = Wrapper::None;
    m_isRebuilt = false;
    const bool looks = looksWrapped(bytes);
    event::LogEvent event = m_reader.read(std::move(bytes));
    if (looks || !event.defects().isEmpty()) {
        Unwrapped unwrapped = unwrap(event.bytes());
        if (unwrapped.wrapper != Wrapper::None) {
            return appendInner(std::move(unwrapped), events);
        }
    }
    return append(std::move(event), events);
}

QString RecordParser::append(event::LogEvent event, std::vector<event::LogEvent> &events)
{
    QString problem = event.defects().isEmpty()
        ? QString()
        : QObject::tr("This is no sound event: %1. It was kept as it is.").arg(event.defects());
    events.push_back(std::move(event));
    return problem;
}

QString RecordParser::appendInner(Unwrapped unwrapped, std::vector<event::LogEvent> &events)
{
    m_wrapper = unwrapped.wrapper;
    m_isRebuilt = unwrapped.isRebuilt;
    QString problem;
    for (std::string &inner : unwrapped.events) {
        const QString flaw = append(m_reader.read(std::move(inner)), events);
        problem = problem.isEmpty() ? flaw : problem;
    }
    if (unwrapped.isBounded) {
        problem = QObject::tr("This holds more than %1 events; the others were skipped.").arg(mostEventsOfRecord);
    }
    return problem;
}

} // namespace octotrail::exchange
