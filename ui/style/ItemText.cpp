// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ItemText.h"

#include <QStyleOptionViewItem>

namespace octotrail::ui {

QColor itemTextColor(Tone tone, const QStyleOptionViewItem &option)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (tone == Tone::Plain || (isSelected && tone == Tone::Muted)) {
        const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
        return option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
    }
    return toneColor(tone, option.palette);
}

} // namespace octotrail::ui
