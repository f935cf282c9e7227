// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleStart.h"

#include "detect/SigmaWriter.h"
#include "event/EventTypes.h"
#include "event/Json.h"

#include <QCoreApplication>
#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QUuid>
#include <algorithm>
#include <array>
#include <map>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What says which event it is, or when, and not what it is like.
constexpr auto identity = std::to_array<std::string_view>({"uuid", "published", "version", "displayMessage",
    "legacyEventType", "transaction.id", "authenticationContext.externalSessionId",
    "authenticationContext.rootSessionId", "debugContext.debugData.requestId", "debugContext.debugData.requestUri",
    "debugContext.debugData.url", "debugContext.debugData.dtHash", "client.id"});

constexpr auto first = std::to_array<std::string_view>({"eventType", "outcome.result", "outcome.reason",
    "actor.alternateId", "actor.type", "client.ipAddress", "client.geographicalContext.country"});

QString ruleText(const QString &title, const QString &description, const QString &detection, const QString &tests)
{
    QString text = u"title: "_s + yamlScalar(title) + u'\n';
    text += u"id: "_s + QUuid::createUuid().toString(QUuid::WithoutBraces) + u'\n';
    text += u"status: experimental\n"_s;
    text += u"description: "_s + yamlScalar(description) + u'\n';
    text += u"date: "_s + QDate::currentDate().toString(Qt::ISODate) + u'\n';
    text += u"logsource:\n  product: okta\n  service: okta\n"_s;
    text += detection;
    text += u"level: medium\n"_s;
    text += u"falsepositives:\n  - Unknown\n"_s;
    text += u"alert:\n  dedup: [actor.alternateId]\n  period: 60m\n"_s;
    return text + tests;
}

/// A map of maps, which makes the nested event of the paths.
struct Branch
{
    std::map<std::string, Branch> children;
    QString value;

    void write(QString &text, const QString &indent) const
    {
        for (const auto &[name, child] : children) {
            text += indent + yamlScalar(decoded(name)) + u':';
            if (child.children.empty()) {
                text += u' ' + child.value + u'\n';
            } else {
                text += u'\n';
                child.write(text, indent + u"  "_s);
            }
        }
    }
};

QString testOf(const event::LogEvent &event, const std::vector<EventTrait> &traits)
{
    Branch root;
    const auto put = [&](std::string_view path, const QString &value) {
        Branch *branch = &root;
        const event::FieldPath whole(path);
        for (const std::string &name : whole.segments()) {
            branch = &branch->children[name];
        }
        branch->value = yamlScalar(value);
    };
    for (const std::string_view path : {"eventType", "actor.id", "actor.type", "actor.alternateId", "actor.displayName",
             "client.ipAddress", "outcome.result"}) {
        if (const auto text = event.text(*event::fieldByPath(path))) {
            put(path, decoded(*text));
        }
    }
    for (const EventTrait &trait : traits) {
        if (!trait.path.starts_with("target.")) {
            put(trait.path, trait.value);
        }
    }
    QString text = u"tests:\n  - name: The event that it was made from\n    match: true\n    events:\n      - "_s;
    QString body;
    root.write(body, u"        "_s);
    text += body.sliced(std::min<qsizetype>(8, body.size()));
    const auto targets = event.targets();
    if (!targets.empty()) {
        text += u"        target:\n"_s;
    }
    for (const auto &target : targets) {
        QStringList members;
        const auto add = [&](const QString &name, const std::optional<std::string_view> &value) {
            if (value) {
                members << name + u": "_s + yamlScalar(decoded(*value));
            }
        };
        add(u"id"_s, target.id);
        add(u"type"_s, target.type);
        add(u"alternateId"_s, target.alternateId);
        add(u"displayName"_s, target.displayName);
        if (members.isEmpty()) {
            members << u"type: ''"_s;
        }
        text += u"          - "_s + members.join(u"\n            "_s) + u'\n';
    }
    return text;
}

QString sentenceOf(const QString &text)
{
    return text.isEmpty() ? QObject::tr("What it means that this happens, and why it matters.") : text;
}

/// What the first lines of a template say of it.
QString commentOf(const QString &text)
{
    QStringList lines;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (!line.startsWith(u'#')) {
            break;
        }
        const QStringView said = line.sliced(1).trimmed();
        if (!said.startsWith(u"SPDX")) {
            lines << said.toString();
        }
    }
    return lines.join(u' ');
}

/// Without the comments that speak of the template.
QString withoutComment(QString text)
{
    while (text.startsWith(u'#')) {
        text.remove(0, text.indexOf(u'\n') + 1);
    }
    return text;
}

} // namespace

std::vector<EventTrait> traitsOf(const event::LogEvent &event)
{
    std::vector<EventTrait> traits;
    const auto add = [&](std::string_view path, const QString &caption, std::string_view value, bool isUsual) {
        if (!value.empty() && value.size() <= 500) {
            traits.push_back({std::string(path), caption, decoded(value), isUsual});
        }
    };
    const auto addField = [&](event::FieldId id) {
        const event::Field &field = event::fields()[id];
        if (const auto text = event.text(id); text && field.type != event::FieldType::Time) {
            add(field.path, decoded(field.caption), *text, field.path == "eventType" || field.path == "outcome.result");
        }
    };
    for (const std::string_view path : first) {
        addField(*event::fieldByPath(path));
    }
    std::vector<EventTrait> seen;
    for (const auto &target : event.targets()) {
        const auto addTarget = [&](std::string_view path, const QString &caption,
                                   const std::optional<std::string_view> &value) {
            const auto isSame = [&](const EventTrait &one) { return one.path == path && one.value == decoded(*value); };
            if (value && std::ranges::none_of(traits, isSame)) {
                add(path, caption, *value, false);
            }
        };
        addTarget("target.type", QObject::tr("Target's type"), target.type);
        addTarget("target.alternateId", QObject::tr("Target"), target.alternateId);
        addTarget("target.displayName", QObject::tr("Target's name"), target.displayName);
    }
    for (event::FieldId id = 0; id < event::fields().size(); ++id) {
        const std::string_view path = event::fields()[id].path;
        if (std::ranges::find(first, path) == first.end() && std::ranges::find(identity, path) == identity.end()
            && !path.ends_with(".id")) {
            addField(id);
        }
    }
    for (const auto &[key, value] : event.debugData()) {
        const std::string path = std::string(event::debugDataPrefix) + std::string(key);
        // A key with dots or quotes in it is no path that a rule can name.
        if (!key.empty() && key.find_first_of(".\"") == std::string_view::npos) {
            add(path, decoded(key), value, false);
        }
    }
    return traits;
}

RuleDraft draftFromEvent(const event::LogEvent &event, const std::vector<EventTrait> &traits)
{
    QStringList keys;
    std::map<QString, QStringList> values;
    for (const EventTrait &trait : traits) {
        QString value;
        for (const QChar c : trait.value) {
            value += c == u'*' || c == u'?' || c == u'\\' ? u"\\"_s : QString();
            value += c;
        }
        const QString key = decoded(trait.path);
        if (!values.contains(key)) {
            keys << key;
        }
        values[key] << yamlScalar(value);
    }
    QString detection = u"detection:\n  selection:\n"_s;
    for (const QString &key : keys) {
        if (values[key].size() == 1) {
            detection += u"    "_s + key + u": "_s + values[key].front() + u'\n';
            continue;
        }
        // Several targets: each of them.
        detection += u"    "_s + key + u"|all:\n"_s;
        for (const QString &value : values[key]) {
            detection += u"      - "_s + value + u'\n';
        }
    }
    detection += u"  condition: selection\n"_s;
    const QString type = decoded(event.text(event::field::EventType).value_or(std::string_view()));
    const QString said = event::eventTypeDescription(type.toStdString());
    RuleDraft draft;
    draft.yaml = ruleText(type.isEmpty() ? QObject::tr("New rule") : QObject::tr("New rule on %1").arg(type),
        sentenceOf(said), detection, testOf(event, traits));
    return draft;
}

event::Result<RuleDraft> draftFromFilter(const QString &filter)
{
    const auto input = filter::parseInput(filter.toStdString());
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto detection = sigmaDetectionOf(*input);
    if (!detection) {
        return tl::unexpected(detection.error());
    }
    RuleDraft draft;
    draft.yaml = ruleText(QObject::tr("New rule"), sentenceOf({}), *detection, {});
    return draft;
}

QString ruleTemplatesFolder()
{
    const QString installed = QDir(QCoreApplication::applicationDirPath()).filePath(u"../share/octotrail/templates"_s);
    for (const QString &folder : {installed, QStringLiteral(OCTOTRAIL_SOURCE_TEMPLATES)}) {
        if (QFileInfo(folder).isDir()) {
            return QDir::cleanPath(folder);
        }
    }
    return {};
}

std::vector<RuleTemplate> ruleTemplates()
{
    std::vector<RuleTemplate> templates;
    const QString folder = ruleTemplatesFolder();
    if (folder.isEmpty()) {
        return templates;
    }
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"*.yml"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        auto draft = readDraft(dir.filePath(name));
        if (!draft) {
            continue;
        }
        RuleTemplate one;
        one.id = QFileInfo(name).completeBaseName();
        one.description = commentOf(draft->yaml);
        draft->yaml = withoutComment(draft->yaml);
        draft->python = withoutComment(draft->python);
        one.title = draft->title();
        one.draft = std::move(*draft);
        templates.push_back(std::move(one));
    }
    std::ranges::stable_sort(templates, [](const RuleTemplate &a, const RuleTemplate &b) {
        const auto order = [](const RuleTemplate &t) {
            return std::tuple(t.draft.format == Rule::Format::Panther, t.id != "one-event"_L1,
                t.id != "suspicious-behavior-reported"_L1);
        };
        return order(a) < order(b);
    });
    return templates;
}

} // namespace octotrail::detect
