// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "exchange/Unwrapping.h"

#include <QString>
#include <string>
#include <vector>

namespace octotrail::exchange {

/// Reads the event that a record is, or those that another tool has wrapped in it. For one thread.
class RecordParser
{
public:
    /// Appends the record's events; gives the sentence on what is wrong, empty if all is well.
    QString parse(std::string bytes, std::vector<event::LogEvent> &events);

    /// Of the record that was read last.
    Wrapper wrapper() const { return m_wrapper; }
    bool isRebuilt() const { return m_isRebuilt; }

private:
    QString append(event::LogEvent event, std::vector<event::LogEvent> &events);
    QString appendInner(Unwrapped unwrapped, std::vector<event::LogEvent> &events);

    event::EventReader m_reader;
    Wrapper m_wrapper = Wrapper::None;
    bool m_isRebuilt = false;
};

} // namespace octotrail::exchange
