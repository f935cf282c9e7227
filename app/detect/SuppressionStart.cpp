// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SuppressionStart.h"

#include "event/FieldCatalogue.h"
#include "filter/Expression.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace octotrail::detect {

using namespace Qt::StringLiterals;

namespace {

std::string equal(const std::string &path, const QString &value)
{
    return filter::comparisonText(path, filter::Operator::Eq, value.toStdString());
}

/// What a correlation says that it grouped by (MatchWords writes it), as far as these are fields: an alias stands for
/// another field in each of its rules.
QString groupOf(const QString &context)
{
    const QJsonObject said = QJsonDocument::fromJson(context.toUtf8()).object();
    if (!said.contains("measured"_L1)) {
        return {};
    }
    QStringList parts;
    for (auto it = said.begin(); it != said.end(); ++it) {
        const std::string path = it.key().toStdString();
        if (it.key() == "measured"_L1) {
            continue;
        }
        if (!event::fieldByPath(path) || it.value().toString().isEmpty()) {
            return {};
        }
        parts << QString::fromStdString(equal(path, it.value().toString()));
    }
    return parts.join(u" and "_s);
}

} // namespace

QString suppressionFor(const store::Alert &alert)
{
    if (QString group = groupOf(alert.context); !group.isEmpty()) {
        return group;
    }
    if (alert.actorCount <= 1) {
        const QString &actor = alert.actors.empty() ? alert.actor : alert.actors.front().name;
        return actor.isEmpty() ? QString() : QString::fromStdString(equal("actor.alternateId", actor));
    }
    if (alert.actorCount > static_cast<std::int64_t>(alert.actors.size())) {
        return {};
    }
    filter::Comparison any;
    any.path = event::FieldPath("actor.alternateId");
    any.op = filter::Operator::In;
    for (const store::AlertActor &actor : alert.actors) {
        any.literals.emplace_back(actor.name.toStdString());
    }
    return QString::fromStdString(
        filter::Expression(std::make_shared<const filter::Node>(filter::Node{std::move(any)})).toString());
}

} // namespace octotrail::detect
