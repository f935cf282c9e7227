// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTcpServer>

class QTcpSocket;

namespace octotrail::tests {

/// An HTTP proxy on a loopback port that wants a name and a password: tunnels (CONNECT) and plain requests.
class ProxyServer : public QObject
{
    Q_OBJECT

public:
    ProxyServer(QByteArray user, QByteArray password);

    /// http://user@127.0.0.1:port
    QString setting() const;
    /// What was asked for by who knew the password: "CONNECT host:port", "GET http://...".
    const QStringList &served() const { return m_served; }
    int refused() const { return m_refused; }

    /// Nothing comes or goes any more on the connections that there are, and nobody is told: the network is another.
    void loseConnections();
    /// There is no network at all: whoever connects is turned away.
    void setReachable(bool isReachable);

private:
    void accept();
    void read(QTcpSocket *client);
    void forward(QTcpSocket *client, const QString &host, quint16 port, const QByteArray &first, bool tells);

    QByteArray m_user;
    QByteArray m_password;
    QTcpServer m_server;
    quint16 m_port = 0;
    QStringList m_served;
    int m_refused = 0;
};

} // namespace octotrail::tests
