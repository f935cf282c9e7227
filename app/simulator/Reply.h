// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <utility>

namespace octotrail::simulator {

/// An HTTP answer before it is written to a socket.
struct Reply
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< in order; a name may occur more than once

    void addHeader(const QByteArray &name, const QByteArray &value) { headers.emplace_back(name, value); }
    /// Every header of this name becomes this one.
    void setHeader(const QByteArray &name, const QByteArray &value);
    void removeHeader(const QByteArray &name);

    /// As it goes over the wire, with Content-Length; compressed if that was agreed and is worth it.
    QByteArray toBytes(bool gzip) const;
};

/// An answer as Okta gives it when it refuses: errorCode, errorSummary, errorLink, errorId, errorCauses.
Reply errorReply(int status, const QByteArray &code, const QByteArray &summary, const QByteArrayList &causes = {});

/// The errors that need no more said than their code.
namespace errors {
Reply invalidToken();
Reply accessDenied();
Reply notFound(const QByteArray &path);
Reply methodNotAllowed();
Reply tooManyRequests();
Reply featureNotEnabled();
Reply invalidSearchCriteria();
} // namespace errors

/// What Okta, or a proxy in front of it, answers with this status, as far as Okta documents one.
Reply replyForStatus(int status);

QByteArray gzipped(const QByteArray &data);

} // namespace octotrail::simulator
