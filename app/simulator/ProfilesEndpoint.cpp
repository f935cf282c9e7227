// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ProfilesEndpoint.h"

#include "filter/Matcher.h"

#include <algorithm>
#include <functional>
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

/// What a request asks for.
struct Request
{
    QUrlQuery query;
    std::string words;
    int limit = maxLimit;
    std::optional<filter::Matcher> matcher;
    bool isSearch = false; ///< served from the index
    std::string after;
};

tl::expected<Request, Reply> read(const QByteArray &encoded, int quickSearchLimit)
{
    Request request;
    request.query = QUrlQuery(QString::fromUtf8(encoded));
    const QUrlQuery &query = request.query;
    request.words = textOf(query, u"q"_s).trimmed().toLower().toStdString();
    request.limit = request.words.empty() ? maxLimit : quickSearchLimit;
    if (const QString text = textOf(query, u"limit"_s); !text.isEmpty()) {
        bool isNumber = false;
        const int asked = text.toInt(&isNumber);
        if (!isNumber || asked < 1) {
            return tl::unexpected(
                errorReply(400, "E0000001", "Api validation failed: limit", {"limit: must be between 1 and 200"}));
        }
        request.limit = std::min(asked, maxLimit);
    }
    QString condition = textOf(query, u"search"_s);
    request.isSearch = !condition.isEmpty();
    if (condition.isEmpty()) {
        condition = textOf(query, u"filter"_s);
    }
    if (!condition.isEmpty()) {
        const auto parsed = filter::parse(condition.toStdString(), filter::Schema::Profile);
        if (!parsed) {
            return tl::unexpected(errors::invalidSearchCriteria());
        }
        request.matcher.emplace(*parsed);
    }
    request.after = textOf(query, u"after"_s).toStdString();
    return request;
}

/// Fills a page from entries that are sorted by id. write gives one's JSON, isListed whether a plain listing has it.
template <class Entry, class Write, class IsListed>
tl::expected<ProfilesEndpoint::Page, Reply> fill(const std::vector<Entry> &entries, const Request &request,
    event::Timestamp now, std::chrono::milliseconds lag, const Write &write, const IsListed &isListed)
{
    const auto id = [](const Entry &entry) -> const std::string & { return entry.now.id; };
    auto entry = std::ranges::upper_bound(entries, request.after, {}, id);
    if (!request.after.empty() && (entry == entries.begin() || id(*std::prev(entry)) != request.after)) {
        return tl::unexpected(errors::invalidSearchCriteria());
    }
    ProfilesEndpoint::Page page;
    page.body = "[";
    const Entry *last = nullptr;
    for (int count = 0; entry != entries.end(); ++entry) {
        const bool isUnknownToIndex = request.isSearch && entry->changed && now - *entry->changed < lag;
        if (isUnknownToIndex ? entry->isNew : entry->isGone) {
            continue;
        }
        const auto &shown = isUnknownToIndex && entry->before ? *entry->before : entry->now;
        if (!request.matcher && !isListed(shown, request.words)) {
            continue;
        }
        const std::string json = write(shown, false);
        if (request.matcher && !request.matcher->matchesJson(json)) {
            continue;
        }
        if (count == request.limit) {
            QUrlQuery next = request.query;
            next.removeAllQueryItems(u"after"_s);
            next.addQueryItem(u"after"_s, QString::fromStdString(id(*last)));
            // A quick search has no pages.
            page.nextQuery = request.words.empty() ? next.toString(QUrl::FullyEncoded).toUtf8() : QByteArray();
            break;
        }
        page.body += count++ ? "," : "";
        page.body += QByteArray::fromStdString(write(shown, true));
        last = &*entry;
    }
    page.body += ']';
    return page;
}

} // namespace

ProfilesEndpoint::ProfilesEndpoint(
    const Company &company, const ProfileDirectory &directory, std::string origin, std::chrono::milliseconds searchLag)
    : m_directory(directory)
    , m_writer(company, std::move(origin))
    , m_searchLag(searchLag)
{ }

tl::expected<ProfilesEndpoint::Page, Reply> ProfilesEndpoint::users(const QByteArray &query, event::Timestamp now) const
{
    const auto request = read(query, usersQuickSearchLimit);
    if (!request) {
        return tl::unexpected(request.error());
    }
    const auto isListed = [](const Person &person, const std::string &words) {
        const auto startsSo = [&words](const std::string &text) {
            return QString::fromStdString(text).toLower().toStdString().starts_with(words);
        };
        return person.status != "DEPROVISIONED"
            && (words.empty() || startsSo(person.firstName) || startsSo(person.lastName) || startsSo(person.login));
    };
    return fill(
        m_directory.people(), *request, now, m_searchLag,
        [this](const Person &person, bool) { return m_writer.user(person); }, isListed);
}

tl::expected<ProfilesEndpoint::Page, Reply> ProfilesEndpoint::devices(
    const QByteArray &query, event::Timestamp now) const
{
    const auto request = read(query, maxLimit);
    if (!request) {
        return tl::unexpected(request.error());
    }
    const QString expand = textOf(request->query, u"expand"_s);
    using Expand = ProfileWriter::Expand;
    const Expand wanted = expand == u"user"_s ? Expand::User
        : expand == u"userSummary"_s          ? Expand::UserSummary
                                              : Expand::Nothing;
    const auto write = [&](const Device &device, bool whole) {
        return m_writer.device(device, m_directory.owner(device), whole ? wanted : Expand::Nothing);
    };
    return fill(m_directory.devices(), *request, now, m_searchLag, write,
        [](const Device &, const std::string &) { return true; });
}

} // namespace octotrail::simulator
