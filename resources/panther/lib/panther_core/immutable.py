# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read-only views of an event, as rules in Panther's format get them.

A key is looked up as it is written, and if there is none, without regard to case: the first that fits counts. What is
inside comes wrapped the same way. Copies are plain and may be changed.
"""

from collections.abc import Mapping, Sequence


def _plain(value):
    """A deep, changeable copy of what a view shows."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, ImmutableList)):
        return [_plain(item) for item in value]
    return value


class ImmutableContainerMixin:
    """What views of mappings and of lists have in common."""

    __slots__ = ()

    @staticmethod
    def ensure_immutable(value):
        if isinstance(value, dict):
            return ImmutableCaseInsensitiveDict(value)
        if isinstance(value, list):
            return ImmutableList(value)
        return value


class ImmutableCaseInsensitiveDict(ImmutableContainerMixin, Mapping):
    def __init__(self, container):
        self._container = container._container if isinstance(container, ImmutableCaseInsensitiveDict) else container
        self._folded = None

    def _key(self, key):
        if key in self._container or not isinstance(key, str):
            return key
        if self._folded is None:
            self._folded = {}
            for name in self._container:
                if isinstance(name, str):
                    self._folded.setdefault(name.lower(), name)
        return self._folded.get(key.lower(), key)

    def __getitem__(self, key):
        return self.ensure_immutable(self._container[self._key(key)])

    def get(self, key, default=None):
        container = self._container
        if key not in container:
            key = self._key(key)
            if key not in container:
                return default
        return self.ensure_immutable(container[key])

    def __contains__(self, key):
        return self._key(key) in self._container

    def __iter__(self):
        return iter(self._container)

    def __len__(self):
        return len(self._container)

    def __eq__(self, other):
        if isinstance(other, ImmutableCaseInsensitiveDict):
            return self._container == other._container
        return self._container == other

    __hash__ = None

    def __repr__(self):
        return repr(self._container)

    def copy(self):
        return _plain(self._container)

    to_dict = copy

    def deep_get(self, *keys, default=None):
        value = self
        for key in keys:
            if not isinstance(value, Mapping):
                return default
            value = value.get(key)
        return default if value is None else value

    def deep_walk(self, *keys, default=None, return_val="all"):
        """What the keys lead to, through all elements of lists.

        A path without lists gives what stands at its end, which may be a list. One through a list gives the values of
        its elements, each once and in order of appearance: one of them bare, several as a list. An element without a
        value counts as the default, if there is one.
        """
        return _walk(self, keys, default, return_val)


ImmutableDict = ImmutableCaseInsensitiveDict


class ImmutableList(ImmutableContainerMixin, Sequence):
    def __init__(self, container):
        self._container = container._container if isinstance(container, ImmutableList) else container

    def __getitem__(self, index):
        return self.ensure_immutable(self._container[index])

    def __len__(self):
        return len(self._container)

    def __eq__(self, other):
        if isinstance(other, ImmutableList):
            other = other._container
        if isinstance(other, tuple):
            other = list(other)
        return self._container == other

    __hash__ = None

    def __add__(self, other):
        return self.as_list() + list(other)

    def __repr__(self):
        return repr(self._container)

    def as_list(self):
        return _plain(self._container)

    copy = as_list


def _is_list(value):
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _is_void(value):
    return _is_list(value) and all(_is_void(item) for item in value)


def _walk(value, keys, default, which):
    if not keys:
        if value is None or _is_void(value):
            return default
        return list(value) if _is_list(value) else value
    if isinstance(value, Mapping):
        return _walk(value.get(keys[0], default), keys[1:], default, which)
    if not _is_list(value):
        return default
    found = []
    for item in value:
        part = _walk(item, keys, default, which)
        for one in part if _is_list(part) else [part]:
            if one is not None and one not in found:
                found.append(one)
    if not found:
        return default
    if which == "first":
        return found[0]
    if which == "last":
        return found[-1]
    return found[0] if len(found) == 1 else found


def json_encoder(value):
    """For json.dumps(..., default=json_encoder)."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return str(value)
