-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: User activity
-- about: What one person did, newest first. Write their login, or a part of it, in place of the first %.
SELECT published, "eventType", "displayMessage", "outcome.result", "outcome.reason", "client.ipAddress",
       "client.geographicalContext.city" AS city, "client.geographicalContext.country" AS country,
       list_transform(target, lambda t: t."displayName" || ' (' || t."type" || ')') AS targets
FROM events
WHERE "actor.alternateId" ILIKE '%'
ORDER BY published DESC
LIMIT 5000
