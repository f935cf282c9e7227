// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ProfilesEndpoint.h"

#include "simulator/Company.h"
#include "simulator/ProfileWriter.h"

#include <algorithm>
#include <optional>

namespace octotrail::simulator {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxLimit = 200;
constexpr int usersQuickSearchLimit = 10;

QString textOf(const QUrlQuery &query, const QString &key)
{
    QString text = query.queryItemValue(key, QUrl::FullyEncoded);
    text.replace(u'+', u' ');
    return QUrl::fromPercentEncoding(text.toUtf8());
}

} // namespace

ProfilesEndpoint::ProfilesEndpoint(const Company &company, const std::string &origin)
{
    const ProfileWriter writer(company, origin);
    for (const Person &person : company.people()) {
        m_users.push_back({person.id, writer.user(person), {},
            {QString::fromStdString(person.firstName).toLower().toStdString(),
                QString::fromStdString(person.lastName).toLower().toStdString(), person.login},
            person.status == "DEPROVISIONED"});
    }
    for (const Device &device : company.devices()) {
        m_devices.push_back({device.id, writer.device(device, false), writer.device(device, true), {}, false});
    }
    std::ranges::sort(m_users, {}, &Profile::id);
    std::ranges::sort(m_devices, {}, &Profile::id);
}

tl::expected<ProfilesEndpoint::Page, Reply> ProfilesEndpoint::users(const QByteArray &query) const
{
    return page(m_users, query, usersQuickSearchLimit);
}

tl::expected<ProfilesEndpoint::Page, Reply> ProfilesEndpoint::devices(const QByteArray &query) const
{
    return page(m_devices, query, maxLimit);
}

tl::expected<ProfilesEndpoint::Page, Reply> ProfilesEndpoint::page(
    const std::vector<Profile> &profiles, const QByteArray &encoded, int quickSearchLimit)
{
    const QUrlQuery query(QString::fromUtf8(encoded));
    const std::string words = textOf(query, u"q"_s).trimmed().toLower().toStdString();
    int limit = words.empty() ? maxLimit : quickSearchLimit;
    if (const QString text = textOf(query, u"limit"_s); !text.isEmpty()) {
        bool isNumber = false;
        const int asked = text.toInt(&isNumber);
        if (!isNumber || asked < 1) {
            return tl::unexpected(
                errorReply(400, "E0000001", "Api validation failed: limit", {"limit: must be between 1 and 200"}));
        }
        limit = std::min(asked, maxLimit);
    }
    QString condition = textOf(query, u"search"_s);
    if (condition.isEmpty()) {
        condition = textOf(query, u"filter"_s);
    }
    std::optional<filter::Matcher> matcher;
    if (!condition.isEmpty()) {
        const auto parsed = filter::parse(condition.toStdString(), filter::Schema::Profile);
        if (!parsed) {
            return tl::unexpected(errors::invalidSearchCriteria());
        }
        matcher.emplace(*parsed);
    }
    const bool expand = !textOf(query, u"expand"_s).isEmpty();
    const std::string after = textOf(query, u"after"_s).toStdString();
    auto profile = std::ranges::upper_bound(profiles, after, {}, &Profile::id);
    if (!after.empty() && (profile == profiles.begin() || std::prev(profile)->id != after)) {
        return tl::unexpected(errors::invalidSearchCriteria());
    }
    Page page;
    page.body = "[";
    const Profile *last = nullptr;
    for (int count = 0; profile != profiles.end(); ++profile) {
        const bool wanted = matcher ? matcher->matchesJson(profile->json)
                                    : !profile->deprovisioned
                && (words.empty() || std::ranges::any_of(profile->searchable, [&](const std::string &text) {
                       return text.starts_with(words);
                   }));
        if (!wanted) {
            continue;
        }
        if (count == limit) {
            QUrlQuery next = query;
            next.removeAllQueryItems(u"after"_s);
            next.addQueryItem(u"after"_s, QString::fromStdString(last->id));
            // A quick search has no pages.
            page.nextQuery = words.empty() ? next.toString(QUrl::FullyEncoded).toUtf8() : QByteArray();
            break;
        }
        const std::string &json = expand && !profile->expanded.empty() ? profile->expanded : profile->json;
        page.body += count++ ? "," : "";
        page.body.append(json.data(), static_cast<qsizetype>(json.size()));
        last = &*profile;
    }
    page.body += ']';
    return page;
}

} // namespace octotrail::simulator
