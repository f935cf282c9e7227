// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>

namespace octotrail::ui {

/// Whether Okta takes this expression as the filter of a log request, as far as that can be told without asking: it
/// must be in Okta's own language, without what Octotrail adds to it, and must not name the time of the event. Blank
/// is allowed: no filter.
event::Status checkServerFilter(const QString &text);

} // namespace octotrail::ui
