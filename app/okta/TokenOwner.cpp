// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/TokenOwner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace octotrail::okta {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 200;
constexpr qsizetype mostRoles = 20;

/// What others wrote, fit for a line of ours.
QString clean(const QJsonValue &value)
{
    QString text = value.toString().simplified();
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format; });
    return text.left(longestName);
}

QUrl at(const QUrl &origin, const QString &path)
{
    QUrl url = origin;
    url.setPath(path);
    return url;
}

} // namespace

QString TokenOwner::description() const
{
    const QString who = name.isEmpty() || name == login ? login : QObject::tr("%1 (%2)").arg(name, login);
    return roles.isEmpty() ? who : who + u", "_s + roles.join(u", "_s);
}

TokenOwnerQuery::TokenOwnerQuery(Client &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{ }

void TokenOwnerQuery::start()
{
    m_owner = {};
    m_call
        = m_client.get(at(m_client.origin(), u"/api/v1/users/me"_s), [this](const Answer &answer) { onUser(answer); });
}

void TokenOwnerQuery::onUser(const Answer &answer)
{
    m_call.reset();
    const QJsonObject user = answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
    const QString id = clean(user[u"id"_s]);
    const QJsonObject profile = user[u"profile"_s].toObject();
    const bool isId = !id.isEmpty()
        && std::all_of(id.begin(), id.end(), [](QChar c) { return c.isLetterOrNumber() && c.unicode() < 0x80; });
    if (!isId) {
        Q_EMIT finished({});
        return;
    }
    m_owner.id = id;
    m_owner.login = clean(profile[u"login"_s]);
    m_owner.name = (clean(profile[u"firstName"_s]) + u' ' + clean(profile[u"lastName"_s])).trimmed();
    m_call = m_client.get(
        at(m_client.origin(), u"/api/v1/users/%1/roles"_s.arg(id)), [this](const Answer &roles) { onRoles(roles); });
}

void TokenOwnerQuery::onRoles(const Answer &answer)
{
    m_call.reset();
    const QJsonArray roles = answer ? QJsonDocument::fromJson(answer->body).array() : QJsonArray();
    for (const QJsonValue &role : roles) {
        const QString label = clean(role[u"label"_s]);
        if (!label.isEmpty() && role[u"status"_s].toString() != "INACTIVE"_L1 && m_owner.roles.size() < mostRoles
            && !m_owner.roles.contains(label)) {
            m_owner.roles.append(label);
        }
    }
    Q_EMIT finished(m_owner);
}

} // namespace octotrail::okta
