// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlation.h"
#include "detect/Problem.h"
#include "detect/Yaml.h"

namespace octotrail::detect {

/// Reads the correlation section of a document. Old documents have generate beside it.
Checked<Correlation> readCorrelation(const YamlNode &section, const YamlNode &document);

} // namespace octotrail::detect
