// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "okta/ConnectionCheck.h"
#include "store/Records.h"

#include <QString>
#include <optional>

namespace octotrail::ui {

/// A field of the source-setup form that a fault can be mended in.
enum class SourceField { Name, Organization, Token, App, LogTypes, Filter, Users, Devices };

/// Where to mend what a check of the connection found; nothing if only time or the network can.
std::optional<SourceField> fieldToMend(const okta::CheckStep &step, const store::SourceConfig &source);
/// The same for a source that has stopped.
std::optional<SourceField> fieldToMend(const collect::SourceStatus &status, const store::SourceConfig &source);

/// What a button that leads to the field says.
QString mendText(SourceField field);

} // namespace octotrail::ui
