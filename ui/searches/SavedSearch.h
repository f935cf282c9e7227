// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Documents.h"
#include "ui/events/QueryHistory.h"

#include <QVariantMap>

namespace octotrail::ui {

/// A search under a name: filter or words, what of it is switched off, time, and sources.
struct SavedSearch
{
    store::Document document; ///< its id, folder and name
    BarState state;
    QString problem; ///< why it may not work here; empty if it does
    bool operator==(const SavedSearch &) const = default;
};

/// The kind of document that a saved search is.
inline const QString searchKind = QStringLiteral("search");

/// The document's body, for which sources are named so that another case can find them.
QByteArray bodyOf(const BarState &state, const std::vector<store::SourceConfig> &sources);
/// Reads it; what does not make sense is left out, and told as the problem.
SavedSearch readSearch(const store::Document &document, const std::vector<store::SourceConfig> &sources);

/// A name to propose for it.
QString proposedName(const BarState &state);
/// "Phishing/Week 3" of what somebody types: parts without blanks around them, none of them empty.
QString tidyFolder(const QString &folder);

} // namespace octotrail::ui
