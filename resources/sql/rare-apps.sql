-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rare apps
-- about: Applications that few people signed in to, the rarest first.
SELECT app, count(DISTINCT actor) AS people, count(*) AS sign_ins, min(published) AS first, max(published) AS last,
       list_sort(list(DISTINCT actor))[1:10] AS who
FROM (
  SELECT unnest(list_filter(target, lambda t: t."type" = 'AppInstance'))."displayName" AS app,
         "actor.alternateId" AS actor, published
  FROM events
  WHERE "eventType" = 'user.authentication.sso' AND "outcome.result" = 'SUCCESS'
)
GROUP BY app
ORDER BY people, sign_ins, app
LIMIT 1000
