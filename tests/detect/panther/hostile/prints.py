# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os


def rule(event):
    print("garbage" * 100_000)
    for descriptor in range(3, 12):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff garbage")
        except OSError:
            pass
    return False
