# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
def rule(event):
    kept = []
    while True:
        kept.append(bytes(10_000_000))
