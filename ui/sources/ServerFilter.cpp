// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ServerFilter.h"

#include "filter/Expression.h"

#include <QObject>

namespace octotrail::ui {

using event::ErrorKind;
using event::failure;
using event::Status;

namespace {

Status checkNode(const filter::NodePtr &node);

Status checkNodes(const std::vector<filter::NodePtr> &nodes)
{
    for (const auto &node : nodes) {
        if (const Status status = checkNode(node); !status) {
            return status;
        }
    }
    return {};
}

Status checkComparison(const filter::Comparison &comparison)
{
    const QString path = QString::fromStdString(comparison.path.toString());
    const auto is = [&path](QLatin1StringView name) { return path.compare(name, Qt::CaseInsensitive) == 0; };
    using namespace Qt::StringLiterals;
    if (is("published"_L1)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Okta does not filter by published. How far back to start is set above."));
    }
    if (path.startsWith("target.changeDetails"_L1, Qt::CaseInsensitive)) {
        return failure(
            ErrorKind::InvalidInput, QObject::tr("Okta does not filter by target.changeDetails. Leave it out here."));
    }
    switch (comparison.op) {
    case filter::Operator::In:
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Okta does not know the operator in. Join eq comparisons with or instead."));
    case filter::Operator::Re:
        return failure(
            ErrorKind::InvalidInput, QObject::tr("Okta does not know the operator re. Use co, sw or ew instead."));
    case filter::Operator::Cidr:
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Okta does not know the operator cidr. Compare the address with sw instead."));
    case filter::Operator::Co:
        if (is("debugContext.debugData.url"_L1) || is("debugContext.debugData.requestUri"_L1)) {
            return failure(
                ErrorKind::InvalidInput, QObject::tr("Okta does not allow co on %1. Use eq or sw.").arg(path));
        }
        return {};
    default:
        return {};
    }
}

Status checkNode(const filter::NodePtr &node)
{
    if (!node) {
        return {};
    }
    if (const auto *comparison = std::get_if<filter::Comparison>(&node->value)) {
        return checkComparison(*comparison);
    }
    if (std::holds_alternative<filter::ElementMatch>(node->value)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Okta does not take [ ] in a log filter. Write target.type eq \"User\" instead."));
    }
    if (const auto *all = std::get_if<filter::And>(&node->value)) {
        return checkNodes(all->terms);
    }
    if (const auto *any = std::get_if<filter::Or>(&node->value)) {
        return checkNodes(any->terms);
    }
    return checkNode(std::get<filter::Not>(node->value).term);
}

} // namespace

Status checkServerFilter(const QString &text)
{
    const auto expression = filter::parse(text.trimmed().toStdString());
    if (!expression) {
        event::Error error = expression.error();
        if (error.column > 0) {
            error.sentence = QObject::tr("Column %1: %2").arg(error.column).arg(error.sentence);
        }
        return tl::unexpected(error);
    }
    return checkNode(expression->root());
}

} // namespace octotrail::ui
