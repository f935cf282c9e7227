# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests that rules carry in their YAML file."""

import json
from contextlib import nullcontext
from unittest.mock import MagicMock, patch

from panther_core import PantherEvent
from panther_detection_helpers import caching

from octotrail_host.rule import OverTime, problem


def _mocks(test):
    return {mock["objectName"]: MagicMock(return_value=mock.get("returnValue")) for mock in test.get("Mocks") or ()}


def run(rule, test, data_models, guard):
    """The test's outcome. A rule that should fire must do so with no function failing; of one that should not, only
    rule() counts. All functions are asked in either case."""
    expected = bool(test.get("ExpectedResult"))
    outcome = {"name": str(test.get("Name") or ""), "expected": expected, "fired": None, "passed": False, "problems": []}
    log = test.get("Log") or {}
    log = dict(json.loads(log) or {}) if isinstance(log, str) else log
    event = PantherEvent(log, data_models.get(log.get("p_log_type")))
    mocks = _mocks(test)
    missing = [name for name in mocks if not hasattr(rule.module, name)]
    if missing:
        error = f"the test mocks {', '.join(missing)}, which the rule does not have"
        outcome["problems"] = [{"function": "Mocks", "error": error, "file": "", "line": 0, "traceback": ""}]
        return outcome
    try:
        with caching.apart(event.event_time_epoch()), patch.multiple(rule.module, **mocks) if mocks else nullcontext():
            try:
                with guard():
                    outcome["fired"] = rule.matches(event)
            except (Exception, OverTime, SystemExit) as error:
                outcome["problems"].append(problem("rule", error))
            problems = rule.describe(event, guard)[1] if rule.module is not None or outcome["fired"] else []
    except (Exception, OverTime) as error:
        problems = [problem("Mocks", error)]
    if expected:
        outcome["problems"] += problems
    outcome["passed"] = outcome["fired"] is expected and not outcome["problems"]
    return outcome
