// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "simulator/Simulator.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTimer>
#include <string>
#include <vector>

/// What came back of a request, and what the tests want to know of it.
struct Answer
{
    int status = 0;
    QByteArray body;
    QList<QNetworkReply::RawHeaderPair> headers;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;

    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0) {
                return value;
            }
        }
        return {};
    }
    bool has(const QByteArray &name) const { return !header(name).isNull(); }
    QUrl link(const QString &relation) const
    {
        static const QRegularExpression form(QStringLiteral("<([^>]*)>; rel=\"([a-z]+)\""));
        auto links = form.globalMatch(QString::fromUtf8(header("Link")));
        while (links.hasNext()) {
            const auto match = links.next();
            if (match.captured(2) == relation) {
                return QUrl(match.captured(1));
            }
        }
        return {};
    }
    QUrl next() const { return link(QStringLiteral("next")); }
    QString errorCode() const
    {
        return QJsonDocument::fromJson(body).object().value(QStringLiteral("errorCode")).toString();
    }
    /// The bytes of every event of a page.
    std::vector<std::string> lines() const
    {
        const auto views = octotrail::event::splitArray({body.constData(), static_cast<std::size_t>(body.size())});
        return views ? std::vector<std::string>(views->begin(), views->end()) : std::vector<std::string>();
    }
};

/// A log of a few hundred events, the same on every day and machine.
inline octotrail::simulator::Simulator::Options fixedLog()
{
    octotrail::simulator::Simulator::Options options;
    options.live = false;
    options.history = std::chrono::hours(2);
    options.users = 40;
    options.historyEventsPerMinute = 10;
    options.logsPerWindow = 10'000;
    options.start = octotrail::event::parseTimestamp("2026-06-03T15:00:00Z");
    return options;
}

inline std::unique_ptr<octotrail::simulator::Simulator> startedWith(
    const octotrail::simulator::Simulator::Options &options)
{
    auto simulator = octotrail::simulator::Simulator::start(options);
    if (!simulator) {
        qWarning("%s", qPrintable(simulator.error().sentence));
        return nullptr;
    }
    return *std::move(simulator);
}

/// The since that reaches to the begin of fixedLog().
inline const QString sinceBegin = QStringLiteral("since=2026-06-03T00%3A00%3A00Z");

/// A plain HTTP client for a simulator.
class Client
{
public:
    explicit Client(const octotrail::simulator::Simulator &simulator)
        : m_origin(simulator.origin())
        , m_token(simulator.token())
    { }

    Answer get(const QString &path) { return get(m_origin.resolved(QUrl(path))); }
    Answer get(const QUrl &url) { return send(url, "GET"); }
    Answer send(const QUrl &url, const QByteArray &verb, std::chrono::milliseconds timeout = std::chrono::seconds(20))
    {
        QNetworkRequest request(url);
        if (!m_token.isNull()) {
            request.setRawHeader("Authorization", "SSWS " + m_token.toUtf8());
        }
        for (const auto &[name, value] : m_headers) {
            request.setRawHeader(name, value);
        }
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setTransferTimeout(static_cast<int>(timeout.count()));
        std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        if (!reply->isFinished()) {
            loop.exec();
        }
        Answer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.headers = reply->rawHeaderPairs();
        answer.error = reply->error();
        return answer;
    }
    QUrl url(const QString &path) const { return m_origin.resolved(QUrl(path)); }
    void setToken(const QString &token) { m_token = token; }
    void setHeader(const QByteArray &name, const QByteArray &value) { m_headers.emplaceBack(name, value); }

    /// Follows next until a page is empty (a poll) or has none (bounded).
    std::vector<std::string> collect(const QString &path, int *pages = nullptr)
    {
        std::vector<std::string> all;
        for (QUrl at = url(path); at.isValid() && !at.isEmpty();) {
            const Answer answer = get(at);
            const std::vector<std::string> lines = answer.lines();
            if (pages) {
                ++*pages;
            }
            if (answer.status != 200 || lines.empty()) {
                break;
            }
            all.insert(all.end(), lines.begin(), lines.end());
            at = answer.next();
        }
        return all;
    }

private:
    QNetworkAccessManager m_network;
    QUrl m_origin;
    QString m_token;
    QList<std::pair<QByteArray, QByteArray>> m_headers;
};
