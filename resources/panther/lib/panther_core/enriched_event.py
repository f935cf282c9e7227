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

    def udm(self, *keys, default=None):
        """The field of a unified name; where the model does not know it, of p_udm, or else of the event itself."""
        if self.data_model is not None and len(keys) == 1 and keys[0] in self.data_model.mappings:
            value = self.ensure_immutable(self.data_model.value(self, keys[0]))
            return default if value is None else value
        if not keys:
            return default
        return self.deep_get("p_udm", *keys) or self.deep_get(*keys) or default

    def udm_path(self, name):
        """Where the value of a unified name stands, such as client.ipAddress, or the name of its method; or None."""
        if self.data_model is None:
            raise LookupError(f"there is no data model for {self.get('p_log_type')}")
        return self.data_model.place(self, name)

    def lookup(self, table, key):
        """A row of a lookup table: what a test gives under _mocked_lookup_data_, or what the event was enriched with."""
        mocked = self.deep_get("_mocked_lookup_data_", table, key)
        if mocked is not None:
            return mocked
        for row in (self.deep_get("p_enrichment", table, default={}) or {}).values():
            if isinstance(row, Mapping) and row.get("p_match") == key:
                return row
        return None

    def event_time_epoch(self, force_utc=True):
        """Whole seconds since 1970; 0 if the event's time cannot be read."""
        text = str(self.get("p_event_time") or "").strip().replace("T", " ")
        is_utc = text.endswith("Z")
        try:
            moment = datetime.strptime(text.removesuffix("Z").partition(".")[0], "%Y-%m-%d %H:%M:%S")
            return int((moment.replace(tzinfo=timezone.utc) if force_utc or is_utc else moment).timestamp())
        except ValueError:
            return 0
