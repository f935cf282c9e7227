// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace octotrail::ui {

/// Gives the focus that the container is given by the program to that child of it. Not a focus proxy: of a container
/// with one, Tab skips every control before the proxy.
void setFirstFocus(QWidget *container, QWidget *child);

} // namespace octotrail::ui
