// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace octotrail::ui {

/// Gives all one-line controls of a form the same height, and their text the same distance from the frame.
void alignControls(QWidget *form);

} // namespace octotrail::ui
