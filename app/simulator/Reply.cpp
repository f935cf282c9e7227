// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Reply.h"

#include "event/Json.h"

#include <QCryptographicHash>
#include <QList>
#include <zlib.h>

namespace octotrail::simulator {

namespace {

constexpr qsizetype worthCompressing = 860; // one packet: below it, nothing is won

QByteArray quoted(const QByteArray &text)
{
    return QByteArray::fromStdString(event::quoteJson({text.constData(), static_cast<std::size_t>(text.size())}));
}

QByteArray phraseOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

} // namespace

void Reply::setHeader(const QByteArray &name, const QByteArray &value)
{
    removeHeader(name);
    addHeader(name, value);
}

void Reply::removeHeader(const QByteArray &name)
{
    headers.removeIf([&](const auto &header) { return header.first == name; });
}

QByteArray Reply::toBytes(bool gzip) const
{
    const bool compressed = gzip && body.size() > worthCompressing;
    const QByteArray content = compressed ? gzipped(body) : body;
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + ' ' + phraseOf(status) + "\r\n";
    for (const auto &[name, value] : headers) {
        bytes += name + ": " + value + "\r\n";
    }
    bytes += "Content-Type: " + contentType + "\r\n";
    if (compressed) {
        bytes += "Content-Encoding: gzip\r\n";
    }
    bytes += "Content-Length: " + QByteArray::number(content.size()) + "\r\n\r\n";
    bytes += content;
    return bytes;
}

Reply errorReply(int status, const QByteArray &code, const QByteArray &summary, const QByteArrayList &causes)
{
    QByteArray body = R"({"errorCode":)" + quoted(code) + R"(,"errorSummary":)" + quoted(summary) + R"(,"errorLink":)"
        + quoted(code) + R"(,"errorId":"oae)"
        + QCryptographicHash::hash(code + summary, QCryptographicHash::Md5).toHex().left(22) + R"(","errorCauses":[)";
    for (qsizetype i = 0; i < causes.size(); ++i) {
        body += (i ? "," : "") + (R"({"errorSummary":)" + quoted(causes[i])) + '}';
    }
    Reply reply;
    reply.status = status;
    reply.body = body + "]}";
    return reply;
}

namespace errors {

Reply invalidToken()
{
    return errorReply(401, "E0000011", "Invalid token provided");
}

Reply accessDenied()
{
    return errorReply(403, "E0000006", "You do not have permission to perform the requested action");
}

Reply notFound(const QByteArray &path)
{
    return errorReply(404, "E0000008", "The requested path was not found", {path});
}

Reply methodNotAllowed()
{
    return errorReply(405, "E0000022", "The endpoint does not support the provided HTTP method");
}

Reply tooManyRequests()
{
    return errorReply(429, "E0000047", "API call exceeded rate limit due to too many requests.");
}

Reply featureNotEnabled()
{
    return errorReply(401, "E0000015", "You do not have permission to access the feature you are requesting");
}

Reply invalidSearchCriteria()
{
    return errorReply(400, "E0000031", "Invalid search criteria.");
}

} // namespace errors

Reply replyForStatus(int status)
{
    switch (status) {
    case 400:
        return errorReply(400, "E0000001", "Api validation failed: since", {"since: The field is not valid"});
    case 401:
        return errors::invalidToken();
    case 403:
        return errors::accessDenied();
    case 404:
        return errorReply(404, "E0000007", "Not found: Resource not found: logs");
    case 405:
        return errors::methodNotAllowed();
    case 429:
        return errors::tooManyRequests();
    case 500:
        return errorReply(500, "E0000009", "Internal Server Error");
    case 503:
        return errorReply(503, "E0000010", "Service is in read only mode");
    default: {
        // From the load balancer, which speaks no JSON.
        Reply reply;
        reply.status = status;
        reply.contentType = "text/html";
        reply.body = "<html><head><title>" + QByteArray::number(status)
            + "</title></head><body><h1>Something went wrong</h1></body></html>";
        return reply;
    }
    }
}

QByteArray gzipped(const QByteArray &data)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    // The fastest level: pages are compressed anew for every request.
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray result(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(data.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.constData()));
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH);
    result.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return result;
}

} // namespace octotrail::simulator
