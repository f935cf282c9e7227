// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ProfileIndex.h"
#include "store/ProfileRecords.h"
#include "store/Store.h"

#include <QFuture>
#include <vector>

namespace octotrail::store {

/// The users and devices of a store: what Okta last told of them, what changed since they were first seen, and how far
/// their refreshing has come. A face of the store; cheap to make, for as long as the store lives. Any thread.
class Profiles
{
public:
    explicit Profiles(Store &store)
        : m_store(store)
    { }

    /// Puts a page and its progress into the store in one transaction: a process that is killed repeats at most a page,
    /// and repeating one changes nothing. Store::profilesChanged follows if anything changed.
    QFuture<event::Result<ProfileReport>> put(ProfilePage page);
    QFuture<event::Result<ProfileProgress>> progress(SourceId source, ProfileKind kind);

    /// The profiles with these ids, of whichever source. Ids that are not known are left out.
    QFuture<event::Result<std::vector<Profile>>> find(ProfileKind kind, std::vector<std::string> ids);
    /// The devices on which a user is enrolled, or the users of a device, by name.
    QFuture<event::Result<std::vector<Profile>>> related(Profile profile);
    /// What changed, newest first.
    QFuture<event::Result<std::vector<ProfileChange>>> history(SourceId source, ProfileKind kind, QString id);
    /// All of them for filter::Matcher: a snapshot, shared, and cheap if nothing has changed since the last one.
    QFuture<event::Result<filter::ProfileIndexPtr>> index();

private:
    Store &m_store;
};

} // namespace octotrail::store
