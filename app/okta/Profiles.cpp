// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Profiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QObject>
#include <vector>

namespace octotrail::okta::profiles {

using namespace Qt::StringLiterals;

namespace {

QUrl page(const QUrl &origin, const QString &path, int limit)
{
    QUrl url(origin);
    url.setPath(path);
    url.setQuery(u"limit="_s + QString::number(limit));
    return url;
}

QUrl withSearch(QUrl url, const std::string &after)
{
    const QString search = u"lastUpdated gt \"%1\""_s.arg(QString::fromStdString(after));
    url.setQuery(url.query(QUrl::FullyEncoded) + u"&search="_s + QString::fromUtf8(QUrl::toPercentEncoding(search)));
    return url;
}

/// A member of an object, as places in its JSON.
struct Member
{
    std::string_view key; ///< with its quotes
    std::string_view value;
};

QString unquoted(std::string_view jsonString)
{
    const QByteArray array = '[' + QByteArray(jsonString.data(), static_cast<qsizetype>(jsonString.size())) + ']';
    return QJsonDocument::fromJson(array).array().first().toString();
}

/// The members of an object of JSON that is known to be sound, so that brackets and strings tell where each ends.
std::vector<Member> membersOf(std::string_view object)
{
    std::vector<Member> members;
    constexpr auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    std::string_view key;
    bool atValue = false;
    std::size_t valueStart = 0;
    int depth = 0;
    const auto endValue = [&](std::size_t end) {
        if (!atValue) {
            return;
        }
        while (end > valueStart && isSpace(object[end - 1])) {
            --end;
        }
        members.push_back({key, object.substr(valueStart, end - valueStart)});
        atValue = false;
    };
    for (std::size_t i = 0; i < object.size(); ++i) {
        const char c = object[i];
        if (c == '"') {
            const std::size_t start = i;
            for (++i; i < object.size() && object[i] != '"'; ++i) {
                i += object[i] == '\\' ? 1 : 0;
            }
            if (depth == 1 && !atValue) {
                key = object.substr(start, i + 1 - start);
            }
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth == 1) {
                endValue(i);
            }
            --depth;
        } else if (depth == 1 && c == ':' && !atValue) {
            atValue = true;
            valueStart = i + 1;
            while (valueStart < object.size() && isSpace(object[valueStart])) {
                ++valueStart;
            }
        } else if (depth == 1 && c == ',') {
            endValue(i);
        }
    }
    return members;
}

/// Which identity provider the user signs in with is worth knowing, and no secret.
std::string providerAlone(std::string_view credentials)
{
    std::string kept = "{";
    if (!credentials.empty() && credentials.front() == '{') {
        for (const Member &member : membersOf(credentials)) {
            if (unquoted(member.key) == "provider"_L1) {
                kept = "{\"provider\":" + std::string(member.value); // of a key that occurs twice the last one counts
            }
        }
    }
    return kept + '}';
}

} // namespace

QUrl usersPage(const QUrl &origin, int limit)
{
    return page(origin, u"/api/v1/users"_s, limit);
}

QUrl devicesPage(const QUrl &origin, int limit)
{
    return page(origin, u"/api/v1/devices"_s, limit);
}

QUrl usersListing(const QUrl &origin, const std::optional<event::Timestamp> &changedAfter)
{
    // Nobody was last updated before there was an Okta.
    const std::string after = changedAfter ? event::formatTimestamp(*changedAfter) : "2000-01-01T00:00:00.000Z";
    return withSearch(usersPage(origin), after);
}

QUrl devicesListing(const QUrl &origin, const std::optional<event::Timestamp> &changedAfter)
{
    QUrl url = devicesPage(origin);
    url.setQuery(url.query() + u"&expand=userSummary"_s);
    return changedAfter ? withSearch(url, event::formatTimestamp(*changedAfter)) : url;
}

QByteArray usersContentType()
{
    return QByteArrayLiteral("application/json; okta-response=\"omitCredentials,omitCredentialsLinks\"");
}

event::Result<std::string> withoutCredentials(std::string_view user)
{
    const auto bytes = QByteArray::fromRawData(user.data(), static_cast<qsizetype>(user.size()));
    if (!QJsonDocument::fromJson(bytes).isObject()) {
        return event::failure(event::ErrorKind::Protocol, QObject::tr("Okta sent a user that cannot be read."));
    }
    std::string clean;
    clean.reserve(user.size());
    std::size_t copied = 0;
    for (const Member &member : membersOf(user)) {
        if (unquoted(member.key) == "credentials"_L1) {
            const auto start = static_cast<std::size_t>(member.value.data() - user.data());
            clean.append(user.substr(copied, start - copied)).append(providerAlone(member.value));
            copied = start + member.value.size();
        }
    }
    clean.append(user.substr(copied));
    return clean;
}

bool isUnavailable(const Fault &fault)
{
    return fault.code == "E0000015"_L1 || fault.status == 403 || fault.status == 404 || fault.status == 405;
}

} // namespace octotrail::okta::profiles
