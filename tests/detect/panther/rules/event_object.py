# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rules may expect of the event, said as they would say it."""
import json
import operator

from panther_core import PantherEvent
from panther_core.immutable import ImmutableCaseInsensitiveDict, ImmutableList
from panther_detection_helpers.caching import (
    add_to_string_set,
    check_account_age,
    evaluate_threshold,
    get_counter,
    get_dictionary,
    get_string_set,
    increment_counter,
    put_dictionary,
    put_string_set,
    remove_from_string_set,
    reset_counter,
    reset_string_set,
    set_key_expiration,
)


def raises(kind, work):
    try:
        work()
    except kind:
        return True
    return False


def get(event):
    assert event["eventType"] == event["eventtype"] == event.get("EVENTTYPE") == "user.session.start"
    assert event.get("debugcontext").get("DEBUGDATA")["url"] == "/x"
    assert "eventtype" in event and "nothing" not in event
    assert event.get("nothing") is None and event.get("nothing", 7) == 7
    assert event["twice"] == 2 and event["TWICE"] == 1, "as it is written comes first"
    assert event["tWICE"] == 1, "else the first that fits"
    assert raises(KeyError, lambda: event["nothing"])
    assert "eventType" in list(event) and dict(event.items())["eventType"] == "user.session.start"


def wrapping(event):
    assert isinstance(event, PantherEvent) and isinstance(event["actor"], ImmutableCaseInsensitiveDict)
    assert isinstance(event["target"], ImmutableList) and isinstance(event["target"][0], ImmutableCaseInsensitiveDict)
    assert [type(one).__name__ for one in event["target"]] == ["ImmutableCaseInsensitiveDict"] * 3
    assert event["names"] == ["x"] and event["names"] == ("x",) and event["names"] != ["y"]
    assert event["actor"] == {"id": "00u1", "alternateId": "ada@example.com", "displayName": None}
    assert raises(TypeError, lambda: operator.setitem(event, "a", 1)), "events cannot be changed"
    assert raises(TypeError, lambda: hash(event["names"]))
    assert isinstance(event["names"].as_list(), list) and isinstance(event.copy()["target"][0], dict)
    assert isinstance(event.to_dict(), dict)
    event.to_dict()["actor"]["id"] = "other"
    assert event["actor"]["id"] == "00u1"
    assert json.loads(json.dumps(event["target"], default=event.json_encoder))[0]["displayName"] == "Admin Console"


def deep_get(event):
    assert event.deep_get("ACTOR", "alternateid") == "ada@example.com"
    assert event.deep_get("actor", "nothing", "more", default="d") == "d"
    assert event.deep_get("actor", "displayName", default="d") == "d", "None is no value"
    assert event.deep_get("eventType", "more") is None
    assert event["actor"].deep_get("id") == "00u1"


def deep_walk(event):
    assert event.deep_walk("target", "displayName") == ["Admin Console", "Org2Org"], "each once"
    assert event.deep_walk("target", "displayName", return_val="first") == "Admin Console"
    assert event.deep_walk("target", "displayName", return_val="last") == "Org2Org"
    assert event.deep_walk("single", "k") == "v", "one is bare"
    assert event.deep_walk("names") == ["x"], "a list at the end stays one"
    assert isinstance(event.deep_walk("names"), list)
    assert event.deep_walk("target", "tags") == "t1", "lists of elements are one list"
    assert event.deep_walk("target", "tags", default="") == ["t1", ""], "what is missing is the default"
    assert event.deep_walk("void", default="d") == "d"
    assert event.deep_walk("actor", "nothing", default="d") == "d"
    assert event.deep_walk("eventType", "more", default="d") == "d"
    assert "Admin Console" in event.deep_walk("target", "displayName", default="")


def udm(event):
    assert event.udm("source_ip") == "192.0.2.1"
    assert event.udm("actor_user") == "ada@example.com"
    assert event.udm("first_target") == "Admin Console"
    assert event.udm("dotted") == "there"
    assert event.udm("chosen") == "Org2Org" and event.udm_path("chosen") == "target.[1].displayName"
    assert event.udm("tagged") == "t1" and event.udm("chosen_none", default="d") == "d"
    assert event.udm("absent") is None and event.udm("absent", default="d") == "d"
    assert event.udm("unmapped") == "from p_udm"
    assert event.udm("user", "name") == "ada", "several keys lead into p_udm"
    assert event.udm("actor", "id") == "00u1", "and else into the event"
    assert event.udm("nothing", default=3) == 3
    assert raises(ValueError, lambda: event.udm("several"))
    assert event.udm_path("source_ip") == "client.ipAddress"
    assert event.udm_path("first_target") == "target.[0].displayName"
    assert event.udm_path("actor_user") == "actor_user"
    assert event.udm_path("absent") is None and event.udm_path("nothing") is None
    assert raises(Exception, lambda: PantherEvent({}).udm_path("source_ip"))
    assert PantherEvent({"a": 1}).udm("a") == 1


def others(event):
    assert event.event_time_epoch() == 1_793_613_600 and isinstance(event.event_time_epoch(), int)
    assert event.event_time_epoch(force_utc=True) == 1_793_613_600
    assert PantherEvent({"p_event_time": "yesterday"}).event_time_epoch() == 0
    assert PantherEvent({}).event_time_epoch() == 0
    assert event.lookup("owners", "ada") == {"team": "blue"} and event.lookup("owners", "eve") is None


def caching(_event):
    put_string_set("s", ["a", "b"])
    assert get_string_set("s") == {"a", "b"} and get_string_set("other") == set()
    assert add_to_string_set("s", "c") == {"a", "b", "c"} and add_to_string_set("s", ["d"]) == {"a", "b", "c", "d"}
    assert remove_from_string_set("s", ["a", "b", "c"]) == {"d"} and remove_from_string_set("s", []) == {"d"}
    put_string_set("s", [])
    assert get_string_set("s") == set()
    put_string_set("new_user - ada", "1")
    assert check_account_age("new_user - ada") and not check_account_age("ada") and not check_account_age("")
    reset_string_set("new_user - ada")
    assert increment_counter("n") == 1 and increment_counter("n", 4) == 5 and get_counter("n") == 5
    set_key_expiration("n", 0)
    assert get_counter("n", force_ttl_check=True) == 0
    assert increment_counter("m", epoch_seconds="60") == 1
    reset_counter("m")
    assert get_counter("m") == 0
    put_dictionary("d", {"a": {"b": [1]}})
    assert get_dictionary("d") == {"a": {"b": [1]}} and get_dictionary("other") == {}
    put_dictionary("d", {})
    assert get_dictionary("d") == {}
    assert [evaluate_threshold("t", 3, 60) for _ in range(4)] == [False, False, True, False]
    reset_counter("t")


def written(event):
    """The YAML of a test means what its authors' tools take it for."""
    values = event["written"]
    assert list(values)[:2] == ["zebra", "apple"], "keys stay in order"
    assert values["zebra"] is True and values["apple"] is False
    if "words" not in values:
        return
    assert values["words"] == ["True", "yes", None, None, "0012", "12e999"]
    numbers = values["numbers"]
    assert numbers == [31, 7, -0.5, 2.0, 20.0, 9007199254740993] and str(numbers[4]) == "20.0"


def alone(_event):
    assert get_string_set("left behind") == set()
    put_string_set("left behind", ["x"], epoch_seconds=60)
    assert get_string_set("left behind") == {"x"}


def rule(event):
    if event.get("eventType") == "none":
        return False
    written(event)
    alone(event)
    if event.get("eventType") is None:
        return True
    for check in (get, wrapping, deep_get, deep_walk, udm, others, caching):
        check(event)
    return True


def severity(_event):
    return "Default"
