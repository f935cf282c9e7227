# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
from octo_helpers import who

_LAST = {}


def rule(event):
    _LAST["who"] = who(event)
    return event.get("eventtype") == "user.session.start" and event.deep_get("OUTCOME", "Result") == "FAILURE"


def title(event):
    return f"{_LAST['who']} failed from {event.udm('source_ip', default='nowhere')}"


def dedup(event):
    return event.udm("actor_user") or ""


def severity(event):
    return "high" if _LAST["who"].startswith("root") else "DEFAULT"


def alert_context(event):
    country = event.deep_get("p_enrichment", "ipinfo_location", "client.ipAddress", "country")
    targets = event.deep_walk("target", "alternateId", default=[])
    reason = event.get("outcome", {}).get("reason", "none given").upper()
    return {"targets": targets, "actor": event.get("actor"), "country": country, "reason": reason}


def runbook(event):
    if who(event) == "eve@example.com":
        raise ValueError("no runbook for eve")
    return "Ask the user."
