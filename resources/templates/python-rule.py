# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
def rule(event):
    """Whether the event is to raise an alert."""
    if event.get("eventType") != "user.session.start":
        return False
    if event.deep_get("outcome", "result") != "FAILURE":
        return False
    return event.deep_get("actor", "alternateId", default="").startswith("admin.")


def title(event):
    who = event.deep_get("actor", "alternateId", default="somebody")
    return f"{who} failed to sign in from {event.deep_get('client', 'ipAddress', default='an unknown address')}"


def dedup(event):
    """Events with the same text become one alert."""
    return event.deep_get("actor", "alternateId", default="")


def alert_context(event):
    return {"reason": event.deep_get("outcome", "reason")}
