// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <string>
#include <string_view>

namespace octotrail::store {

/// A source's settings as JSON, but for its id, uuid and name, which have columns of their own.
std::string sourceToJson(const SourceConfig &source);
/// What is missing or odd keeps its default.
SourceConfig sourceFromJson(std::string_view json);

} // namespace octotrail::store
