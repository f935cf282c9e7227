// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octotrail::ui {

/// Where something was imported from or exported to last: where dialogs for files begin.
QString transferFolder();
/// file: what was chosen in it.
void rememberTransferFolder(const QString &file);

} // namespace octotrail::ui
