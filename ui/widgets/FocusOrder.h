// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace octotrail::ui {

// Tab goes through a window as its layouts put it. Qt's own order is that in which the controls were made: what is made
// later, such as a banner at the top, comes last there, and from a container that hands the focus on it jumps back.

/// For a dialog, once it is laid out.
void orderFocus(QWidget &window);

/// For a window whose parts come and go, in its focusNextPrevChild(). False if it is left to Qt where to go.
bool moveFocus(QWidget &window, bool next);

} // namespace octotrail::ui
