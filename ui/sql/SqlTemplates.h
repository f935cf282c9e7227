// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace octotrail::ui {

/// A query with a name.
struct SqlTemplate
{
    QString id; ///< of the analyst's own: the document's; else the file's name
    QString title;
    QString about;
    QString sql;
    bool isBundled = false;
};

/// Those that come with Octotrail, for responders; by title.
QList<SqlTemplate> bundledSqlTemplates();

/// The kind under which the analyst's own are kept in the case.
inline constexpr auto sqlTemplateKind = "sql-template";

} // namespace octotrail::ui
