// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"

#include <QString>

namespace octotrail::ui {

/// What the rule looks for: in the filter language, and for a correlation first what has to come together, in words.
QString conditionText(const detect::Pack &pack, const detect::Rule &rule);

/// What a back-test found: "It would have fired 14 times in 90 days: 3 alerts." 0 days are all that is stored.
QString firedText(std::int64_t matches, std::int64_t alerts, int days);

} // namespace octotrail::ui
