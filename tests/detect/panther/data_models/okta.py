# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
def actor_user(event):
    return event.deep_get("actor", "alternateId")
