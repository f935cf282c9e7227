# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import operator
import re
from collections.abc import Mapping

from panther_core.immutable import ImmutableList

_STEP = re.compile(r"""\.?(?:"([^"]+)"|'([^']+)'|([^.\[\]"'?()@*]+))|\.?\[(\d+)\]|\.?\[?(\*)\]?""")


_WHERE = re.compile(r"\.?\[\?\(?(?P<conditions>(?:[^\]'\"]|'[^']*'|\"[^\"]*\")+?)\)?\]")
_CONDITION = re.compile(
    r"""\s*@\.([\w.]+)\s*(?:(==|=|!=|<=|>=|<|>|=~)\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?|true|false)))?\s*(&+|$)"""
)
_COMPARISONS = {
    "==": operator.eq,
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=~": lambda value, pattern: isinstance(value, str) and re.search(pattern, value) is not None,
}


class Each:
    """A step to all elements of a list."""


class Where:
    """A step to the elements of a list that fulfil conditions, such as @.name == 'x' & @.size > 2."""

    def __init__(self, text):
        self._conditions = []
        place = 0
        while place < len(text):
            part = _CONDITION.match(text, place)
            if part is None:
                raise ValueError(f"the condition {text} of the data model is not one of @.a, @.a == 'x' and @.a > 1")
            keys, comparison, single, double, bare, _joint = part.groups()
            wanted = single if single is not None else double if double is not None else bare and json.loads(bare)
            self._conditions.append((keys.split("."), _COMPARISONS.get(comparison), wanted))
            place = part.end()

    def __call__(self, element):
        return all(self._holds(element, *condition) for condition in self._conditions)

    @staticmethod
    def _holds(element, keys, comparison, wanted):
        for key in keys:
            if not isinstance(element, Mapping) or key not in element:
                return False
            element = element[key]
        try:
            return comparison is None or bool(comparison(element, wanted))
        except TypeError:
            return False


def _steps(path):
    """The steps of a JSONPath ($.a.b, $.a[0].b, $.a[*].b, $.a[?(@.b == 'x')].c, a."b.c")."""
    rest = path.removeprefix("$")
    steps = []
    while rest:
        where = _WHERE.match(rest)
        if where is not None:
            steps.append(Where(where["conditions"]))
            rest = rest[where.end() :]
            continue
        step = _STEP.match(rest)
        if step is None:
            raise ValueError(f"the path {path} of the data model is not one of $.a.b, $.a[0], $.a[*] and $.a[?(@.b == 'x')]")
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
    elif isinstance(step, Where):
        for number, item in enumerate(value if isinstance(value, ImmutableList) else ()):
            if step(item):
                yield from _found(item, rest, (*place, f"[{number}]"))
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
