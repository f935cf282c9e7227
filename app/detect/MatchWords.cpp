// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/MatchWords.h"

#include "detect/SigmaFields.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

constexpr qsizetype maxTitle = 300;
/// A field may have any number of values; a title names some.
constexpr std::size_t maxValuesInTitle = 3;
constexpr std::size_t maxValueInTitle = 120;
constexpr std::string_view actorField = "actor.alternateId";

} // namespace

MatchWords::MatchWords(const Rule &rule)
    : m_isDedupGiven(!rule.alert.dedup.empty())
    , m_actor(FieldName{event::FieldPath(std::string(actorField)), filter::Reach::Exact})
{
    const QString &title = rule.alert.title.isEmpty() ? rule.title : rule.alert.title;
    qsizetype at = 0;
    while (at < title.size()) {
        const auto open = title.indexOf(u'{', at);
        const auto close = open < 0 ? -1 : title.indexOf(u'}', open);
        if (close < 0) {
            m_title.push_back({title.mid(at), std::nullopt});
            break;
        }
        if (open > at) {
            m_title.push_back({title.mid(at, open - at), std::nullopt});
        }
        const QString name = title.mid(open + 1, close - open - 1).trimmed();
        if (auto field = sigmaField(name.toStdString())) {
            m_title.push_back({name, EventValues(std::move(*field))});
        } else {
            m_title.push_back({title.mid(open, close - open + 1), std::nullopt});
        }
        at = close + 1;
    }
    for (const auto &path : rule.alert.dedup) {
        m_dedup.emplace_back(sigmaField(path.toString()).value_or(FieldName{path, filter::Reach::Exact}));
    }
    const auto isActor = [](const EventValues &field) {
        return QString::fromStdString(field.field().path.toString())
                   .compare(QLatin1String(actorField.data(), actorField.size()), Qt::CaseInsensitive)
            == 0;
    };
    m_saysActor = std::ranges::any_of(m_dedup, isActor)
        || std::ranges::any_of(m_title, [&](const Part &part) { return part.field && isActor(*part.field); });
}

QString MatchWords::filled(const Match &match, const event::LogEvent *event) const
{
    QString title;
    for (const Part &part : m_title) {
        if (!part.field) {
            title += part.text;
            continue;
        }
        std::string value;
        const auto known
            = std::ranges::find(match.group, part.text.toStdString(), &std::pair<std::string, std::string>::first);
        if (known != match.group.end()) {
            value = known->second;
        } else if (event) {
            for (const std::string &one : part.field->of(*event, maxValuesInTitle)) {
                value += (value.empty() ? "" : ", ") + one.substr(0, maxValueInTitle);
            }
        }
        title += value.empty() ? QStringLiteral("–") : QString::fromStdString(value);
    }
    return title.simplified().left(maxTitle);
}

QString MatchWords::actorOf(const Match &match, const event::LogEvent *event) const
{
    const auto known = std::ranges::find(match.group, actorField, &std::pair<std::string, std::string>::first);
    const std::string actor = known != match.group.end() ? known->second
        : m_saysActor && event                           ? m_actor.first(*event)
                                                         : std::string();
    return QString::fromStdString(actor);
}

QString MatchWords::keyOf(const Match &match, const event::LogEvent *event) const
{
    QStringList values;
    if (m_isDedupGiven) {
        for (const EventValues &field : m_dedup) {
            const std::string path = field.field().path.toString();
            const auto known = std::ranges::find(match.group, path, &std::pair<std::string, std::string>::first);
            std::string value = known != match.group.end() ? known->second : std::string();
            if (value.empty() && event) {
                for (const std::string &one : field.of(*event)) {
                    value += (value.empty() ? "" : ", ") + one;
                }
            }
            values.append(QString::fromStdString(value));
        }
    } else if (match.rule->correlation()) {
        for (const auto &[name, value] : match.group) {
            values.append(QString::fromStdString(value));
        }
    } else if (event) {
        values.append(QString::fromStdString(m_actor.first(*event)));
    }
    return values.join(QStringLiteral(" · ")).left(500);
}

void MatchWords::put(Match &match, const event::LogEvent *event) const
{
    match.title = filled(match, event);
    match.dedupKey = keyOf(match, event);
    match.actor = actorOf(match, event);
    if (match.rule->correlation()) {
        std::string json = "{";
        for (const auto &[name, value] : match.group) {
            json += event::quoteJson(name) + ':' + event::quoteJson(value) + ',';
        }
        match.context = QString::fromStdString(json + "\"measured\":" + event::quoteJson(match.measure) + '}');
    }
}

std::vector<FieldName> MatchWords::fields() const
{
    std::vector<FieldName> fields{m_actor.field()};
    for (const Part &part : m_title) {
        if (part.field) {
            fields.push_back(part.field->field());
        }
    }
    for (const EventValues &field : m_dedup) {
        fields.push_back(field.field());
    }
    return fields;
}

} // namespace octotrail::detect
