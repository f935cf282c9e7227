// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"
#include "ui/alerts/AlertLook.h"

namespace octotrail::ui {

/// A rule's level is shown as the severity of its alerts.
AlertLook ruleLook(detect::Level level);

} // namespace octotrail::ui
