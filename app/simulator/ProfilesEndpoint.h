// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "simulator/Reply.h"

#include <QByteArray>
#include <QUrlQuery>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace octotrail::simulator {

class Company;

/// GET /api/v1/users and /api/v1/devices. Lives in the server's thread.
class ProfilesEndpoint
{
public:
    ProfilesEndpoint(const Company &company, const std::string &origin);

    struct Page
    {
        QByteArray body;
        QByteArray nextQuery; ///< empty on the last page
    };
    tl::expected<Page, Reply> users(const QByteArray &query) const;
    tl::expected<Page, Reply> devices(const QByteArray &query) const;

private:
    struct Profile
    {
        std::string id;
        std::string json;
        std::string expanded; ///< with the users of a device
        std::vector<std::string> searchable; ///< what q compares with, in lower case
        bool deprovisioned = false;
    };
    static tl::expected<Page, Reply> page(
        const std::vector<Profile> &profiles, const QByteArray &query, int quickSearchLimit);

    std::vector<Profile> m_users; ///< by id
    std::vector<Profile> m_devices;
};

} // namespace octotrail::simulator
