// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>
#include <functional>
#include <memory>

class QTcpSocket;

namespace octotrail::tests {

/// A request as it came over the wire.
struct HttpRequest
{
    QByteArray path; ///< with its query
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
};

/// What is sent for it: raw bytes, so that a test can be as wrong as it likes.
struct HttpReply
{
    QByteArray bytes;
    bool closes = true;
    bool hangs = false; ///< sends the bytes, then nothing more
};

/// Makes a sound reply: status line, headers, Content-Length, body.
HttpReply reply(int status, const QByteArray &body, const QList<QByteArray> &headers = {});

/// The headers of a reply in Okta's manner, with a Date that is off from now by so many seconds.
QByteArray dateHeader(qint64 offsetSeconds = 0);

/// TLS as a server speaks it that has this certificate and its key, from PEM files.
QSslConfiguration tlsOf(const QString &certificateFile, const QString &keyFile);

/// A server on a loopback port that does what a test's function says, and remembers what it was asked.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<HttpReply(const HttpRequest &)>;

    explicit HttpServer(Handler handler, const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    HttpServer(Handler handler, const QSslConfiguration &tls);

    bool isListening() const { return m_server->isListening(); }
    QUrl origin() const;
    QUrl url(const QString &pathAndQuery) const;
    const QList<HttpRequest> &requests() const { return m_requests; }
    void setHandler(Handler handler) { m_handler = std::move(handler); }

private:
    void accept();
    void answer(QTcpSocket *socket);

    Handler m_handler;
    QList<HttpRequest> m_requests;
    bool m_isTls = false;
    std::unique_ptr<QTcpServer> m_server;
};

} // namespace octotrail::tests
