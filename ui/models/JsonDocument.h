// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

#include <QString>
#include <memory>
#include <string>

namespace octotrail::ui {

/// JSON made ready to be shown: parsed, indented and cut to what a reader can take in. Made off the GUI thread.
struct JsonDocument
{
    std::shared_ptr<const event::JsonNode> tree; ///< nullptr if the bytes are no JSON, or too many for a tree
    std::string bytes; ///< as they were received, whole
    QString text; ///< the beginning of them
    QString indented; ///< the beginning of them, indented

    static constexpr qsizetype shownCharacters = 200'000;
    static JsonDocument read(std::string bytes);
};

} // namespace octotrail::ui
