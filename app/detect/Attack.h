// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>
#include <string_view>

namespace octotrail::detect {

/// A technique of MITRE ATT&CK that rules on Okta's log name, with the tactics that it serves.
struct Technique
{
    std::string_view id; ///< T1110, T1110.003
    std::string_view name; ///< of a sub-technique: without that of its technique
    std::string_view tactics; ///< their names as Sigma tags them, separated by spaces
};

/// By id. Not all of ATT&CK: those that are about identities, cloud accounts and what is done with them.
std::span<const Technique> techniques();

/// nullptr for one that is not in the table.
const Technique *techniqueById(const QString &id);
/// "Brute Force: Password Spraying"; the id itself if it is not known.
QString techniqueName(const QString &id);

struct Tactic
{
    std::string_view tag; ///< credential-access
    std::string_view name; ///< Credential Access
};
/// In ATT&CK's order.
std::span<const Tactic> tactics();

} // namespace octotrail::detect
