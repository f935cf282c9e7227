# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import re

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


class DataModel:
    """Unified names for the fields of a log type: a JSONPath ($.a.b, $.a[0]) or a method of the model's module."""

    def __init__(self, model_id, mappings, module=None):
        self.data_model_id = model_id
        self.mappings = mappings
        self._methods = {}
        self._paths = {}
        for name, target in mappings.items():
            if target.startswith("$"):
                self._paths[name] = [key or int(index) for key, index in _STEP.findall(target[1:])]
                continue
            method = getattr(module, target, None)
            if not callable(method):
                raise AttributeError(f"the data model has no method {target}")
            self._methods[name] = method

    def value(self, event, name):
        if name in self._methods:
            return self._methods[name](event)
        value = event
        for step in self._paths[name]:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value
