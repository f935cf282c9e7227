// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

namespace octotrail::event {

/// Okta writes whole documents into texts of debugContext.debugData: JSON (logOnlySecurityData, tunnels) and maps as
/// Java prints them ({reasons=Anomalous Location, level=HIGH} in risk and behaviors). Gives such texts their parts as
/// children, for reading; they stay texts, and their text stays as it was. Bounded in size and depth.
void unfoldTexts(JsonNode &root);

/// What a map that Java has printed holds; fails if the text is none.
Result<JsonNode> readPrintedMap(std::string_view text);

} // namespace octotrail::event
