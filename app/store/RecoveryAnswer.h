// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Recovery.h"

#include <QByteArray>
#include <variant>

namespace octotrail::store {

/// What the process of a recovery tells the one that started it: progress, and in the end a result.
using RecoveryAnswer = std::variant<RecoveryProgress, event::Result<RecoveryReport>>;

/// A line, with its end.
QByteArray recoveryLine(const RecoveryAnswer &answer);
/// None if the line is not one of these: the process may have lost its mind.
std::optional<RecoveryAnswer> readRecoveryLine(const QByteArray &line);

} // namespace octotrail::store
