# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rules remember between events: counters, sets of texts and dictionaries, each under a key, with an end.

They are kept in the case. Time is that of the event in hand, so that going over the past gives what watching gave.
"""

import contextlib
import json

#: A number of seconds below this one counts from now, another from 1970.
_RELATIVE_BELOW = 1_000_000_000
_DEFAULT_LIFE = 90 * 24 * 3600
#: Under which the clock itself is kept: an event that comes late must not turn it back after a start.
_CLOCK = "\x1fclock"

_table = {}
_changed = set()
_now = 0.0


def begin(entries):
    """Takes over what was kept. For the host alone."""
    global _now
    _table.clear()
    _changed.clear()
    _now = 0.0
    for key, text in entries.items():
        entry = json.loads(text)
        if key == _CLOCK:
            _now = entry
            continue
        if isinstance(entry.get("value"), dict) and entry.get("set"):
            entry["value"] = set(entry["value"])
        _table[key] = entry


@contextlib.contextmanager
def apart(now):
    """For a test: nothing is remembered from before, and afterwards nothing of it. For the host alone."""
    global _now
    kept = dict(_table), set(_changed), _now
    _table.clear()
    _now = now
    try:
        yield
    finally:
        _table.clear()
        _changed.clear()
        _table.update(kept[0])
        _changed.update(kept[1])
        _now = kept[2]


def set_clock(now):
    """The time of the event in hand, seconds since 1970. For the host alone."""
    global _now
    if now > _now:
        _now = now
        _changed.add(_CLOCK)


def take_changes():
    """What has to be kept: texts by key, None for what is gone. For the host alone."""
    changes = {}
    if _CLOCK in _changed:
        _changed.remove(_CLOCK)
        changes[_CLOCK] = json.dumps(_now)
    for key in list(_changed):
        entry = _table.get(key)
        if entry is not None and entry["expires"] <= _now:
            del _table[key]
            entry = None
        changes[key] = None if entry is None else json.dumps(_packed(entry))
    _changed.clear()
    return changes


def _packed(entry):
    if isinstance(entry["value"], set):
        return {"value": dict.fromkeys(sorted(entry["value"])), "set": True, "expires": entry["expires"]}
    return entry


def _expiry(epoch_seconds):
    if epoch_seconds is None:
        return _now + _DEFAULT_LIFE
    epoch_seconds = int(float(epoch_seconds))  # rules give texts, too
    return _now + epoch_seconds if epoch_seconds < _RELATIVE_BELOW else epoch_seconds


def _read(key, kind):
    entry = _table.get(str(key))
    if entry is None:
        return None
    if entry["expires"] <= _now:
        _remove(key)
        return None
    return entry["value"] if isinstance(entry["value"], kind) else None


def _write(key, value, epoch_seconds=None):
    key = str(key)
    kept = _table.get(key)
    fresh = kept is None or kept["expires"] <= _now
    expires = _expiry(epoch_seconds) if fresh or epoch_seconds is not None else kept["expires"]
    _table[key] = {"value": value, "expires": expires}
    _changed.add(key)
    return value


def _remove(key):
    if _table.pop(str(key), None) is not None:
        _changed.add(str(key))


def _texts(value):
    return {value} if isinstance(value, str) else {str(item) for item in value}


def set_key_expiration(key, epoch_seconds):
    entry = _table.get(str(key))
    if entry is not None:
        entry["expires"] = _expiry(epoch_seconds)
        _changed.add(str(key))


def get_counter(key, force_ttl_check=False):
    return _read(key, int) or 0


def increment_counter(key, val=1, epoch_seconds=None):
    return _write(key, get_counter(key) + int(val), epoch_seconds)


def reset_counter(key):
    _remove(key)


def get_string_set(key, force_ttl_check=False):
    return set(_read(key, set) or ())


def put_string_set(key, val, epoch_seconds=None):
    texts = _texts(val or ())
    if texts:
        _write(key, texts, epoch_seconds)
    else:
        _remove(key)


def add_to_string_set(key, val, epoch_seconds=None):
    return set(_write(key, get_string_set(key) | _texts(val), epoch_seconds))


def remove_from_string_set(key, val, epoch_seconds=None):
    left = get_string_set(key) - _texts(val)
    put_string_set(key, left, epoch_seconds)
    return left


def reset_string_set(key):
    _remove(key)


def get_dictionary(key, force_ttl_check=False):
    return dict(_read(key, dict) or {})


def put_dictionary(key, val, epoch_seconds=None):
    if val:
        _write(key, json.loads(json.dumps(dict(val))), epoch_seconds)
    else:
        _remove(key)


def reset_dictionary(key):
    _remove(key)


def evaluate_threshold(key, threshold=10, expiry_seconds=3600):
    """Counts a hit; True, and counts anew, if it was the threshold's."""
    hits = get_counter(key) + 1
    if hits >= threshold:
        reset_counter(key)
        return True
    _write(key, hits, expiry_seconds if hits == 1 else None)
    return False


def check_account_age(key):
    """Whether the account was noted as new, under this key."""
    return bool(isinstance(key, str) and key and get_string_set(key))
