# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rule in Panther's format: asking its functions about an event, with its metadata where they say nothing."""

import json
import os
import traceback
from collections.abc import Mapping

from panther_core import json_encoder

from octotrail_host import simple

SEVERITIES = ("INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL")
_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
LONGEST_TEXT = 1000
LONGEST_CONTEXT = 200 * 1024
MOST_DESTINATIONS = 10
_CUT = "... (truncated)"


class WrongReturn(Exception):
    """A function gave what Panther would not take."""


class OverTime(BaseException):
    """The time for one function is over. No Exception, so that a rule that catches everything does not catch it."""


def _cut(text):
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def _text(value):
    if not isinstance(value, str):
        raise WrongReturn(f"gave {type(value).__name__} where a str is wanted")
    return _cut(value)


def _severity(value):
    name = _text(value).upper()
    if name not in SEVERITIES and name != "DEFAULT":
        raise WrongReturn(f"gave {value!r}, which is no severity")
    return name


def _destinations(value):
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongReturn("gave something else than a list of str")
    return [_cut(item) for item in value[:MOST_DESTINATIONS]]


def _context(value):
    if not isinstance(value, Mapping):
        raise WrongReturn(f"gave {type(value).__name__} where a dict is wanted")
    text = json.dumps(dict(value), default=json_encoder)
    if len(text) > LONGEST_CONTEXT:
        text = json.dumps({"_error": f"alert_context is larger than {LONGEST_CONTEXT // 1024} KiB"})
    return text


def _unique(value):
    return None if value is None else _text(value)


#: In the order in which they are asked.
AUXILIARY = {
    "title": _text,
    "description": _text,
    "reference": _text,
    "severity": _severity,
    "runbook": _text,
    "destinations": _destinations,
    "dedup": _text,
    "alert_context": _context,
    "unique": _unique,
}


def problem(function, error):
    """What went wrong in a function, for the analyst: the error, and where in the rules' own files."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith("<") and not frame.filename.startswith(_OURS)
    ]
    text = "".join(traceback.format_list(frames[-8:])) + "".join(traceback.format_exception_only(type(error), error))
    last = frames[-1] if frames else None
    file, line = (last.filename, last.lineno) if last else ("", 0)
    if isinstance(error, SyntaxError) and error.filename and not error.filename.startswith("<"):
        file, line = error.filename, error.lineno or 0
    return {
        "function": function,
        "error": f"{type(error).__name__}: {error}"[:LONGEST_TEXT],
        "file": file,
        "line": line,
        "traceback": text[-8 * 1024 :],
    }


class Rule:
    """Functions of a module, or a Detection of the YAML file alone."""

    def __init__(self, rule_id, meta, module=None):
        self.id = rule_id
        self.meta = meta
        self.module = module
        self.log_types = set(meta.get("LogTypes") or ())
        self._filters = simple.compile_filters(meta.get("InlineFilters"))
        if module is None:
            self._simple = simple.Detection(meta)
            return
        self._simple = None
        if not callable(getattr(module, "rule", None)):
            raise AttributeError("the file has no function rule(event)")

    def wants(self, event):
        return not self.log_types or event.get("p_log_type") in self.log_types

    def defines(self, name):
        if self._simple is not None:
            return self._simple.defines(name)
        return callable(getattr(self.module, name, None))

    def call(self, name, event):
        if self._simple is not None:
            return self._simple.call(name, event)
        return getattr(self.module, name)(event)

    def matches(self, event):
        """Whether the rule fires. Raises what the rule raises."""
        if self._filters is not None and not self._filters(event):
            return False
        result = self.call("rule", event)
        if not isinstance(result, bool):
            raise WrongReturn(f"rule gave {type(result).__name__} where a bool is wanted")
        return result

    def describe(self, event, guard):
        """What the auxiliary functions say of the event that fired: answers by name, and what went wrong in them."""
        answers, problems = {}, []
        for name, check in AUXILIARY.items():
            if not self.defines(name):
                continue
            try:
                with guard():
                    answers[name] = check(self.call(name, event))
            except (Exception, OverTime, SystemExit) as error:
                problems.append(problem(name, error))
        return answers, problems

    def finding(self, event, guard):
        """The alert's parts, for the store."""
        answers, problems = self.describe(event, guard)
        severity = answers.get("severity", "DEFAULT")
        if severity == "DEFAULT":
            severity = str(self.meta.get("Severity") or "INFO").upper()
        default = "defaultDedupString:" + self.id
        if self.defines("dedup"):
            dedup = answers.get("dedup") or default
        else:
            dedup = answers.get("title") or default
        return {
            "title": answers.get("title") or _cut(str(self.meta.get("DisplayName") or self.id)),
            "dedup": dedup,
            "severity": severity if severity in SEVERITIES else "INFO",
            "description": answers.get("description", _cut(str(self.meta.get("Description") or ""))),
            "reference": answers.get("reference", _cut(str(self.meta.get("Reference") or ""))),
            "runbook": answers.get("runbook", _cut(str(self.meta.get("Runbook") or ""))),
            "destinations": answers.get("destinations"),
            "context": answers.get("alert_context"),
            "unique": answers.get("unique"),
            "problems": problems,
        }
