// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/ProfileDirectory.h"
#include "simulator/ProfileWriter.h"
#include "simulator/Reply.h"

#include <QByteArray>
#include <QUrlQuery>
#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace octotrail::simulator {

/// GET /api/v1/users and /api/v1/devices. Lives in the server's thread.
class ProfilesEndpoint
{
public:
    /// searchLag: for so long after a change, search does not know of it, as Okta's index is eventually consistent.
    ProfilesEndpoint(const Company &company, const ProfileDirectory &directory, std::string origin,
        std::chrono::milliseconds searchLag);

    struct Page
    {
        QByteArray body;
        QByteArray nextQuery; ///< empty on the last page
    };
    tl::expected<Page, Reply> users(const QByteArray &query, event::Timestamp now) const;
    tl::expected<Page, Reply> devices(const QByteArray &query, event::Timestamp now) const;

private:
    const ProfileDirectory &m_directory;
    ProfileWriter m_writer;
    std::chrono::milliseconds m_searchLag;
};

} // namespace octotrail::simulator
