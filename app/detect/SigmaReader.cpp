// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaReader.h"

#include "detect/SigmaCorrelation.h"
#include "detect/SigmaDetection.h"
#include "detect/SigmaFields.h"
#include "event/Timestamp.h"

#include <QCryptographicHash>
#include <QObject>
#include <algorithm>
#include <array>

namespace octotrail::detect {

namespace {

QString shown(const YamlNode &node)
{
    return node.string().left(100);
}

QString textOf(const YamlNode &map, std::string_view key)
{
    const YamlNode *node = map.find(key);
    return node && node->isScalar() ? node->string().trimmed() : QString();
}

QStringList listOf(const YamlNode &map, std::string_view key)
{
    const YamlNode *node = map.find(key);
    return node ? node->strings() : QStringList();
}

std::optional<Level> levelNamed(const QString &name)
{
    static const std::array<QString, 5> names{QStringLiteral("informational"), QStringLiteral("low"),
        QStringLiteral("medium"), QStringLiteral("high"), QStringLiteral("critical")};
    const QString lower = name.toLower();
    if (lower == QStringLiteral("info")) {
        return Level::Informational;
    }
    const auto it = std::ranges::find(names, lower);
    return it == names.end() ? std::nullopt : std::optional(static_cast<Level>(it - names.begin()));
}

Checked<bool> readBoolean(const YamlNode &node)
{
    const QString text = node.string().toLower();
    if (text != QStringLiteral("true") && text != QStringLiteral("false")) {
        return problem(node.line, QObject::tr("\"%1\" is neither true nor false.").arg(shown(node)));
    }
    return text == QStringLiteral("true");
}

Checked<AlertSpec> readAlert(const YamlNode &node, AlertSpec alert)
{
    if (!node.isMap()) {
        return problem(node.line, QObject::tr("alert is a map of title, dedup, period, threshold and record."));
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const YamlNode &value = node.items[i];
        const int line = node.keyLines[i];
        const std::string &key = node.keys[i];
        if (key == "title" && value.isScalar()) {
            alert.title = value.string();
        } else if (key == "dedup" && (value.isSequence() || value.isScalar())) {
            for (const QString &name : value.strings()) {
                const auto field = sigmaField(name.toStdString());
                if (!field) {
                    return problem(line, QObject::tr("\"%1\" is no field's name.").arg(name.left(100)));
                }
                alert.dedup.push_back(field->path);
            }
        } else if (key == "period") {
            const auto period = readTimespan(value.text);
            if (!period || *period < std::chrono::minutes(1)) {
                return problem(line, QObject::tr("\"%1\" is no period such as 60m or 1d.").arg(shown(value)));
            }
            alert.period = std::chrono::duration_cast<std::chrono::minutes>(*period);
        } else if (key == "threshold") {
            bool isNumber = false;
            alert.threshold = value.string().toInt(&isNumber);
            if (!isNumber || alert.threshold < 1) {
                return problem(line, QObject::tr("\"%1\" is no number of matches.").arg(shown(value)));
            }
        } else if (key == "record") {
            const auto record = readBoolean(value);
            if (!record) {
                return tl::unexpected(record.error());
            }
            alert.isRecord = *record;
        } else {
            return problem(line,
                QObject::tr("\"%1\" is not known here: alert has title, dedup, period, threshold and record.")
                    .arg(QString::fromStdString(key).left(100)));
        }
    }
    return alert;
}

/// Whether the logsource is Okta's log, as Sigma names it; rules that name none are taken to be.
bool isForOkta(const YamlNode &document)
{
    const YamlNode *source = document.find("logsource");
    if (!source || !source->isMap()) {
        return true;
    }
    const QString product = textOf(*source, "product").toLower();
    const QString service = textOf(*source, "service").toLower();
    const QString okta = QStringLiteral("okta");
    return product == okta || (product.isEmpty() && (service == okta || service.isEmpty()));
}

/// Decides about a rule's identity to the engine: all but what only describes it.
std::string digestOf(const YamlNode &document)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const std::string_view key : {"detection", "filter", "correlation"}) {
        if (const YamlNode *section = document.find(key)) {
            const std::string json = toJson(*section);
            hash.addData(QByteArrayView(json.data(), static_cast<qsizetype>(json.size())));
        }
    }
    return hash.result().toHex().toStdString();
}

Checked<void> readDescription(const YamlNode &document, Rule &rule)
{
    rule.id = textOf(document, "id");
    rule.name = textOf(document, "name");
    rule.title = textOf(document, "title");
    rule.description = textOf(document, "description");
    rule.status = textOf(document, "status");
    rule.author = textOf(document, "author");
    rule.date = textOf(document, "date");
    rule.modified = textOf(document, "modified");
    rule.tags = listOf(document, "tags");
    rule.references = listOf(document, "references");
    rule.falsePositives = listOf(document, "falsepositives");
    rule.response = listOf(document, "response");
    rule.line = document.line;
    rule.digest = digestOf(document);
    if (rule.title.isEmpty()) {
        return problem(document.line, QObject::tr("The rule has no title."));
    }
    if (const YamlNode *level = document.find("level")) {
        const auto known = levelNamed(level->string());
        if (!known) {
            return problem(level->line,
                QObject::tr("\"%1\" is no level: it is informational, low, medium, high or critical.")
                    .arg(shown(*level)));
        }
        rule.level = *known;
        rule.alert.isRecord = rule.level == Level::Informational;
    }
    if (const YamlNode *alert = document.find("alert")) {
        auto spec = readAlert(*alert, std::move(rule.alert));
        if (!spec) {
            return tl::unexpected(spec.error());
        }
        rule.alert = std::move(*spec);
    }
    if (const YamlNode *tests = document.find("tests")) {
        auto all = readRuleTests(*tests);
        if (!all) {
            return tl::unexpected(all.error());
        }
        rule.tests = std::move(*all);
    }
    return {};
}

Checked<void> readFilter(const YamlNode &section, const Placeholders &placeholders, SigmaDocument &result)
{
    result.kind = SigmaDocument::Kind::Filter;
    if (!section.isMap()) {
        return problem(section.line, QObject::tr("The filter is no map of rules, selections and a condition."));
    }
    YamlNode detection = section;
    detection.keys.clear();
    detection.items.clear();
    detection.keyLines.clear();
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        if (section.keys[i] == "rules") {
            result.filteredRules = section.items[i].strings();
            continue;
        }
        detection.keys.push_back(section.keys[i]);
        detection.keyLines.push_back(section.keyLines[i]);
        detection.items.push_back(section.items[i]);
    }
    if (result.filteredRules.isEmpty()) {
        return problem(section.line, QObject::tr("The filter names no rules."));
    }
    auto restriction = compileDetection(detection, placeholders);
    if (!restriction) {
        return tl::unexpected(restriction.error());
    }
    result.restriction = std::move(*restriction);
    return {};
}

/// The event's JSON with what was left out.
Checked<std::string> readEvent(const YamlNode &node, std::size_t number)
{
    if (!node.isMap()) {
        return problem(node.line, QObject::tr("An event of a test is a map of Okta's fields."));
    }
    using namespace std::chrono_literals;
    const event::Timestamp base = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) + 9h;
    YamlNode event = node;
    const auto put = [&](const std::string &key, const std::string &text) {
        const auto it = std::ranges::find(event.keys, key);
        YamlNode value;
        value.kind = YamlNode::Kind::Scalar;
        value.text = text;
        if (it != event.keys.end()) {
            event.items[static_cast<std::size_t>(it - event.keys.begin())] = std::move(value);
        } else {
            event.keys.push_back(key);
            event.keyLines.push_back(node.line);
            event.items.push_back(std::move(value));
        }
    };
    if (!node.find("uuid")) {
        const QString tail = QStringLiteral("%1").arg(number, 12, 10, QLatin1Char('0'));
        put("uuid", "00000000-0000-4000-8000-" + tail.toStdString());
    }
    const YamlNode *published = node.find("published");
    if (!published) {
        put("published", event::formatTimestamp(base + std::chrono::seconds(number)));
    } else if (published->isScalar() && published->text.starts_with('+')) {
        const auto offset = readTimespan(std::string_view(published->text).substr(1));
        if (!offset) {
            return problem(
                published->line, QObject::tr("\"%1\" is no offset such as +90s or +2h.").arg(shown(*published)));
        }
        put("published", event::formatTimestamp(base + *offset));
    }
    return toJson(event);
}

} // namespace

QString levelName(Level level)
{
    switch (level) {
    case Level::Informational:
        return QStringLiteral("informational");
    case Level::Low:
        return QStringLiteral("low");
    case Level::Medium:
        return QStringLiteral("medium");
    case Level::High:
        return QStringLiteral("high");
    case Level::Critical:
        return QStringLiteral("critical");
    }
    return {};
}

QStringList Rule::techniques() const
{
    QStringList all;
    for (const QString &tag : tags) {
        const QString prefix = QStringLiteral("attack.t");
        if (tag.startsWith(prefix, Qt::CaseInsensitive) && tag.size() > prefix.size()
            && tag.at(prefix.size()).isDigit()) {
            all.append(tag.mid(prefix.size() - 1).toUpper());
        }
    }
    return all;
}

std::optional<std::chrono::seconds> readTimespan(std::string_view text)
{
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 7 || digits + 1 != text.size()) {
        return std::nullopt;
    }
    const std::chrono::seconds number(std::stol(std::string(text.substr(0, digits))));
    switch (text.back()) {
    case 's':
        return number;
    case 'm':
        return number * 60;
    case 'h':
        return number * 3600;
    case 'd':
        return number * 86'400;
    case 'w':
        return number * 604'800;
    default:
        return std::nullopt;
    }
}

Checked<std::vector<RuleTest>> readRuleTests(const YamlNode &tests)
{
    if (!tests.isSequence()) {
        return problem(tests.line, QObject::tr("tests is a list of name, match and events."));
    }
    std::vector<RuleTest> all;
    for (const YamlNode &node : tests.items) {
        const YamlNode *match = node.find("match");
        const YamlNode *events = node.find("events");
        if (!node.isMap() || !match || !events || !events->isSequence()) {
            return problem(node.line, QObject::tr("A test has a name, match (true or false), and a list of events."));
        }
        const auto expected = readBoolean(*match);
        if (!expected) {
            return tl::unexpected(expected.error());
        }
        RuleTest test;
        test.name = textOf(node, "name");
        test.match = *expected;
        test.line = node.line;
        for (const YamlNode &one : events->items) {
            auto event = readEvent(one, test.events.size());
            if (!event) {
                return tl::unexpected(event.error());
            }
            test.events.push_back(std::move(*event));
        }
        all.push_back(std::move(test));
    }
    return all;
}

Checked<SigmaDocument> readSigmaDocument(const YamlNode &document, const Placeholders &placeholders)
{
    if (!document.isMap()) {
        return problem(document.line, QObject::tr("A rule is a map of title, logsource, detection and so on."));
    }
    if (const YamlNode *action = document.find("action")) {
        return problem(action->line, QObject::tr("action is of old Sigma: give each document all it needs."));
    }
    SigmaDocument result;
    if (const auto described = readDescription(document, result.rule); !described) {
        return tl::unexpected(described.error());
    }
    result.isForOkta = isForOkta(document);
    const YamlNode *detection = document.find("detection");
    const YamlNode *correlation = document.find("correlation");
    const YamlNode *filter = document.find("filter");
    if ((detection ? 1 : 0) + (correlation ? 1 : 0) + (filter ? 1 : 0) != 1) {
        return problem(document.line,
            detection || correlation || filter
                ? QObject::tr("A document has a detection, a correlation or a filter: one of them.")
                : QObject::tr("The rule has no detection."));
    }
    if (filter) {
        if (const auto read = readFilter(*filter, placeholders, result); !read) {
            return tl::unexpected(read.error());
        }
        return result;
    }
    if (correlation) {
        result.kind = SigmaDocument::Kind::Correlation;
        auto read = readCorrelation(*correlation, document);
        if (!read) {
            return tl::unexpected(read.error());
        }
        result.rule.logic = std::move(*read);
        return result;
    }
    auto node = compileDetection(*detection, placeholders);
    if (!node) {
        return tl::unexpected(node.error());
    }
    result.rule.logic = filter::Expression(std::move(*node));
    return result;
}

} // namespace octotrail::detect
