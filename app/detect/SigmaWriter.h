// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Expression.h"

#include <QString>
#include <QStringList>

namespace octotrail::detect {

/// The detection section of a Sigma rule, from "detection:" on, that matches what the input does. InvalidInput where
/// Sigma has no words for it, with a sentence that says for what.
event::Result<QString> sigmaDetectionOf(const filter::Input &input);

/// A scalar as YAML has to write it: plain where that is read as this text, quoted where not.
QString yamlScalar(const QString &text);

} // namespace octotrail::detect
