# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import datetime, timedelta

from panther_detection_helpers.caching import add_to_string_set, increment_counter, set_key_expiration


def rule(event):
    # The moment and the end of what is remembered as rules write them: parsed with a fraction, and given as a text.
    moment = datetime.strptime(event.get("p_event_time")[:26] + "+0000", "%Y-%m-%d %H:%M:%S.%f%z")
    end = str((moment + timedelta(hours=1, milliseconds=500)).timestamp())
    key = "many-" + event.deep_get("actor", "id", default="")
    addresses = add_to_string_set(key, event.deep_get("client", "ipAddress", default=""))
    set_key_expiration(key, end)
    return increment_counter(key + "-n", epoch_seconds=3600) >= 3 and len(addresses) >= 2
