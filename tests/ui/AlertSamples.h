// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CaseFile.h"
#include "store/Alerts.h"

/// Alerts as rules would raise them, over events of a CaseFile.
class AlertSamples
{
public:
    explicit AlertSamples(CaseFile &file)
        : m_file(file)
        , m_alerts(file.store())
    { }

    octotrail::store::Alerts &alerts() { return m_alerts; }
    /// Raises an alert about some new events. Gives its id.
    octotrail::store::AlertId raise(
        const QString &rule, const QString &actor, octotrail::store::AlertSeverity severity, int events = 1);
    /// A dozen of the kinds that there are.
    void raiseMany();
    std::vector<octotrail::store::Alert> list(const octotrail::store::AlertQuery &query = {});

private:
    CaseFile &m_file;
    octotrail::store::Alerts m_alerts;
    int m_next = 0;
    octotrail::store::Seq m_cursor = 0;
};
