# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of Panther's runtime that rules import by name."""

from panther_core.data_model import DataModel
from panther_core.enriched_event import PantherEvent
from panther_core.immutable import ImmutableCaseInsensitiveDict, ImmutableDict, ImmutableList, json_encoder

__all__ = ["DataModel", "ImmutableCaseInsensitiveDict", "ImmutableDict", "ImmutableList", "PantherEvent", "json_encoder"]
