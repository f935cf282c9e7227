// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "filter/Expression.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

/// Terms of a filter in words for those who do not type them.
namespace octotrail::ui {

/// "contains" for co.
QString operatorCaption(filter::Operator op);
/// The operator's spelling and what it means, for lists to choose from.
QString operatorHelp(filter::Operator op);
/// Operators that make sense with values of this type, the likely ones first.
std::vector<filter::Operator> operatorsFor(event::FieldType type);
/// "number"
QString typeCaption(event::FieldType type);
/// The type of what stands at a path: of a column, a part of the time, a profile or an annotation; else Text.
event::FieldType typeOfPath(const QString &path);
/// The value as a comparison with the path writes it, bare or in quotes.
QString literalText(const QString &path, const QString &value);

/// A term that is one comparison of a path with values, as pickers show it.
struct SimpleTerm
{
    QString path; ///< "*" for anything
    filter::Operator op = filter::Operator::Eq;
    QStringList values; ///< none for pr
    bool operator==(const SimpleTerm &) const = default;
};
/// nullopt if it is more than that.
std::optional<SimpleTerm> simpleTerm(const QString &text);
QString textOf(const SimpleTerm &term);

/// One line for a chip: "Outcome is FAILURE", or the text of what pickers could not show.
QString termCaption(const QString &text);

} // namespace octotrail::ui
