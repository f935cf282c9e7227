// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octotrail::simulator {

/// What happens to a user or a device of the organization.
enum class ProfileChange {
    Move, ///< to another department, with another title
    Suspend,
    Unsuspend,
    Deactivate, ///< DEPROVISIONED, and so are their devices
    Delete, ///< one who was deactivated before
    Enrol, ///< a new device
    Manage, ///< a device comes under management, or leaves it
};

} // namespace octotrail::simulator
