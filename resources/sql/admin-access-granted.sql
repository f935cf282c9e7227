-- SPDX-FileCopyrightText: 2026 The Octotrail authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Admin access granted
-- about: Who gave whom administrator rights, directly, by group, by role, or to an OAuth client.
SELECT published, "eventType", "actor.alternateId" AS granted_by, "client.ipAddress", "outcome.result",
       list_transform(target, lambda t: coalesce(t."alternateId", t."displayName") || ' (' || t."type" || ')') AS targets,
       "debugContext.debugData.privilegeGranted" AS privilege
FROM events
WHERE "eventType" IN ('user.account.privilege.grant', 'group.privilege.grant', 'app.oauth2.client.privilege.grant',
                      'app.oauth2.admin.consent.grant', 'iam.role.create', 'iam.role.permissions.add',
                      'iam.resourceset.bindings.add', 'iam.resourceset.resources.add')
ORDER BY published DESC
LIMIT 5000
