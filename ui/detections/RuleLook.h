// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"

#include <QIcon>
#include <QString>

namespace octotrail::ui {

/// How a rule's level is shown: a shape and a word beside the colour.
struct RuleLook
{
    QIcon icon;
    QString word;
};

RuleLook ruleLook(detect::Level level);

} // namespace octotrail::ui
