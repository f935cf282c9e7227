// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "event/Timestamp.h"
#include "filter/Expression.h"

#include <QString>
#include <QStringList>
#include <QUrl>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The values that go into the store and come out of it. All of them may be copied and sent between threads.
namespace octotrail::store {

/// Order of arrival: unique, growing, never reused.
using Seq = std::int64_t;
/// A source's number in this store.
using SourceId = std::int32_t;

/// What the source-setup form asks for. Holds no secret: the token is in the vault under vaultKey().
struct SourceConfig
{
    /// How far back the first poll starts.
    enum class Start { Now, Days1, Days7, Days30, Days90, Date };

    SourceId id = 0; ///< 0 until the store has given one
    QString uuid; ///< names the source for the keychain, across copies of the store
    QString name;
    QUrl origin;
    bool identityEngine = true; ///< as the organization says of itself; Classic has no devices
    QStringList logTypes{QStringLiteral("Okta.SystemLog")};
    Start start = Start::Days7;
    std::optional<event::Timestamp> startDate; ///< for Start::Date
    QString filter; ///< server-side, Okta's expression; may be empty
    std::chrono::seconds pollInterval{60};
    enum class Authentication {
        ApiToken, ///< SSWS
        ServiceApp, ///< OAuth 2.0 client credentials with private_key_jwt
    };
    Authentication authentication = Authentication::ApiToken;
    QString clientId; ///< of the service app; its private key is in the vault, where a token would be
    QString keyId; ///< kid of the service app's key; may be empty
    QString proxy; ///< empty: the system's; "none"; or http://user@host:port or socks5://..., its password in the vault
    QString caFile; ///< PEM file of certificate authorities to trust beside the system's; may be empty
    double rateShare = 0.5; ///< of Okta's rate limits to use at most, 0 to 1: the rest is for other integrations
    /// Late events: so far back is read again, so often; 0 for never.
    std::chrono::minutes reconcileWindow{15};
    std::chrono::minutes reconcilePeriod{10};
    bool reconcileDaily = true; ///< and the last 24 hours once a day
    bool users = false;
    std::chrono::minutes usersPeriod{60 * 24};
    bool devices = false;
    std::chrono::minutes devicesPeriod{60 * 24};
    bool alertOnSilence = true;
    std::chrono::minutes silenceAfter{60 * 24};
    QStringList packs; ///< enabled detection packs
    bool paused = false;
    bool collects = true; ///< false for a source that only names imported archives

    QString vaultKey() const { return QStringLiteral("octotrail/") + uuid; }
    bool operator==(const SourceConfig &) const = default;
};

/// How far a stream of a source has been read; committed with the events it covers.
struct Checkpoint
{
    QString stream; ///< Okta.SystemLog, users, devices
    QString nextLink; ///< verbatim; empty: start from the configured time
    QString queryHash; ///< of what the link belongs to (origin, filter, limit): another hash makes it void
    std::optional<event::Timestamp> newestPublished;
    std::optional<event::Timestamp> updated; ///< when it was committed
};

/// Events to be stored in one transaction, in the order of arrival, with the checkpoint that covers them.
/// Up to 1,000 events count as a page: stored at once. More count as part of a bulk load: packed tighter; batches of
/// 2,000 to 10,000 with a few of them under way load fastest.
struct EventBatch
{
    SourceId source = 0;
    std::vector<event::LogEvent> events;
    std::optional<Checkpoint> checkpoint;
    /// Ranges of published of which the source's log is in the store completely, once this is committed.
    std::vector<event::TimeRange> covered{};
};

/// What a commit did. Duplicates (by uuid, within the store) were dropped.
struct CommitReport
{
    Seq firstSeq = 0; ///< of the inserted ones; they are contiguous
    std::int64_t inserted = 0;
    std::int64_t duplicates = 0;
    std::int64_t defective = 0; ///< inserted events with defects()
};

/// Newly committed events, for live tables and detections: immutable, shared.
struct CommittedBatch
{
    SourceId source = 0;
    Seq firstSeq = 0; ///< the seq of events[i] is firstSeq + i
    std::vector<event::LogEvent> events;
};
using CommittedBatchPtr = std::shared_ptr<const CommittedBatch>;

/// Which events, in which order.
struct EventQuery
{
    filter::Expression expression;
    std::vector<std::string> words; ///< keyword search, see filter::Input
    event::TimeRange range; ///< of published
    std::vector<SourceId> sources; ///< empty: all
    /// A field's path, "target" (the first target's alternateId) or "source" (its name). Texts are ordered without
    /// regard to case. Equal values are ordered by published, then seq, in the same direction; events without a value
    /// come last in either direction.
    std::string sortPath = "published";
    bool descending = true;
    std::optional<Seq> upTo{}; ///< what arrived later is left out
};

/// A row for a table, without the bytes.
struct EventRow
{
    Seq seq = 0;
    SourceId source = 0;
    std::optional<event::Timestamp> published;
    std::vector<QString> cells; ///< one for each path asked for; a null QString where the event has no value
};

struct StoredEvent
{
    Seq seq = 0;
    SourceId source = 0;
    event::LogEvent event;
};

enum class ProfileKind { User, Device };

/// A user or a device as Okta last told it.
struct Profile
{
    SourceId source = 0;
    ProfileKind kind = ProfileKind::User;
    QString id;
    QString status;
    QString name; ///< a user's display name, a device's displayName
    QString login; ///< a user's login; a device's serial number
    std::optional<event::Timestamp> lastUpdated;
    std::optional<event::Timestamp> seen; ///< when it was last received
    std::optional<event::Timestamp> firstSeen;
    std::optional<event::Timestamp> deleted; ///< when it was first missing from a full listing
    std::string bytes; ///< the JSON as received, but for a user's credentials
};

struct SourceCounts
{
    std::int64_t events = 0;
    std::optional<event::Timestamp> oldest, newest;
};

} // namespace octotrail::store
