# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the place of requests for helpers that import it and do not need it."""


class RequestException(IOError):
    pass


def request(*_arguments, **_options):
    raise RequestException("rules run without a network: requests is not available")


get = post = put = patch = delete = head = request
