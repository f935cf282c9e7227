// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/RuleWords.h"

#include "detect/Attack.h"
#include "event/EventTypes.h"
#include "event/FieldCatalogue.h"
#include "event/Json.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace octotrail::ui::rulewords {

using namespace Qt::StringLiterals;

namespace {

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// An attribute is put in with its colon; where a map or a list follows, that is all of the line.
RuleCandidate attribute(const QString &name, const QString &description, bool isBlock = false)
{
    return {name, description, name + (isBlock ? u":"_s : u": "_s)};
}

} // namespace

const Words &sigmaAttributes()
{
    static const Words words{attribute(u"title"_s, QObject::tr("what the rule is called")),
        attribute(u"id"_s, QObject::tr("a UUID that stays when the rule changes")),
        attribute(u"name"_s, QObject::tr("by which correlations refer to the rule")),
        attribute(u"status"_s, QObject::tr("stable, test, experimental, ...")),
        attribute(u"description"_s, QObject::tr("what it means that this happens")),
        attribute(u"author"_s, QObject::tr("who wrote it")), attribute(u"date"_s, QObject::tr("when it was written")),
        attribute(u"modified"_s, QObject::tr("when it was changed last")),
        attribute(u"references"_s, QObject::tr("addresses to read more, a list"), true),
        attribute(u"tags"_s, QObject::tr("ATT&CK techniques and others, a list"), true),
        attribute(u"logsource"_s, QObject::tr("product okta, service okta"), true),
        attribute(u"detection"_s, QObject::tr("selections, and the condition that joins them"), true),
        attribute(u"correlation"_s, QObject::tr("counts or orders what other rules match"), true),
        attribute(u"level"_s, QObject::tr("informational, low, medium, high, critical")),
        attribute(u"falsepositives"_s, QObject::tr("what else could explain it, a list"), true),
        attribute(u"response"_s, QObject::tr("what to do first, a list"), true),
        attribute(u"alert"_s, QObject::tr("title, dedup, period and threshold of its alerts, or record alone"), true),
        attribute(u"tests"_s, QObject::tr("events on which the rule fires, or does not"), true)};
    return words;
}

const Words &sigmaModifiers()
{
    static const Words words{{u"contains"_s, QObject::tr("the value occurs in the field")},
        {u"startswith"_s, QObject::tr("the field begins with it")},
        {u"endswith"_s, QObject::tr("the field ends with it")},
        {u"all"_s, QObject::tr("all values of the list, not any")}, {u"re"_s, QObject::tr("a regular expression")},
        {u"cidr"_s, QObject::tr("an address in the network")}, {u"exists"_s, QObject::tr("true: the field is there")},
        {u"cased"_s, QObject::tr("with regard to case")}, {u"neq"_s, QObject::tr("none of the values")},
        {u"gt"_s, QObject::tr("greater than the number")}, {u"gte"_s, QObject::tr("at least the number")},
        {u"lt"_s, QObject::tr("less than the number")}, {u"lte"_s, QObject::tr("at most the number")},
        {u"fieldref"_s, QObject::tr("equal to another field")},
        {u"expand"_s, QObject::tr("%placeholder% of the folder's placeholders.yml")},
        {u"base64"_s, QObject::tr("the value in Base64")},
        {u"base64offset"_s, QObject::tr("the value in Base64 at any offset")},
        {u"wide"_s, QObject::tr("the value in UTF-16")}, {u"windash"_s, QObject::tr("any dash for a dash")},
        {u"i"_s, QObject::tr("of re: without regard to case")}, {u"m"_s, QObject::tr("of re: ^ and $ at lines")},
        {u"s"_s, QObject::tr("of re: . is a line end, too")}, {u"hour"_s, QObject::tr("of published: its hour in UTC")},
        {u"minute"_s, QObject::tr("of published")}, {u"day"_s, QObject::tr("of published: of the month")},
        {u"week"_s, QObject::tr("of published: of the year")}, {u"month"_s, QObject::tr("of published")},
        {u"year"_s, QObject::tr("of published")}};
    return words;
}

const Words &logsourceAttributes()
{
    static const Words words{{u"product"_s, {}, u"product: okta"_s}, {u"service"_s, {}, u"service: okta"_s}};
    return words;
}

const Words &selectionNames()
{
    static const Words words{attribute(u"selection"_s, QObject::tr("what has to hold"), true),
        attribute(u"filter"_s, QObject::tr("what is left out"), true),
        attribute(u"keywords"_s, QObject::tr("words anywhere in the event"), true),
        attribute(u"condition"_s, QObject::tr("joins the selections"))};
    return words;
}

const Words &correlationAttributes()
{
    static const Words words{attribute(u"type"_s, QObject::tr("event_count, value_count, temporal, ...")),
        attribute(u"rules"_s, QObject::tr("whose matches are looked at, by name or id")),
        attribute(u"group-by"_s, QObject::tr("fields whose values belong together")),
        attribute(u"timespan"_s, QObject::tr("10m, 6h, 30d")),
        attribute(u"condition"_s, QObject::tr("gte: 5; of value_count with field")),
        attribute(u"field"_s, QObject::tr("of first_seen: whose values are new")),
        attribute(u"aliases"_s, QObject::tr("one name for fields of different rules"), true),
        attribute(u"learning"_s, QObject::tr("of first_seen: keeps young groups quiet")),
        attribute(u"min-distance"_s, QObject::tr("of travel: in kilometres")),
        attribute(u"generate"_s, QObject::tr("true: its rules alert, too"))};
    return words;
}

const Words &correlationTypes()
{
    static const Words words{{u"event_count"_s, QObject::tr("so many matches of a group")},
        {u"value_count"_s, QObject::tr("so many different values of a field")},
        {u"value_sum"_s, QObject::tr("the sum of a field")}, {u"value_avg"_s, QObject::tr("the mean of a field")},
        {u"value_percentile"_s, QObject::tr("a percentile of a field")},
        {u"temporal"_s, QObject::tr("all of the rules, in any order")},
        {u"temporal_ordered"_s, QObject::tr("all of the rules, one after the other")},
        {u"first_seen"_s, QObject::tr("a value that the group never had")},
        {u"travel"_s, QObject::tr("two places, faster than one travels")}};
    return words;
}

const Words &alertAttributes()
{
    static const Words words{attribute(u"title"_s, QObject::tr("of the alert, with {actor.alternateId} and so on")),
        attribute(u"dedup"_s, QObject::tr("fields whose equal values make one alert")),
        attribute(u"period"_s, QObject::tr("how long matches join an alert: 60m, 1d")),
        attribute(u"threshold"_s, QObject::tr("so many matches raise it")),
        attribute(u"record"_s, QObject::tr("true: its findings are recorded, and call nobody"))};
    return words;
}

const Words &testAttributes()
{
    static const Words words{attribute(u"name"_s, QObject::tr("what the test is about")),
        attribute(u"match"_s, QObject::tr("true: the rule has to fire")),
        attribute(u"events"_s, QObject::tr("nested as Okta writes them"), true)};
    return words;
}

const Words &pantherAttributes()
{
    static const Words words{attribute(u"AnalysisType"_s, QObject::tr("rule")),
        attribute(u"RuleID"_s, QObject::tr("unique, stays when the rule changes")),
        attribute(u"DisplayName"_s, QObject::tr("what the rule is called")),
        attribute(u"Filename"_s, QObject::tr("of the Python code")),
        attribute(u"Enabled"_s, QObject::tr("true, false")), attribute(u"LogTypes"_s, QObject::tr("[Okta.SystemLog]")),
        attribute(u"Severity"_s, QObject::tr("Info, Low, Medium, High, Critical")),
        attribute(u"Description"_s, QObject::tr("what it means that this happens")),
        attribute(u"Runbook"_s, QObject::tr("what to do first")),
        attribute(u"Reference"_s, QObject::tr("an address to read more")),
        attribute(u"Reports"_s, QObject::tr("MITRE ATT&CK: [TA0006:T1110]"), true),
        attribute(u"DedupPeriodMinutes"_s, QObject::tr("how long matches join an alert")),
        attribute(u"Threshold"_s, QObject::tr("so many matches raise it")),
        attribute(u"Tags"_s, QObject::tr("words of your own, a list"), true),
        attribute(u"SummaryAttributes"_s, QObject::tr("fields to show, a list"), true),
        attribute(u"Status"_s, QObject::tr("Experimental and Deprecated rules do not run")),
        attribute(u"CreateAlert"_s, QObject::tr("false: a signal, which raises no alert")),
        attribute(u"Detection"_s, QObject::tr("conditions of a rule without Python"), true),
        attribute(u"Tests"_s, QObject::tr("events on which the rule fires, or does not"), true)};
    return words;
}

const Words &pantherTestAttributes()
{
    static const Words words{attribute(u"Name"_s, QObject::tr("what the test is about")),
        attribute(u"ExpectedResult"_s, QObject::tr("whether the rule has to fire")),
        attribute(u"Log"_s, QObject::tr("the event, nested as Okta writes it"), true),
        attribute(u"Mocks"_s, QObject::tr("what the rule's functions return"), true)};
    return words;
}

const Words &pythonFunctions()
{
    static const Words words{{u"def rule(event):"_s, QObject::tr("whether the event is to raise an alert")},
        {u"def title(event):"_s, QObject::tr("the alert's title")},
        {u"def dedup(event):"_s, QObject::tr("events with the same text become one alert")},
        {u"def severity(event):"_s, QObject::tr("INFO, LOW, MEDIUM, HIGH or CRITICAL")},
        {u"def description(event):"_s, QObject::tr("what it means")},
        {u"def reference(event):"_s, QObject::tr("an address to read more")},
        {u"def runbook(event):"_s, QObject::tr("what to do first")},
        {u"def alert_context(event):"_s, QObject::tr("what the alert shows, a dictionary")},
        {u"def unique(event):"_s, QObject::tr("the threshold counts different texts")},
        {u"def destinations(event):"_s, QObject::tr("[]: told nowhere")}};
    return words;
}

const Words &eventMethods()
{
    static const Words words{{u"get("_s, QObject::tr("a field of the event, or a default")},
        {u"deep_get("_s, QObject::tr("deep_get('actor', 'alternateId', default='')")},
        {u"deep_walk("_s, QObject::tr("through lists: deep_walk('target', 'id')")},
        {u"udm("_s, QObject::tr("a unified name of the data model")},
        {u"event_time_epoch("_s, QObject::tr("its time in seconds")}};
    return words;
}

const Words &valuesOf(const QString &key)
{
    static const auto list = [](std::initializer_list<std::pair<const char16_t *, QString>> values) {
        Words words;
        for (const auto &[text, description] : values) {
            words.push_back({QString::fromUtf16(text), description});
        }
        return words;
    };
    static const QHash<QString, Words> values{
        {u"level"_s,
            list({{u"informational", QObject::tr("a record")}, {u"low", QString()}, {u"medium", QString()},
                {u"high", QString()}, {u"critical", QObject::tr("wake somebody")}})},
        {u"status"_s,
            list({{u"stable", QObject::tr("quiet in production")}, {u"test", QObject::tr("nearly quiet")},
                {u"experimental", QObject::tr("may be noisy")}, {u"deprecated", QString()},
                {u"unsupported", QString()}})},
        {u"product"_s, list({{u"okta", QString()}})}, {u"service"_s, list({{u"okta", QString()}})},
        {u"match"_s, list({{u"true", QObject::tr("the rule has to fire")}, {u"false", QObject::tr("it must not")}})},
        {u"generate"_s, list({{u"true", QString()}, {u"false", QString()}})}, {u"type"_s, correlationTypes()},
        {u"outcome.result"_s,
            list({{u"SUCCESS", QString()}, {u"FAILURE", QString()}, {u"SKIPPED", QString()}, {u"ALLOW", QString()},
                {u"DENY", QString()}, {u"CHALLENGE", QString()}, {u"RATE_LIMIT", QString()}, {u"UNKNOWN", QString()}})},
        {u"severity"_s,
            list({{u"DEBUG", QString()}, {u"INFO", QString()}, {u"WARN", QString()}, {u"ERROR", QString()}})},
        {u"actor.type"_s,
            list({{u"User", QString()}, {u"SystemPrincipal", QObject::tr("Okta itself")},
                {u"PublicClientApp", QObject::tr("an application")}})},
        {u"target.type"_s,
            list({{u"User", QString()}, {u"UserGroup", QString()}, {u"AppInstance", QString()}, {u"AppUser", QString()},
                {u"PolicyEntity", QString()}, {u"PolicyRule", QString()}, {u"NetworkZone", QString()},
                {u"ROLE", QString()}, {u"Token", QString()}})},
        {u"AnalysisType"_s, list({{u"rule", QString()}})}, {u"LogTypes"_s, list({{u"Okta.SystemLog", QString()}})},
        {u"Severity"_s,
            list({{u"Info", QString()}, {u"Low", QString()}, {u"Medium", QString()}, {u"High", QString()},
                {u"Critical", QString()}})},
        {u"Enabled"_s, list({{u"true", QString()}, {u"false", QString()}})},
        {u"ExpectedResult"_s,
            list({{u"true", QObject::tr("the rule has to fire")}, {u"false", QObject::tr("it must not")}})},
        {u"CreateAlert"_s, list({{u"true", QString()}, {u"false", QString()}})}};
    static const Words none;
    const auto found = values.constFind(key);
    return found == values.cend() ? none : *found;
}

const Words &eventTypes()
{
    static const Words words = [] {
        Words all;
        for (const QString &type : event::describedEventTypes()) {
            all.push_back({type, event::eventTypeDescription(type.toStdString())});
        }
        return all;
    }();
    return words;
}

const Words &fieldPaths()
{
    static const Words words = [] {
        Words all;
        for (const event::Field &field : event::fields()) {
            all.push_back({decoded(field.path), decoded(field.caption)});
        }
        for (const std::string_view member : event::targetMembers) {
            all.push_back({u"target."_s + decoded(member), QObject::tr("of any target")});
        }
        return all;
    }();
    return words;
}

Words namesBelow(const QStringList &path)
{
    Words words;
    QSet<QString> seen;
    for (const RuleCandidate &whole : fieldPaths()) {
        const QStringList names = whole.text.split(u'.');
        if (names.size() <= path.size() || names.first(path.size()) != path) {
            continue;
        }
        const QString name = names[path.size()];
        if (!seen.contains(name)) {
            seen.insert(name);
            const bool isLeaf = names.size() == path.size() + 1;
            words.push_back(attribute(name, isLeaf ? whole.description : QString(), !isLeaf));
        }
    }
    return words;
}

const Words &attackTags()
{
    static const Words words = [] {
        Words all;
        for (const detect::Tactic &tactic : detect::tactics()) {
            all.push_back({u"attack."_s + decoded(tactic.tag), decoded(tactic.name)});
        }
        for (const detect::Technique &technique : detect::techniques()) {
            const QString id = decoded(technique.id);
            all.push_back({u"attack."_s + id.toLower(), detect::techniqueName(id)});
        }
        return all;
    }();
    return words;
}

} // namespace octotrail::ui::rulewords
