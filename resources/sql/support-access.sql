-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Support access
-- about: Okta Support's access to the organization: granted, extended, used and ended.
SELECT published, "eventType", "displayMessage", "actor.alternateId" AS actor, "actor.type" AS actor_type,
       "outcome.result", "client.ipAddress", "client.geographicalContext.country" AS country
FROM events
WHERE "eventType" LIKE 'user.session.impersonation.%'
   OR "eventType" LIKE 'support.org.%'
   OR "actor.alternateId" ILIKE '%@okta.com'
ORDER BY published DESC
LIMIT 5000
