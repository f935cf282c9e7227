// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaCorrelation.h"

#include "detect/SigmaFields.h"
#include "detect/SigmaReader.h"
#include "filter/Numbers.h"

#include <QObject>
#include <algorithm>
#include <array>
#include <cmath>

namespace octotrail::detect {

namespace {

using Type = Correlation::Type;

constexpr auto types = std::to_array<std::pair<std::string_view, Type>>({{"event_count", Type::EventCount},
    {"value_count", Type::ValueCount}, {"value_sum", Type::ValueSum}, {"value_avg", Type::ValueAvg},
    {"value_percentile", Type::ValuePercentile}, {"value_median", Type::ValuePercentile}, {"temporal", Type::Temporal},
    {"temporal_ordered", Type::TemporalOrdered}, {"first_seen", Type::FirstSeen}, {"travel", Type::Travel}});

QString shown(const YamlNode &node)
{
    return node.string().left(100);
}

Checked<double> readNumber(const YamlNode &node)
{
    const auto number = node.isScalar() ? filter::looseNumber(node.text) : std::nullopt;
    if (!number || !std::isfinite(*number)) {
        return problem(node.line, QObject::tr("\"%1\" is no number.").arg(shown(node)));
    }
    return *number;
}

Checked<FieldName> readField(const std::string &name, int line)
{
    auto field = sigmaField(name);
    if (!field) {
        return problem(line, QObject::tr("\"%1\" is no field's name.").arg(QString::fromStdString(name).left(100)));
    }
    return *field;
}

class CorrelationReader
{
public:
    explicit CorrelationReader(const YamlNode &section)
        : m_section(section)
    { }

    Checked<Correlation> read()
    {
        if (!m_section.isMap()) {
            return problem(m_section.line, QObject::tr("The correlation is no map of type, rules and so on."));
        }
        for (std::size_t i = 0; i < m_section.items.size() && !m_problem; ++i) {
            take(m_section.keys[i], m_section.items[i], m_section.keyLines[i]);
        }
        if (!m_problem) {
            check();
        }
        if (m_problem) {
            return tl::unexpected(*m_problem);
        }
        return std::move(m_result);
    }

private:
    void fail(int line, const QString &reason) { m_problem = Problem{line, reason}; }

    void take(const std::string &key, const YamlNode &value, int line)
    {
        if (key == "type") {
            takeType(value, line);
        } else if (key == "rules") {
            m_result.rules = value.strings();
        } else if (key == "group-by") {
            for (const QString &name : value.strings()) {
                m_result.groupBy.push_back(name.toStdString());
            }
        } else if (key == "timespan" || key == "learning") {
            const auto span = readTimespan(value.text);
            if (!span || *span > std::chrono::days(366)) {
                fail(line, QObject::tr("\"%1\" is no timespan such as 30s, 10m, 6h or 30d.").arg(shown(value)));
                return;
            }
            (key == "timespan" ? m_result.timespan : m_result.learning) = *span;
            m_hasTimespan = m_hasTimespan || key == "timespan";
        } else if (key == "condition") {
            takeCondition(value, line);
        } else if (key == "field") {
            takeFields(value, line);
        } else if (key == "aliases") {
            takeAliases(value, line);
        } else if (key == "min-distance") {
            if (const auto number = readNumber(value); number && *number >= 0) {
                m_result.minDistance = *number;
            } else {
                fail(line, QObject::tr("\"%1\" is no distance in kilometres.").arg(shown(value)));
            }
        } else if (key == "generate") {
            m_result.generate = value.string().toLower() == QStringLiteral("true");
        } else if (key == "timeframe") {
            fail(line, QObject::tr("timeframe is of old Sigma: it is timespan."));
        } else {
            fail(line, QObject::tr("\"%1\" is not known in a correlation.").arg(QString::fromStdString(key).left(100)));
        }
    }

    void takeType(const YamlNode &value, int line)
    {
        const auto it = std::ranges::find(types, std::string_view(value.text), &decltype(types)::value_type::first);
        if (it == types.end()) {
            fail(line, QObject::tr("\"%1\" is no type of correlation.").arg(shown(value)));
            return;
        }
        m_hasType = true;
        m_result.type = it->second;
    }

    void takeFields(const YamlNode &value, int line)
    {
        for (const QString &name : value.strings()) {
            auto field = readField(name.toStdString(), line);
            if (!field) {
                m_problem = field.error();
                return;
            }
            m_result.fields.push_back(std::move(*field));
        }
    }

    void takeCondition(const YamlNode &value, int line)
    {
        if (!value.isMap()) {
            fail(line, QObject::tr("The condition of a correlation is a map such as gte: 5."));
            return;
        }
        NumberCondition &condition = m_result.condition;
        const std::array<std::pair<std::string_view, std::optional<double> *>, 6> numbers{
            {{"gt", &condition.gt}, {"gte", &condition.gte}, {"lt", &condition.lt}, {"lte", &condition.lte},
                {"eq", &condition.eq}, {"neq", &condition.neq}}};
        for (std::size_t i = 0; i < value.items.size() && !m_problem; ++i) {
            const std::string &key = value.keys[i];
            if (key == "field") {
                takeFields(value.items[i], value.keyLines[i]);
                continue;
            }
            const auto known = std::ranges::find(numbers, std::string_view(key), &decltype(numbers)::value_type::first);
            if (known == numbers.end() && key != "percentile") {
                fail(value.keyLines[i],
                    QObject::tr("\"%1\" is no comparison: it is gt, gte, lt, lte, eq or neq.")
                        .arg(QString::fromStdString(key).left(100)));
                return;
            }
            const auto number = readNumber(value.items[i]);
            if (!number) {
                m_problem = number.error();
            } else if (key == "percentile") {
                m_result.percentile = *number;
            } else {
                *known->second = *number;
            }
        }
    }

    void takeAliases(const YamlNode &value, int line)
    {
        if (!value.isMap()) {
            fail(line, QObject::tr("aliases is a map of names, each a map of rules and their fields."));
            return;
        }
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            const YamlNode &fields = value.items[i];
            if (!fields.isMap()) {
                fail(value.keyLines[i], QObject::tr("An alias is a map of rules and their fields."));
                return;
            }
            for (std::size_t j = 0; j < fields.items.size(); ++j) {
                auto field = readField(fields.items[j].text, fields.keyLines[j]);
                if (!field) {
                    m_problem = field.error();
                    return;
                }
                m_result.aliases[value.keys[i]].emplace(QString::fromStdString(fields.keys[j]), std::move(*field));
            }
        }
    }

    void check()
    {
        const int line = m_section.line;
        const Type type = m_result.type;
        const bool ofValues = type == Type::ValueCount || type == Type::ValueSum || type == Type::ValueAvg
            || type == Type::ValuePercentile;
        if (!m_hasType) {
            fail(line, QObject::tr("The correlation has no type."));
        } else if (m_result.rules.isEmpty()) {
            fail(line, QObject::tr("The correlation names no rules."));
        } else if (!m_hasTimespan) {
            fail(line, QObject::tr("The correlation has no timespan."));
        } else if (m_result.timespan.count() == 0) {
            fail(line, QObject::tr("The timespan of the correlation is empty."));
        } else if ((ofValues || type == Type::EventCount || type == Type::Travel) && !m_result.condition.isSet()) {
            fail(line, QObject::tr("The correlation has no condition such as gte: 5."));
        } else if ((ofValues || type == Type::FirstSeen) && m_result.fields.empty()) {
            fail(line, QObject::tr("The correlation names no field whose values are looked at."));
        } else if (type == Type::ValuePercentile && (m_result.percentile < 0 || m_result.percentile > 100)) {
            fail(line, QObject::tr("A percentile is a number from 0 to 100."));
        }
        for (const std::string &name : m_result.groupBy) {
            if (!m_problem && !m_result.aliases.contains(name) && !sigmaField(name)) {
                fail(line,
                    QObject::tr("\"%1\" is no field's name and no alias.").arg(QString::fromStdString(name).left(100)));
            }
        }
    }

    const YamlNode &m_section;
    Correlation m_result;
    std::optional<Problem> m_problem;
    bool m_hasType = false;
    bool m_hasTimespan = false;
};

} // namespace

bool NumberCondition::holds(double value) const
{
    return (!gt || value > *gt) && (!gte || value >= *gte) && (!lt || value < *lt) && (!lte || value <= *lte)
        && (!eq || value == *eq) && (!neq || value != *neq);
}

Checked<Correlation> readCorrelation(const YamlNode &section, const YamlNode &document)
{
    auto correlation = CorrelationReader(section).read();
    const YamlNode *generate = document.find("generate");
    if (correlation && generate && generate->string().toLower() == QStringLiteral("true")) {
        correlation->generate = true;
    }
    return correlation;
}

} // namespace octotrail::detect
