-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Failed sign-ins by address
-- about: Addresses that failed with many people: password spraying shows at the top.
SELECT "client.ipAddress" AS address, min("securityContext.asOrg") AS network,
       min("client.geographicalContext.country") AS country,
       count(DISTINCT "actor.alternateId") AS people, count(*) AS failures,
       count(*) FILTER ("outcome.reason" = 'LOCKED_OUT') AS locked_out,
       min(published) AS first, max(published) AS last
FROM events
WHERE "eventType" IN ('user.session.start', 'user.authentication.auth_via_mfa', 'core.user_auth.login_failed')
  AND "outcome.result" IN ('FAILURE', 'DENY')
GROUP BY address
ORDER BY people DESC, failures DESC
LIMIT 1000
