// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/IdentityEndpoint.h"

#include "simulator/Company.h"
#include "simulator/ProfileWriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace octotrail::simulator {

using namespace Qt::StringLiterals;

namespace {

const auto usersPath = "/api/v1/users/"_L1;
const auto rolesSuffix = "/roles"_L1;

} // namespace

IdentityEndpoint::IdentityEndpoint(const Company &company, std::string origin)
    : m_company(company)
    , m_origin(std::move(origin))
{ }

bool IdentityEndpoint::serves(const QString &path)
{
    return path == usersPath + "me"_L1 || (path.startsWith(usersPath) && path.endsWith(rolesSuffix));
}

/// The administrator with the least of rights: as it should be.
const Person &IdentityEndpoint::owner() const
{
    return m_company.people()[m_company.admins().back()];
}

Reply IdentityEndpoint::answer(const QString &path) const
{
    Reply reply;
    if (!path.endsWith(rolesSuffix)) {
        reply.body = QByteArray::fromStdString(ProfileWriter(m_company, m_origin).user(owner()));
        return reply;
    }
    const std::string id
        = path.mid(usersPath.size(), path.size() - usersPath.size() - rolesSuffix.size()).toStdString();
    const auto person = std::ranges::find(m_company.people(), id, &Person::id);
    if (person == m_company.people().end()) {
        return errorReply(
            404, "E0000007", "Not found: Resource not found: " + QByteArray::fromStdString(id) + " (User)");
    }
    QJsonArray roles;
    if (!person->adminRole.empty()) {
        const QString label = QString::fromUtf8(person->adminRole.data(), qsizetype(person->adminRole.size()));
        roles.append(QJsonObject{{u"id"_s, u"ra1"_s + QString::fromStdString(id).mid(3)}, {u"label"_s, label},
            {u"type"_s, label.toUpper().replace(u' ', u'_').replace(u'-', u'_')}, {u"status"_s, u"ACTIVE"_s},
            {u"assignmentType"_s, u"USER"_s}});
    }
    reply.body = QJsonDocument(roles).toJson(QJsonDocument::Compact);
    return reply;
}

} // namespace octotrail::simulator
