// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/RuleText.h"

#include "ui/alerts/AlertLook.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace octotrail::ui {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Correlations of correlations; a loader takes no more.
constexpr int deepest = 20;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

QString spanText(std::chrono::microseconds span)
{
    const QLocale locale;
    const auto whole = [&](std::chrono::microseconds unit) { return span >= unit && span % unit == 0us; };
    const auto count = [&](std::chrono::microseconds unit) { return locale.toString(qint64{span / unit}); };
    if (whole(24h)) {
        return span == 24h ? Words::tr("1 day") : Words::tr("%1 days").arg(count(24h));
    }
    if (whole(1h)) {
        return span == 1h ? Words::tr("1 hour") : Words::tr("%1 hours").arg(count(1h));
    }
    if (whole(1min)) {
        return span == 1min ? Words::tr("1 minute") : Words::tr("%1 minutes").arg(count(1min));
    }
    return span == 1s ? Words::tr("1 second") : Words::tr("%1 seconds").arg(count(1s));
}

QString numberText(const detect::NumberCondition &condition)
{
    const QLocale locale;
    QStringList parts;
    const auto add = [&](const std::optional<double> &bound, const QString &text) {
        if (bound) {
            parts.append(text.arg(locale.toString(*bound, 'g', 12)));
        }
    };
    add(condition.gte, Words::tr("at least %1"));
    add(condition.gt, Words::tr("more than %1"));
    add(condition.lte, Words::tr("at most %1"));
    add(condition.lt, Words::tr("fewer than %1"));
    add(condition.eq, Words::tr("exactly %1"));
    add(condition.neq, Words::tr("not %1"));
    return parts.join(Words::tr(" and "));
}

QString fieldsText(const detect::Correlation &correlation)
{
    QStringList names;
    for (const detect::FieldName &field : correlation.fields) {
        names.append(QString::fromStdString(field.path.toString()));
    }
    return names.join(u", "_s);
}

QString correlationText(const detect::Correlation &correlation)
{
    using Type = detect::Correlation::Type;
    QStringList names;
    for (const std::string &name : correlation.groupBy) {
        names.append(QString::fromStdString(name));
    }
    const QString group = names.isEmpty() ? QString() : Words::tr(", for each %1").arg(names.join(u", "_s));
    const QString span = spanText(correlation.timespan);
    const QString number = numberText(correlation.condition);
    const QString fields = fieldsText(correlation);
    const auto measured = [&](const QString &text) { return text.arg(fields, number, span, group); };
    switch (correlation.type) {
    case Type::EventCount:
        return Words::tr("%1 events like this within %2%3:").arg(number, span, group);
    case Type::ValueCount:
        return measured(Words::tr("%2 different values of %1 within %3%4, in events like this:"));
    case Type::ValueSum:
        return measured(Words::tr("A sum of %1 of %2 within %3%4, in events like this:"));
    case Type::ValueAvg:
        return measured(Words::tr("An average %1 of %2 within %3%4, in events like this:"));
    case Type::ValuePercentile:
        return measured(Words::tr("A percentile of %1 of %2 within %3%4, in events like this:"));
    case Type::Temporal:
        return correlation.condition.isSet()
            ? Words::tr("%1 of these within %2%3, in any order:").arg(number, span, group)
            : Words::tr("All of these within %1%2, in any order:").arg(span, group);
    case Type::TemporalOrdered:
        return Words::tr("One after the other within %1%2:").arg(span, group);
    case Type::FirstSeen:
        return Words::tr("A value of %1 that did not come in the last %2%3, in events like this:")
                   .arg(fields, span, group)
            + (correlation.learning.count() > 0
                    ? u' ' + Words::tr("(Nothing in the first %1.)").arg(spanText(correlation.learning))
                    : QString());
    case Type::Travel:
        return Words::tr("Two such events in a row within %1%2, from places at least %3 km apart, at %4 km/h:")
            .arg(span, group, QLocale().toString(correlation.minDistance, 'g', 12), number);
    }
    return {};
}

void addCondition(const detect::Pack &pack, const detect::Rule &rule, int depth, QString &text)
{
    const QString indent(2 * depth, u' ');
    if (rule.expression()) {
        text += indent + QString::fromStdString(rule.expression()->toString()) + u'\n';
        return;
    }
    const detect::Correlation *correlation = rule.correlation();
    if (!correlation || depth > deepest) {
        return;
    }
    const QString words = correlationText(*correlation);
    text += indent + words.left(1).toUpper() + words.sliced(1) + u'\n';
    for (const QString &id : correlation->rules) {
        const detect::RulePtr base = pack.set.find(id);
        if (!base) {
            continue;
        }
        if (correlation->rules.size() > 1) {
            text += u'\n' + indent + base->title.left(200) + u'\n';
        }
        addCondition(pack, *base, depth + 1, text);
    }
}

} // namespace

QString conditionText(const detect::Pack &pack, const detect::Rule &rule)
{
    if (rule.python()) {
        return Words::tr("A rule in Python: see its file.");
    }
    QString text;
    addCondition(pack, rule, 0, text);
    return text.trimmed();
}

QString firedText(std::int64_t matches, std::int64_t alerts, int days)
{
    const QString span = days == 0 ? Words::tr("in all that is stored")
        : days == 1                ? Words::tr("in 1 day")
                                   : Words::tr("in %1 days").arg(days);
    if (matches == 0) {
        return Words::tr("It would not have fired %1.").arg(span);
    }
    return matches == 1 ? Words::tr("It would have fired once %1: %2.").arg(span, alertCount(alerts))
                        : Words::tr("It would have fired %1 times %2: %3.")
                              .arg(QLocale().toString(qint64{matches}), span, alertCount(alerts));
}

} // namespace octotrail::ui
