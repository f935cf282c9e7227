// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Trickle.h"

#include <QTcpSocket>
#include <QTimer>
#include <chrono>
#include <memory>
#include <sys/socket.h>

namespace octotrail::simulator {

namespace {

constexpr int parts = 20;
constexpr std::chrono::milliseconds pause{100};

} // namespace

void trickle(QByteArray bytes, QTcpSocket *socket)
{
    auto *timer = new QTimer(socket);
    auto rest = std::make_shared<QByteArray>(std::move(bytes));
    const qsizetype part = rest->size() / parts + 1;
    QObject::connect(timer, &QTimer::timeout, socket, [timer, rest, part, socket] {
        socket->write(rest->left(part));
        rest->remove(0, part);
        if (rest->isEmpty()) {
            timer->deleteLater();
        }
    });
    timer->start(pause);
}

void resetConnection(QTcpSocket *socket)
{
    const linger none{1, 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    socket->abort();
}

} // namespace octotrail::simulator
