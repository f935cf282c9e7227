// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QJsonObject>

namespace octotrail::detect {

/// Reads a YAML document that is a map, with plain scalars as YAML 1.2's core schema has them (and yes, no, on, off as
/// texts). Bounded: a document of more than 100,000 values, aliases counted each time, or deeper than 64 is refused.
/// InvalidInput with the line and what is wrong there. Any thread.
event::Result<QJsonObject> readYamlMap(const QByteArray &text);

} // namespace octotrail::detect
