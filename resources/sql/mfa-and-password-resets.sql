-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: MFA and password resets
-- about: Factors taken away or enrolled and passwords reset or changed: by whom, for whom, from where.
SELECT published, "eventType", "actor.alternateId" AS actor,
       list_filter(target, lambda t: t."type" = 'User')[1]."alternateId" AS for_user,
       "actor.alternateId" IS DISTINCT FROM list_filter(target, lambda t: t."type" = 'User')[1]."alternateId"
         AS by_another,
       "outcome.result", "client.ipAddress", "client.geographicalContext.country" AS country,
       "debugContext.debugData.factor" AS factor
FROM events
WHERE "eventType" IN ('user.mfa.factor.deactivate', 'user.mfa.factor.reset_all', 'user.mfa.factor.activate',
                      'user.mfa.factor.update', 'user.mfa.factor.suspend', 'user.account.reset_password',
                      'user.account.update_password', 'user.account.expire_password', 'user.account.unlock_by_admin',
                      'user.lifecycle.password_mass_expiry', 'system.mfa.factor.deactivate')
ORDER BY published DESC
LIMIT 5000
