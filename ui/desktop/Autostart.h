// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>

/// Starting with the desktop's session: an XDG autostart entry of the user's own.
namespace octotrail::ui::autostart {

QString file();
bool isEnabled();
/// Writes the entry, which starts the program minimized, or removes it.
event::Status setEnabled(bool enabled, const QString &program);

} // namespace octotrail::ui::autostart
