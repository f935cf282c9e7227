// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Reply.h"

#include <QString>
#include <string>

namespace octotrail::simulator {

class Company;
struct Person;

/// GET /api/v1/users/me and /api/v1/users/{id}/roles: whose the API token is, and what that person may do.
class IdentityEndpoint
{
public:
    IdentityEndpoint(const Company &company, std::string origin);

    /// Whether the path is one of the two.
    static bool serves(const QString &path);
    Reply answer(const QString &path) const;

private:
    const Person &owner() const;

    const Company &m_company;
    const std::string m_origin;
};

} // namespace octotrail::simulator
