// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Case.h"
#include "store/Alerts.h"

namespace octotrail::test {

inline const QString engine = QStringLiteral("test");
inline const event::Timestamp noon = *event::parseTimestamp("2026-03-01T12:00:00Z");

/// A match of one event.
inline store::Finding finding(
    const char *rule, const char *key, event::Timestamp time, const std::string &uuid, store::Seq seq = 1)
{
    store::Finding f;
    f.ruleId = QString::fromLatin1(rule);
    f.ruleTitle = QStringLiteral("Rule %1").arg(f.ruleId);
    f.dedupKey = QString::fromLatin1(key);
    f.title = QStringLiteral("%1 by %2").arg(f.ruleTitle, f.dedupKey);
    f.actor = f.dedupKey;
    f.source = 1;
    f.first = f.last = time;
    f.uuids = {uuid};
    f.seqs = {seq};
    return f;
}

/// A store with alerts, and short ways to use them.
class AlertCase
{
public:
    AlertCase() { open(); }

    void open()
    {
        alerts.reset();
        file.reopen();
        alerts = std::make_unique<store::Alerts>(file.shared());
    }
    store::DetectionReport commit(std::vector<store::Finding> findings)
    {
        return must(get(alerts->commit({std::move(findings), ++m_cursor, engine})));
    }
    std::vector<store::Alert> list(const store::AlertQuery &query = {}) const
    {
        return must(get(alerts->list(query))).alerts;
    }
    /// Of the alerts, in their order.
    std::vector<std::string> keys(const store::AlertQuery &query = {}) const
    {
        std::vector<std::string> keys;
        for (const store::Alert &alert : list(query)) {
            keys.push_back(alert.dedupKey.toStdString());
        }
        return keys;
    }

    Case file;
    std::unique_ptr<store::Alerts> alerts;

private:
    store::Seq m_cursor = 0;
};

} // namespace octotrail::test
