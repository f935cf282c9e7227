# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs rules in Panther's format for Octotrail, as its child process.

Requests come on standard input and answers go to standard output: each a length (four bytes, big endian) and so many
bytes of JSON. Rules cannot get at either by printing: what they print goes to standard error.

    hello    (at start, unasked)  {"python": …, "confined": {"network": bool, "files": bool}}
    load     {"globals": [{"id", "path"}], "models": [{"id", "path", "log_types", "mappings"}],
              "rules": [{"id", "path", "meta"}], "state": {key: text}, "countries": {name: two letters}}
             -> {"models": [problem or null], "rules": [problem or null]}
    events   {"events": [{"source", "source_id", "row", "event": JSON in a text}]}
             -> {"findings": [...], "problems": [...], "state": {key: text or null}}
    test     {"rule": number, "tests": [...]} -> {"outcomes": [...]}

Octotrail is told which rule is at work through shared memory (--progress FD: rule and event, two 32-bit numbers), so
that it can name the one that made it kill this process, or that ended it.
"""

import argparse
import contextlib
import importlib.abc
import importlib.util
import json
import mmap
import os
import signal
import socket
import struct
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "lib")]
sys.path.append(os.path.join(HERE, "standins"))
sys.dont_write_bytecode = True

from panther_core import DataModel, PantherEvent  # noqa: E402
from panther_detection_helpers import caching  # noqa: E402

from octotrail_host import fields, testing  # noqa: E402
from octotrail_host.rule import OverTime, Rule, problem  # noqa: E402

LARGEST_REQUEST = 512 * 1024 * 1024
#: A rule that failed on so many events in a row is not asked again.
MOST_FAILURES = 25


class Watch:
    """Ends a function that takes too long, and tells who is at work."""

    PERIOD = 0.25

    def __init__(self, limit, progress):
        self._limit = limit
        self._started = None
        self._place = mmap.mmap(progress, 8) if progress is not None else bytearray(8)
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, self.PERIOD, self.PERIOD)

    def at(self, rule, event):
        struct.pack_into("<ii", self._place, 0, rule, event)

    def _look(self, _signal, _frame):
        if self._started is not None and time.monotonic() - self._started > self._limit:
            self._started = None
            raise OverTime(f"took longer than {self._limit:g} s")

    @contextlib.contextmanager
    def guard(self):
        self._started = time.monotonic()
        try:
            yield
        finally:
            self._started = None


class Globals(importlib.abc.MetaPathFinder):
    """Finds the helpers that rules import, by their ids."""

    def __init__(self):
        self.paths = {}

    def find_spec(self, name, _path=None, _target=None):
        path = self.paths.get(name)
        return importlib.util.spec_from_file_location(name, path) if path else None


class Host:
    def __init__(self, watch):
        self._watch = watch
        self._globals = Globals()
        sys.meta_path.insert(0, self._globals)
        self._models = {}
        self._rules = []
        self._failures = []

    def answer(self, request):
        return {"load": self._load, "events": self._events, "test": self._test}[request["op"]](request)

    def _module(self, name, path):
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        with self._watch.guard():
            spec.loader.exec_module(module)
        return module

    def _load(self, request):
        self._globals.paths = {part["id"]: part["path"] for part in request["globals"]}
        for folder in {os.path.dirname(path) for path in self._globals.paths.values()}:
            if folder not in sys.path:
                sys.path.append(folder)
        caching.begin(request["state"])
        fields.countries = request.get("countries") or {}
        self._models = {}
        models = [self._tried("load", lambda part=part: self._load_model(part)) for part in request["models"]]
        self._rules = []
        self._failures = [0] * len(request["rules"])
        rules = []
        for number, part in enumerate(request["rules"]):
            self._watch.at(number, -1)
            self._rules.append(None)
            if part is None:  # disabled
                rules.append(None)
                continue
            rules.append(self._tried("load", lambda: self._load_rule(number, part)))
        self._watch.at(-1, -1)
        return {"models": models, "rules": rules}

    @staticmethod
    def _tried(what, work):
        try:
            work()
        except (Exception, OverTime) as error:
            return problem(what, error)
        except SystemExit as error:
            return problem(what, RuntimeError(f"the file calls exit({error.code})"))
        return None

    def _load_model(self, part):
        module = self._module("panther_model_" + part["id"], part["path"]) if part["path"] else None
        model = DataModel(part["id"], part["mappings"], module)
        for log_type in part["log_types"]:
            self._models.setdefault(log_type, model)

    def _load_rule(self, number, part):
        module = self._module(f"panther_rule_{number}", part["path"]) if part["path"] else None
        self._rules[number] = Rule(part["id"], part["meta"], module)

    def _events(self, request):
        findings, problems = [], []
        for place, item in enumerate(request["events"]):
            plain = parsed(item["event"])
            if plain is None:
                continue
            caching.set_clock(fields.seconds(plain))
            event = PantherEvent(fields.add(plain, item["source"], item["source_id"], item["row"]), self._models.get(fields.LOG_TYPE))
            for number, rule in enumerate(self._rules):
                if rule is not None and rule.wants(event):
                    self._watch.at(number, place)
                    self._ask(number, rule, place, event, findings, problems)
        self._watch.at(-1, -1)
        return {"findings": findings, "problems": problems, "state": caching.take_changes()}

    def _ask(self, number, rule, place, event, findings, problems):
        try:
            with self._watch.guard():
                fired = rule.matches(event)
            self._failures[number] = 0
            if fired:
                findings.append({"rule": number, "event": place, **rule.finding(event, self._watch.guard)})
        except (Exception, OverTime, SystemExit) as error:
            self._failures[number] += 1
            given_up = self._failures[number] >= MOST_FAILURES
            if given_up:
                self._rules[number] = None
            problems.append({"rule": number, "event": place, "given_up": given_up, **problem("rule", error)})

    def _test(self, request):
        number = request["rule"]
        rule = self._rules[number]
        outcomes = []
        for test in request["tests"] if rule is not None else ():
            self._watch.at(number, len(outcomes))
            outcomes.append(testing.run(rule, test, self._models, self._watch.guard))
        self._watch.at(-1, -1)
        return {"outcomes": outcomes}


def said(members):
    """A JSON object without what is null. Panther leaves that away, so rules read "reason" with a default, and go on as
    if it could only be absent."""
    return {key: value for key, value in members if value is not None}


def parsed(text):
    """The event; None if it is no JSON object."""
    try:
        event = json.loads(text, object_pairs_hook=said)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def read(stream, size):
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def confinement():
    """What the system really keeps from rules: tried, not assumed."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
        network = False
    except OSError:
        network = True
    try:
        os.listdir(os.path.expanduser("~"))
        files = False
    except OSError:
        files = True
    return {"network": network, "files": files}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--progress", type=int)
    options.add_argument("--seconds", type=float, default=15)
    arguments = options.parse_args()
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)

    def send(answer):
        data = json.dumps(answer).encode()
        answers.write(struct.pack(">I", len(data)) + data)
        answers.flush()

    host = Host(Watch(arguments.seconds, arguments.progress))
    send({"op": "hello", "python": sys.version.split()[0], "confined": confinement()})
    with contextlib.suppress(EOFError):
        while True:
            (size,) = struct.unpack(">I", read(requests, 4))
            if size > LARGEST_REQUEST:
                break
            send(host.answer(json.loads(read(requests, size))))
    answers.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
