# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that are a YAML file alone: match expressions over an event."""

import ipaddress
import re
from collections.abc import Mapping, Sequence

_GROUPS = {
    "All": lambda hits: all(hits),
    "Any": lambda hits: any(hits),
    "OnlyOne": lambda hits: sum(map(bool, hits)) == 1,
    "None": lambda hits: not any(hits),
}
_ELEMENTS = {
    "AnyElement": lambda hits: any(hits),
    "AllElements": lambda hits: all(hits),
    "OnlyOneElement": lambda hits: sum(map(bool, hits)) == 1,
    "NoElement": lambda hits: not any(hits),
}


class BadExpression(Exception):
    """An expression that is none; says what is wrong with it."""


def value_at(event, keys):
    value = event
    for key in keys:
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            try:
                value = value[int(key)]
            except (ValueError, IndexError):
                return None
        else:
            return None
    return value


_PLACE = re.compile(r"\{([^{}]+)\}")


def _fill(template, event):
    """A title such as 'Sign-in by {actor.alternateId}', with the event's values in it."""
    return _PLACE.sub(lambda place: str(value_at(event, place.group(1).split("."))), template)


def _is_list(value):
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _equal(left, right):
    if isinstance(left, bool) != isinstance(right, bool):
        return str(left).lower() == str(right).lower()
    return left == right


def _text(test):
    return lambda value, wanted: isinstance(value, str) and test(value, str(wanted))


def _contains(value, wanted):
    if isinstance(value, str):
        return str(wanted) in value
    return (_is_list(value) or isinstance(value, Mapping)) and any(_equal(item, wanted) for item in value)


def _compare(test):
    def compare(value, wanted):
        try:
            return test(float(value), float(wanted))
        except (TypeError, ValueError):
            return False

    return compare


def _address(test):
    def check(value, *_wanted):
        try:
            return test(ipaddress.ip_address(value))
        except ValueError:
            return False

    return check


def _in_cidr(value, wanted):
    try:
        return ipaddress.ip_address(value) in ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return False


def _empty(value):
    return value is None or (hasattr(value, "__len__") and len(value) == 0)


_ONE = {
    "Equals": _equal,
    "IEquals": lambda value, wanted: str(value).lower() == str(wanted).lower(),
    "StartsWith": _text(str.startswith),
    "EndsWith": _text(str.endswith),
    "Contains": _contains,
    "IContains": lambda value, wanted: isinstance(value, str) and str(wanted).lower() in value.lower(),
    "Has": _contains,
    "IsGreaterThan": _compare(float.__gt__),
    "IsGreaterThanOrEquals": _compare(float.__ge__),
    "IsLessThan": _compare(float.__lt__),
    "IsLessThanOrEquals": _compare(float.__le__),
    "IsIPAddressInCIDR": _in_cidr,
}
_NEGATED = {
    "DoesNotEqual": "Equals",
    "DoesNotStartWith": "StartsWith",
    "DoesNotEndWith": "EndsWith",
    "DoesNotContain": "Contains",
    "DoesNotHave": "Has",
    "IsIPAddressNotInCIDR": "IsIPAddressInCIDR",
}
_NONE = {
    "Exists": lambda value: value is not None,
    "DoesNotExist": lambda value: value is None,
    "IsNull": lambda value: value is None,
    "IsNotNull": lambda value: value is not None,
    "IsNullOrEmpty": _empty,
    "IsNotNullOrEmpty": lambda value: not _empty(value),
    "IsIPAddress": _address(lambda address: True),
    "IsIPAddressPublic": _address(lambda address: address.is_global),
    "IsIPAddressPrivate": _address(lambda address: address.is_private),
}
#: Hold if one of several wanted values does; the negated ones if none does.
_MANY = {"IsIn": "Equals", "IsNotIn": "Equals"}


def _getter(spec):
    """How to get at the value that an expression is about; None if it names none."""
    if "Key" in spec:
        return lambda event: value_at(event, [spec["Key"]])
    if "DeepKey" in spec:
        return lambda event: value_at(event, list(spec["DeepKey"]))
    if "KeyPath" in spec:
        keys = str(spec["KeyPath"]).replace("[", ".").replace("]", "").split(".")
        return lambda event: value_at(event, keys)
    if "Enrichment" in spec:
        place = spec["Enrichment"]
        keys = ["p_enrichment", place["Table"], place["Selector"], *str(place["FieldPath"]).split(".")]
        return lambda event: value_at(event, keys)
    return None


def _comparison(condition, get, wanted):
    if condition in _NONE:
        return lambda event: _NONE[condition](get(event))
    negated = condition in _NEGATED or condition == "IsNotIn"
    test = _ONE.get(_NEGATED.get(condition) or _MANY.get(condition) or condition)
    if test is None:
        raise BadExpression(f"there is no condition {condition}")

    def check(event):
        value = get(event)
        return any(test(value, item(event) if callable(item) else item) for item in wanted) != negated

    return check


def compile_one(spec):
    if not isinstance(spec, Mapping):
        raise BadExpression("an expression is a map")
    for name, join in _GROUPS.items():
        if name in spec:
            parts = [compile_one(part) for part in spec[name] or ()]
            return lambda event: join([part(event) for part in parts])
    condition = spec.get("Condition")
    if condition == "AlwaysTrue":
        return lambda event: True
    if condition == "AlwaysFalse":
        return lambda event: False
    get = _getter(spec)
    if condition in _ELEMENTS:
        if get is None:
            raise BadExpression(f"{condition} names no list")
        join = _ELEMENTS[condition]
        parts = [compile_one(part) for part in spec.get("Expressions") or ()]

        def check(event):
            elements = get(event)
            return _is_list(elements) and join([all(part(element) for part in parts) for element in elements])

        return check
    if get is None:
        getters = [_getter(value) for value in spec.get("Values") or () if isinstance(value, Mapping)]
        if len(getters) < 2 or None in getters:
            raise BadExpression("an expression has one of Key, DeepKey, KeyPath, Enrichment")
        return _comparison(condition, getters[0], getters[1:])
    wanted = list(spec["Values"]) if "Values" in spec else [spec.get("Value")]
    return _comparison(condition, get, wanted)


def compile_filters(filters):
    if not filters:
        return None
    parts = [compile_one(part) for part in filters]
    return lambda event: all(part(event) for part in parts)


class Detection:
    """The Detection of a YAML file and what goes with it: AlertTitle, AlertContext, GroupBy, DynamicSeverities."""

    def __init__(self, meta):
        if not meta.get("Detection"):
            raise BadExpression("there is neither a Python file nor a Detection")
        self._rule = compile_filters(meta["Detection"])
        self._title = meta.get("AlertTitle")
        self._context = [(part["KeyName"], _getter(part["KeyValue"])) for part in meta.get("AlertContext") or ()]
        self._group = [_getter(part) for part in meta.get("GroupBy") or ()]
        self._severities = [
            (part["ChangeTo"], compile_filters(part["Conditions"])) for part in meta.get("DynamicSeverities") or ()
        ]

    def defines(self, name):
        return {
            "rule": True,
            "title": bool(self._title),
            "alert_context": bool(self._context),
            "dedup": bool(self._group),
            "severity": bool(self._severities),
        }.get(name, False)

    def call(self, name, event):
        if name == "rule":
            return bool(self._rule(event))
        if name == "title":
            return _fill(self._title, event)
        if name == "alert_context":
            return {key: get(event) for key, get in self._context}
        if name == "dedup":
            return ":".join(str(get(event)) for get in self._group)
        for severity, applies in self._severities:
            if applies(event):
                return severity
        return "DEFAULT"
