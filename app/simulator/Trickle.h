// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QTcpSocket;

namespace octotrail::simulator {

/// Writes the bytes in small parts over two seconds, or until the other side closes.
void trickle(QByteArray bytes, QTcpSocket *socket);

/// Closes with a TCP reset rather than an orderly end.
void resetConnection(QTcpSocket *socket);

} // namespace octotrail::simulator
