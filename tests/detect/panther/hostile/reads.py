# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os


def rule(event):
    with open("/etc/passwd", encoding="utf-8") as file:
        return bool(file.read())
