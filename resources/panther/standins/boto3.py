# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the place of boto3 for helpers that import it and do not need it."""


def client(*_arguments, **_options):
    raise RuntimeError("rules run without a network: boto3 is not available")


resource = client
