// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

class QStyleOptionViewItem;

namespace octotrail::ui {

/// The tone's colour for the text of an item that a delegate paints, on its Base, or on its Highlight if it is
/// selected: at least 4.5:1 on either. What is muted elsewhere is as the rest of the text there.
QColor itemTextColor(Tone tone, const QStyleOptionViewItem &option);

} // namespace octotrail::ui
