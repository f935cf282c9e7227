// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/JsonDocument.h"

#include "event/Unfold.h"
#include "ui/widgets/PlainText.h"

#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr std::size_t treeLimit = 8U << 20U; ///< bytes that are worth a tree

QString beginning(const std::string &text)
{
    // A character is at most four bytes.
    const std::size_t part = std::min(text.size(), static_cast<std::size_t>(4 * JsonDocument::shownCharacters));
    return multiLine(QString::fromUtf8(text.data(), static_cast<qsizetype>(part)), JsonDocument::shownCharacters);
}

} // namespace

JsonDocument JsonDocument::read(std::string bytes)
{
    JsonDocument document;
    document.bytes = std::move(bytes);
    document.text = beginning(document.bytes);
    document.indented = document.text;
    if (document.bytes.size() <= treeLimit) {
        document.indented = beginning(event::prettyPrint(document.bytes));
        if (auto tree = event::readTree(document.bytes)) {
            event::unfoldTexts(*tree);
            document.tree = std::make_shared<const event::JsonNode>(std::move(*tree));
        }
    }
    return document;
}

} // namespace octotrail::ui
