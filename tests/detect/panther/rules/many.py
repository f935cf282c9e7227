# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
from panther_detection_helpers.caching import add_to_string_set, increment_counter


def rule(event):
    key = "many-" + event.deep_get("actor", "id", default="")
    addresses = add_to_string_set(key, event.deep_get("client", "ipAddress", default=""), 3600)
    return increment_counter(key + "-n", epoch_seconds=3600) >= 3 and len(addresses) >= 2
