# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The p_ fields that rules find in an event beside Okta's own."""

from datetime import datetime, timezone

LOG_TYPE = "Okta.SystemLog"

#: Two letters by a country's name in English: rules expect those, where Okta writes the name.
countries = {}


def _moment(text):
    """As rules parse it: "2026-11-02 10:00:00.000", with a fraction in any case."""
    moment = str(text or "").replace("T", " ").removesuffix("Z")
    return moment + ".000" if len(moment) == len("2026-11-02 10:00:00") else moment


def seconds(event):
    """When the event happened, in seconds since 1970; 0 if that cannot be read."""
    try:
        return datetime.strptime(_moment(event.get("published"))[:19], "%Y-%m-%d %H:%M:%S").replace(
            tzinfo=timezone.utc
        ).timestamp()
    except ValueError:
        return 0.0


def _maps(value):
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _map(value):
    return value if isinstance(value, dict) else {}


def _enrichment(event):
    """What Okta itself knows of the client's address, under the names that rules look it up by."""
    client = _map(event.get("client"))
    address = client.get("ipAddress")
    if not isinstance(address, str):
        return {}
    place = _map(client.get("geographicalContext"))
    point = _map(place.get("geolocation"))
    security = _map(event.get("securityContext"))
    tables = {}
    if place:
        tables["ipinfo_location"] = {
            "city": place.get("city"),
            "country": countries.get(place.get("country"), place.get("country")),
            "region": place.get("state"),
            "postal_code": place.get("postalCode"),
            "lat": None if point.get("lat") is None else str(point["lat"]),
            "lng": None if point.get("lon") is None else str(point["lon"]),
        }
    if security.get("asNumber") is not None:
        tables["ipinfo_asn"] = {
            "asn": f"AS{security['asNumber']}",
            "name": security.get("asOrg"),
            "domain": security.get("domain"),
        }
    if security.get("isProxy") is not None:
        tables["ipinfo_privacy"] = {"proxy": security["isProxy"]}
    return {
        table: {"client.ipAddress": {**{key: value for key, value in row.items() if value is not None}, "p_match": address}}
        for table, row in tables.items()
    }


def add(event, source, source_id, row):
    """Adds the p_ fields to an event as Okta gives it."""
    people = [_map(event.get("actor")), *_maps(event.get("target"))]
    names = [str(person["alternateId"]) for person in people if person.get("alternateId")]
    addresses = [_map(event.get("client")).get("ipAddress")]
    addresses += [hop.get("ip") for hop in _maps(_map(event.get("request")).get("ipChain"))]
    mails = sorted({name for name in names if "@" in name})
    event["p_log_type"] = LOG_TYPE
    event["p_event_time"] = event["p_parse_time"] = _moment(event.get("published"))
    event["p_source_label"] = source
    event["p_source_id"] = source_id
    event["p_row_id"] = str(row)
    event["p_any_ip_addresses"] = sorted({address for address in addresses if isinstance(address, str)})
    event["p_any_emails"] = mails
    event["p_any_usernames"] = sorted(set(names))
    event["p_any_domain_names"] = sorted({mail.rsplit("@", 1)[1] for mail in mails})
    event["p_enrichment"] = _enrichment(event)
    return event
