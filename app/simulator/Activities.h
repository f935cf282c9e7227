// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Scene.h"

#include <span>

namespace octotrail::simulator {

/// Something that happens now and then in any organization.
struct Activity
{
    enum class Actor { Employee, Administrator, Machine };
    int weight = 1; ///< how often, beside the others
    Actor actor = Actor::Employee;
    /// The session is the actor's; a machine has none.
    void (*perform)(Scene &scene, const Session &session, event::Timestamp t) = nullptr;
};

namespace activities {

std::span<const Activity> signIns(); ///< ways in beside the usual one, and sessions
std::span<const Activity> credentials(); ///< passwords, factors, devices
std::span<const Activity> administration(); ///< applications, groups, policies, roles
std::span<const Activity> lifecycle(); ///< people come, change and go
std::span<const Activity> machines(); ///< agents, imports, provisioning, services, limits

} // namespace activities

} // namespace octotrail::simulator
