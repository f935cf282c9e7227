-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Session audit
-- about: Each session with its time, person, addresses and devices; those that moved between networks come first.
SELECT "authenticationContext.externalSessionId" AS session,
       min("actor.alternateId") AS actor,
       min(published) AS first, max(published) AS last, count(*) AS events,
       count(DISTINCT "client.ipAddress") AS addresses,
       count(DISTINCT "securityContext.asNumber") AS networks,
       count(DISTINCT "client.geographicalContext.country") AS countries,
       count(DISTINCT "client.userAgent.rawUserAgent") AS agents,
       list_sort(list(DISTINCT "client.ipAddress")) AS address_list
FROM events
WHERE "authenticationContext.externalSessionId" NOT IN ('', 'unknown')
  AND "actor.alternateId" ILIKE '%'
GROUP BY session
ORDER BY networks DESC, addresses DESC, events DESC
LIMIT 2000
