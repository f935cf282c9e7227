-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Logins by new ASN
-- about: The first successful sign-in of each person from a network that they had not used before.
WITH logins AS (
  SELECT "actor.alternateId" AS actor, "securityContext.asNumber" AS asn, "securityContext.asOrg" AS network,
         published, "client.ipAddress" AS address, "client.geographicalContext.country" AS country
  FROM events
  WHERE "eventType" IN ('user.session.start', 'user.authentication.sso', 'user.authentication.auth_via_mfa')
    AND "outcome.result" = 'SUCCESS'
    AND "securityContext.asNumber" IS NOT NULL
    AND "actor.alternateId" ILIKE '%'
), firsts AS (
  SELECT actor, asn, min(network) AS network, min(published) AS first, count(*) AS logins,
         arg_min(address, published) AS address, arg_min(country, published) AS country
  FROM logins
  GROUP BY actor, asn
)
SELECT first, actor, asn, network, address, country, logins,
       row_number() OVER (PARTITION BY actor ORDER BY first) AS nth_network
FROM firsts
QUALIFY nth_network > 1
ORDER BY first DESC
LIMIT 5000
