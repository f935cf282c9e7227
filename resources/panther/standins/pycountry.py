# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the place of pycountry, where that is not installed: it knows no country."""


class _Countries:
    def get(self, **_names):
        return None

    def lookup(self, name):
        raise LookupError(name)

    def __iter__(self):
        return iter(())


countries = _Countries()
