// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Company.h"

#include <string>

namespace octotrail::simulator {

/// Users and devices as the management API lists them.
class ProfileWriter
{
public:
    /// origin: what the links in the answers begin with.
    ProfileWriter(const Company &company, std::string origin)
        : m_company(company)
        , m_origin(std::move(origin))
    { }

    std::string user(const Person &person) const;
    /// What a device's listing has of its users.
    enum class Expand { Nothing, UserSummary, User };
    std::string device(const Device &device, const Person &owner, Expand expand) const;

private:
    const Company &m_company;
    std::string m_origin;
};

} // namespace octotrail::simulator
