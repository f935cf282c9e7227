# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal


def rule(event):
    os.kill(os.getppid(), signal.SIGKILL)
    return True
