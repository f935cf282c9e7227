// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProxyServer.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrl>

namespace octotrail::tests {

ProxyServer::ProxyServer(QByteArray user, QByteArray password)
    : m_user(std::move(user))
    , m_password(std::move(password))
{
    connect(&m_server, &QTcpServer::newConnection, this, &ProxyServer::accept);
    m_server.listen(QHostAddress::LocalHost);
    m_port = m_server.serverPort();
}

void ProxyServer::loseConnections()
{
    for (QTcpSocket *client : m_server.findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly)) {
        client->disconnect();
        for (QTcpSocket *server : client->findChildren<QTcpSocket *>()) {
            server->disconnect();
        }
    }
}

void ProxyServer::setReachable(bool isReachable)
{
    if (!isReachable) {
        m_server.close();
    } else if (!m_server.isListening()) {
        m_server.listen(QHostAddress::LocalHost, m_port);
    }
}

QString ProxyServer::setting() const
{
    return QStringLiteral("http://%1@127.0.0.1:%2").arg(QString::fromLatin1(m_user)).arg(m_port);
}

void ProxyServer::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }
}

void ProxyServer::read(QTcpSocket *client)
{
    const QByteArray head = client->peek(64 * 1024);
    const auto end = head.indexOf("\r\n\r\n");
    if (end < 0) {
        return;
    }
    const QByteArray credentials = "Basic " + (m_user + ':' + m_password).toBase64();
    if (!head.left(end).contains("Proxy-Authorization: " + credentials)) {
        ++m_refused;
        client->skip(head.size());
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"tests\"\r\n"
                      "Content-Length: 0\r\n\r\n");
        return;
    }
    const QByteArrayList line = head.left(head.indexOf("\r\n")).split(' ');
    m_served << QString::fromLatin1(line.value(0) + ' ' + line.value(1));
    client->disconnect(this);
    if (line.value(0) == "CONNECT") {
        client->skip(end + 4);
        const QByteArray target = line.value(1);
        const auto colon = target.lastIndexOf(':');
        QByteArray host = target.left(colon);
        host.replace("[", "").replace("]", "");
        forward(client, QString::fromLatin1(host), target.mid(colon + 1).toUShort(), {}, true);
        return;
    }
    const QUrl url = QUrl::fromEncoded(line.value(1));
    QByteArray request = client->readAll();
    request.replace(line.value(1), url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
    forward(client, url.host(), static_cast<quint16>(url.port(80)), request, false);
}

void ProxyServer::forward(QTcpSocket *client, const QString &host, quint16 port, const QByteArray &first, bool tells)
{
    auto *server = new QTcpSocket(client);
    server->setProxy(QNetworkProxy::NoProxy);
    connect(server, &QTcpSocket::connected, client, [client, server, first, tells] {
        if (tells) {
            client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        }
        server->write(first);
        server->write(client->readAll());
    });
    connect(client, &QTcpSocket::readyRead, server, [client, server] {
        if (server->state() == QAbstractSocket::ConnectedState) {
            server->write(client->readAll());
        }
    });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    server->connectToHost(host, port);
}

} // namespace octotrail::tests
