# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Mapping
from datetime import datetime, timezone

from panther_core.immutable import ImmutableCaseInsensitiveDict, json_encoder


class PantherEvent(ImmutableCaseInsensitiveDict):
    """An event with the unified names (udm) that its log type's data model gives to its fields."""

    json_encoder = staticmethod(json_encoder)

    def __init__(self, event, data_model=None):
        super().__init__(event)
        self.data_model = data_model

    def udm(self, name, default=None):
        if self.data_model is not None and name in self.data_model.mappings:
            value = self.data_model.value(self, name)
            return default if value is None else value
        for found in (self.deep_get("p_udm", *name.split(".")), self.get(name)):
            if found is not None:
                return found
        return default

    def udm_path(self, name):
        """The JSONPath or the name of the method behind a unified name; None if it has none."""
        return None if self.data_model is None else self.data_model.mappings.get(name)

    def lookup(self, table, key):
        """A row of a lookup table: what a test gives under _mocked_lookup_data_, or what the event was enriched with."""
        mocked = self.deep_get("_mocked_lookup_data_", table, key)
        if mocked is not None:
            return mocked
        for row in (self.deep_get("p_enrichment", table, default={}) or {}).values():
            if isinstance(row, Mapping) and row.get("p_match") == key:
                return row
        return None

    def event_time_epoch(self):
        """Seconds since 1970; 0 if the event's time cannot be read."""
        text = str(self.get("p_event_time") or "").strip().replace("T", " ").removesuffix("Z")
        seconds, _, fraction = text.partition(".")
        try:
            moment = datetime.strptime(seconds, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
            return int(moment.timestamp()) + (float("0." + fraction) if fraction else 0)
        except ValueError:
            return 0
