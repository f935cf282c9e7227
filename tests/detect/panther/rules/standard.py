# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import sys


def rule(event):
    return event.udm("source_ip") == "192.0.2.66"


def runbook(_event):
    sys.exit("no runbook")
