// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertMembers.h"
#include "store/AlertRecords.h"
#include "store/AlertWindow.h"
#include "store/BlockCache.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <unordered_map>

namespace octotrail::store {

/// Folds findings into the alerts of a store. One use: fold(), then the report. Inside the caller's transaction.
class AlertFolding
{
public:
    AlertFolding(duckdb::Connection &connection, BlockCache &cache);

    event::Status fold(std::vector<Finding> findings);
    const DetectionReport &report() const { return m_report; }

private:
    /// An alert that findings may join.
    struct Window : AlertWindow
    {
        using AlertWindow::AlertWindow;

        AlertId id = 0;
        std::size_t opener = 0; ///< of a new one: the finding that opens it
        std::optional<std::size_t> tally; ///< the finding whose context replaces the alert's
        bool isNew = false;
        bool changed = false;
        bool raisedNow = false;
        bool isRecord = false; ///< it is in the state Recorded
        bool escalates = false; ///< it was, and is open now
        bool saysActor = false; ///< its rule does
    };
    using Windows = AlertWindows<Window>;

    event::Status suppress(std::vector<Finding> &findings);
    event::Status load(const std::vector<Finding> &findings);
    event::Status loadMembers(const std::vector<Finding> &findings);
    event::Result<AlertId> nextId();
    void join(std::size_t index, const Finding &finding);
    Window &windowFor(std::size_t index, const Finding &finding);
    event::Status store(const std::vector<Finding> &findings);
    event::Status tally(const std::vector<Window *> &opened, const std::vector<Window *> &changed);
    event::Status storeNew(const std::vector<Finding> &findings, const std::vector<Window *> &windows);
    event::Status storeChanged(const std::vector<Finding> &findings, const std::vector<Window *> &windows);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    std::unordered_map<std::string, Windows> m_windows; ///< by rule and key
    std::vector<AlertMember> m_members;
    std::unordered_map<AlertId, ActorTally> m_tallies;
    AlertId m_next = 1;
    DetectionReport m_report;
};

} // namespace octotrail::store
