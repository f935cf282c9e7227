# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
import socket


def rule(event):
    socket.create_connection(("127.0.0.1", 80), timeout=1)
    return True
