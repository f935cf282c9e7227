// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "event/LogEvent.h"

#include <string>
#include <vector>

/// Rules and events for tests of the engine and for the process that they kill.
namespace octotrail::test {

/// A rule on each failure, a count of them by address, and new addresses of users.
inline detect::Pack enginePack()
{
    detect::RuleLoader loader;
    loader.addText(QStringLiteral("engine.yml"), R"(
title: Failure
id: failure
level: low
detection: {s: {eventType: fail}, condition: s}
alert: {title: 'Failure of {actor.alternateId}', period: 1d}
---
title: Any failure
id: any
detection: {s: {eventType: fail}, condition: s}
---
title: Good
id: good
detection: {s: {eventType: good}, condition: s}
---
title: Many failures
id: many
level: high
correlation: {type: event_count, rules: any, group-by: [client.ipAddress], timespan: 10m, condition: {gte: 5}}
---
title: New address
id: new-address
level: medium
correlation: {type: first_seen, rules: good, group-by: [actor.alternateId], field: client.ipAddress, timespan: 30d}
)");
    detect::Pack pack;
    pack.id = QStringLiteral("engine");
    pack.title = pack.id;
    pack.isOnByDefault = true;
    pack.set = loader.link();
    return pack;
}

inline const event::Timestamp engineStart = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);

/// Every third event is a failure; ten seconds lie between two.
inline std::string engineEvent(int number)
{
    const std::string n = std::to_string(number);
    return R"({"uuid":"uuid-)" + n + R"(","published":")"
        + event::formatTimestamp(engineStart + std::chrono::seconds(10 * number)) + R"(","eventType":")"
        + (number % 3 == 0 ? "fail" : "good") + R"(","actor":{"alternateId":"user)" + std::to_string(number % 7)
        + R"("},"client":{"ipAddress":"10.0.0.)" + std::to_string(number / 40 % 5) + "\"}}";
}

inline std::vector<event::LogEvent> engineEvents(int first, int count)
{
    std::vector<event::LogEvent> events;
    for (int i = first; i < first + count; ++i) {
        events.push_back(event::LogEvent::fromBytes(engineEvent(i)));
    }
    return events;
}

} // namespace octotrail::test
