# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
def rule(event):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
