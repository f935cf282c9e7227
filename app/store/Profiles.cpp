// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Profiles.h"

#include "store/ProfileChangeTable.h"
#include "store/ProfileFacts.h"
#include "store/ProfileTable.h"
#include "store/StorePrivate.h"

#include <algorithm>

namespace octotrail::store {

QFuture<event::Result<ProfileReport>> Profiles::put(ProfilePage page)
{
    const SourceId source = page.source;
    const ProfileKind kind = page.kind;
    auto &d = Store::Private::of(m_store);
    // Most pages of a refresh tell what is known already: nobody needs to read again for them.
    const auto isNews = std::make_shared<bool>(false);
    return d.write<ProfileReport>(
        [page = std::move(page), isNews](duckdb::Connection &connection) {
            auto report = writeProfiles(connection, page);
            *isNews = report && report->added + report->changed + report->deleted > 0;
            return report;
        },
        [store = &m_store, &d, source, kind, isNews] {
            if (*isNews) {
                d.cache.profiles().invalidate();
                Q_EMIT store->profilesChanged(source, kind);
            }
        });
}

QFuture<event::Result<ProfileProgress>> Profiles::progress(SourceId source, ProfileKind kind)
{
    auto &d = Store::Private::of(m_store);
    return d.read<ProfileProgress>(d.lookups, [source, kind](duckdb::Connection &connection, const std::stop_token &) {
        return readProgress(connection, source, kind);
    });
}

QFuture<event::Result<std::vector<Profile>>> Profiles::find(ProfileKind kind, std::vector<std::string> ids)
{
    auto &d = Store::Private::of(m_store);
    return d.read<std::vector<Profile>>(
        d.lookups, [kind, ids = std::move(ids)](duckdb::Connection &connection, const std::stop_token &) {
            return findProfiles(connection, kind, ids);
        });
}

QFuture<event::Result<std::vector<Profile>>> Profiles::related(Profile profile)
{
    auto &d = Store::Private::of(m_store);
    return d.read<std::vector<Profile>>(d.searches, // it may have to look at every device

        [profile = std::move(profile)](
            duckdb::Connection &connection, const std::stop_token &stop) -> event::Result<std::vector<Profile>> {
            if (profile.kind == ProfileKind::Device) {
                return findProfiles(connection, ProfileKind::User, userIdsOf(profile.bytes));
            }
            const std::string id = profile.id.toStdString();
            std::vector<Profile> devices;
            const auto isOf = [&id](std::string_view bytes) {
                if (id.empty() || bytes.find(id) == std::string_view::npos) {
                    return false;
                }
                const auto ids = userIdsOf(bytes);
                return std::ranges::find(ids, id) != ids.end();
            };
            const event::Status read = visitProfiles(
                connection, ProfileKind::Device, isOf,
                [&devices](Profile device) { devices.push_back(std::move(device)); }, stop);
            if (!read) {
                return tl::unexpected(read.error());
            }
            return devices;
        });
}

QFuture<event::Result<filter::ProfileIndexPtr>> Profiles::index()
{
    auto &d = Store::Private::of(m_store);
    return d.read<filter::ProfileIndexPtr>(d.lookups,
        [&d](duckdb::Connection &connection, const std::stop_token &) { return d.cache.profiles().get(connection); });
}

QFuture<event::Result<std::vector<ProfileChange>>> Profiles::history(SourceId source, ProfileKind kind, QString id)
{
    auto &d = Store::Private::of(m_store);
    return d.read<std::vector<ProfileChange>>(
        d.lookups, [source, kind, id = id.toStdString()](duckdb::Connection &connection, const std::stop_token &) {
            return readProfileChanges(connection, source, kind, id);
        });
}

} // namespace octotrail::store
