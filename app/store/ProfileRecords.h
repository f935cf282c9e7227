// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

/// The values of which store::Profiles speaks.
namespace octotrail::store {

/// How far the refreshing of a source's users or devices has come. Passes follow each other: full listings, which tell
/// what is gone, and between them incremental ones, which ask for what changed.
struct ProfileProgress
{
    QString queryHash; ///< of what nextLink belongs to: another hash makes it void
    QString nextLink; ///< where the pass under way goes on, verbatim; empty: none is under way
    bool full = true; ///< whether the pass under way lists everything
    std::int64_t listing = 0; ///< number of the newest full listing
    std::optional<event::Timestamp> started; ///< Okta's time when the pass under way began
    std::optional<event::Timestamp> since; ///< Okta's time when the last whole pass began: later changes may be missing
    std::optional<event::Timestamp> ended; ///< our time when it ended
    std::optional<event::Timestamp> fullEnded; ///< our time when the last full listing ended
    std::int64_t known = 0; ///< how many the store has that are not deleted; only told, never written
};

/// A page of users or devices, as received but for credentials.
struct ProfilePage
{
    SourceId source = 0;
    ProfileKind kind = ProfileKind::User;
    std::vector<std::string> profiles;
    std::optional<ProfileProgress> progress; ///< as it is once this page is in the store
    /// Whether this page ends a full listing: whoever was not in it is marked as deleted.
    bool endsListing = false;
};

/// What putting a page did.
struct ProfileReport
{
    int added = 0;
    int changed = 0;
    int unchanged = 0;
    int deleted = 0; ///< newly marked
    std::int64_t known = 0; ///< how many of the source's the store now has that are not deleted
};

/// One field of a profile that changed, or that it came, went or came again.
struct ProfileChange
{
    enum class Kind { Added, Changed, Deleted, Restored };
    Kind kind = Kind::Changed;
    event::Timestamp seen; ///< when we came to know
    std::optional<event::Timestamp> lastUpdated; ///< when it changed at Okta
    QString field; ///< such as profile.department
    QString before;
    QString after;
};

/// Changes kept of one profile; older ones go.
inline constexpr int mostProfileChanges = 500;

} // namespace octotrail::store
