// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Placeholders.h"
#include "detect/Problem.h"
#include "detect/Yaml.h"
#include "filter/Expression.h"

#include <string_view>

namespace octotrail::detect {

/// Compiles one item of a detection, "field|modifier|modifier: value or values", to a condition on events. Without a
/// name (key is empty, or begins with the bar) the values are keywords: they may stand anywhere in the event.
///
/// null holds where the field is absent or null. Booleans and numbers compare as text.
Checked<filter::NodePtr> compileItem(
    std::string_view key, int line, const YamlNode &value, const Placeholders &placeholders);

} // namespace octotrail::detect
