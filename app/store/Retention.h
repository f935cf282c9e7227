// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "store/Records.h"

#include <QFuture>
#include <QLocale>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::store {

class Store;

/// How much of a source's events is kept. With neither, everything is.
struct RetentionPolicy
{
    int days = 0; ///< by published, or where that cannot be read, since it was stored; 0: no limit
    std::int64_t bytes = 0; ///< of the events' share of the file, about; 0: no limit
    bool keepsEverything() const { return days == 0 && bytes == 0; }
    bool operator==(const RetentionPolicy &) const = default;
};

/// What a purge removed, or would remove.
struct PurgeReport
{
    SourceId source = 0;
    std::optional<event::Timestamp> before; ///< events older than that go; none: all are kept
    std::int64_t events = 0;
    std::int64_t held = 0; ///< would go, but are bookmarked, tagged or have a note
    std::int64_t fileBytesBefore = 0; ///< what the store's data takes up
    std::int64_t fileBytesAfter = 0; ///< the rest of the file, if it did not shrink, is used for what comes

    /// Files beside the store, made before it was brought to a new version, that may have these events.
    QStringList copies;

    /// How many events were removed, what space that gave back, and which copies may have them.
    QString sentence(const QLocale &locale = QLocale()) const;
};

/// Lets go of old events. What somebody has bookmarked, tagged or noted something on is held, whatever its age, and so
/// is what is younger than youngest. Alerts stay. Each removal is recorded in the integrity chain.
///
/// May be called from any thread. Futures finish in the store's threads.
class Retention
{
public:
    explicit Retention(std::shared_ptr<Store> store)
        : m_store(std::move(store))
    { }

    QFuture<event::Result<std::map<SourceId, RetentionPolicy>>> policies() const;
    /// InvalidInput for negative values and for less than youngest.
    QFuture<event::Status> setPolicy(SourceId source, RetentionPolicy policy) const;

    /// What purge() would remove now.
    QFuture<event::Result<PurgeReport>> preview(SourceId source, RetentionPolicy policy, event::Timestamp now) const;
    /// Removes it, part by part, so that collecting goes on meanwhile, and gives the space back. What was removed when
    /// something fails stays removed. Store::sourcesChanged tells when it is done.
    QFuture<event::Result<PurgeReport>> purge(SourceId source, RetentionPolicy policy, event::Timestamp now) const;

    /// The newest days are never purged: what Okta may still add to them would come again.
    static constexpr std::chrono::days youngest{7};

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
