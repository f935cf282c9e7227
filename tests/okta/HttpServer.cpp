// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpServer.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

namespace octotrail::tests {

HttpReply reply(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
    for (const QByteArray &header : headers) {
        bytes += header + "\r\n";
    }
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    return {bytes};
}

QByteArray dateHeader(qint64 offsetSeconds)
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(offsetSeconds);
    return "Date: " + QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
}

QSslConfiguration tlsOf(const QString &certificateFile, const QString &keyFile)
{
    const auto read = [](const QString &name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(read(keyFile), QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate(read(certificateFile)));
    if (tls.privateKey().isNull() || tls.localCertificate().isNull()) {
        qFatal("%s and its key cannot be read", qPrintable(certificateFile));
    }
    return tls;
}

HttpServer::HttpServer(Handler handler, const QHostAddress &address)
    : m_handler(std::move(handler))
    , m_server(std::make_unique<QTcpServer>())
{
    connect(m_server.get(), &QTcpServer::newConnection, this, &HttpServer::accept);
    m_server->listen(address);
}

HttpServer::HttpServer(Handler handler, const QSslConfiguration &tls)
    : m_handler(std::move(handler))
    , m_isTls(true)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    connect(server.get(), &QSslServer::pendingConnectionAvailable, this, &HttpServer::accept);
    server->listen(QHostAddress::LocalHost);
    m_server = std::move(server);
}

QUrl HttpServer::origin() const
{
    QUrl origin;
    origin.setScheme(m_isTls ? QStringLiteral("https") : QStringLiteral("http"));
    origin.setHost(m_server->serverAddress().toString());
    origin.setPort(m_server->serverPort());
    return origin;
}

QUrl HttpServer::url(const QString &pathAndQuery) const
{
    return QUrl(origin().toString() + pathAndQuery);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        answer(socket);
    }
}

void HttpServer::answer(QTcpSocket *socket)
{
    const QByteArray head = socket->peek(64 * 1024);
    const auto end = head.indexOf("\r\n\r\n");
    if (end < 0) {
        return;
    }
    socket->skip(end + 4);
    const QList<QByteArray> lines = head.left(end).split('\n');
    HttpRequest request;
    request.path = lines.first().split(' ').value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    m_requests.append(request);
    const HttpReply reply = m_handler(request);
    socket->write(reply.bytes);
    if (!reply.hangs && reply.closes) {
        socket->disconnectFromHost();
    }
}

} // namespace octotrail::tests
