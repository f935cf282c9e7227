# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import re
from collections.abc import Mapping

from panther_core.immutable import ImmutableList

_STEP = re.compile(r"""\.?(?:"([^"]+)"|'([^']+)'|([^.\[\]"'?()@*]+))|\.?\[(\d+)\]|\.?\[?(\*)\]?""")


class Each:
    """A step to all elements of a list."""


def _steps(path):
    """The steps of a JSONPath ($.a.b, $.a[0].b, $.a[*].b, a."b.c")."""
    rest = path.removeprefix("$")
    steps = []
    while rest:
        step = _STEP.match(rest)
        if step is None:
            raise ValueError(f"the path {path} of the data model is not one of $.a.b, $.a[0] and $.a[*]")
        rest = rest[step.end() :]
        index, every = step.group(4), step.group(5)
        key = step.group(1) or step.group(2) or step.group(3)
        steps.append(Each if every else int(index) if index is not None else key)
    return steps


def _found(value, steps, place=()):
    """The values that the steps lead to, with their places."""
    if not steps:
        yield value, ".".join(place)
        return
    step, rest = steps[0], steps[1:]
    if step is Each:
        items = value if isinstance(value, ImmutableList) else value.values() if isinstance(value, Mapping) else ()
        names = (f"[{i}]" for i in range(len(items))) if isinstance(value, ImmutableList) else value
        for item, name in zip(items, names if items else ()):
            yield from _found(item, rest, (*place, name))
    elif isinstance(step, int):
        if isinstance(value, ImmutableList) and step < len(value):
            yield from _found(value[step], rest, (*place, f"[{step}]"))
    elif isinstance(value, Mapping) and step in value:
        yield from _found(value[step], rest, (*place, step))


class DataModel:
    """Unified names for the fields of a log type: a JSONPath, or a method of the model's module."""

    def __init__(self, model_id, mappings, module=None):
        self.data_model_id = model_id
        self.mappings = mappings
        self._methods = {}
        self._paths = {}
        for name, target in mappings.items():
            if "path" in target:
                self._paths[name] = _steps(target["path"])
                continue
            method = getattr(module, target["method"], None)
            if not callable(method):
                raise AttributeError(f"the data model has no method {target['method']}")
            self._methods[name] = method

    def _match(self, event, name):
        found = list(_found(event, self._paths[name]))
        if len(found) > 1:
            raise ValueError(f"{self.mappings[name]['path']} of the data model leads to several fields")
        return found[0] if found else (None, None)

    def value(self, event, name):
        return self._methods[name](event) if name in self._methods else self._match(event, name)[0]

    def place(self, event, name):
        """Where the value stands; for a method, its name; None if there is no value, or no such name."""
        if name in self._methods:
            return self._methods[name].__name__
        return self._match(event, name)[1] if name in self._paths else None
