// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertRecords.h"

namespace octotrail::detect {

/// A filter over events that is a good start for suppressing more alerts like this one: the values that a correlation
/// grouped by, or else who did the events. A suppression holds for findings all of whose events match it. Empty if
/// nothing is known that the events share: of an alert by a great many actors, or by nobody.
QString suppressionFor(const store::Alert &alert);

} // namespace octotrail::detect
