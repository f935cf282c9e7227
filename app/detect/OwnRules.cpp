// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/OwnRules.h"

#include "detect/Yaml.h"
#include "detect/panther/PantherDetector.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <algorithm>
#include <map>
#include <set>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString filePrefix = u"case:"_s;

/// A folder in Panther's format, and its files.
struct OwnFolder
{
    QTemporaryDir files;
    panther::Folder folder;
};

/// The script's name as the YAML gives it; empty if it gives none.
QString scriptName(const QString &yaml)
{
    const auto documents = readYaml(yaml.toStdString());
    if (!documents || documents->empty() || !documents->front().isMap()) {
        return {};
    }
    const YamlNode *name = documents->front().find("Filename");
    return name && name->isScalar() ? name->string() : QString();
}

void addPython(const std::vector<const OwnRule *> &rules, const PythonHelpers &helpers, RuleSet &set)
{
    if (rules.empty()) {
        return;
    }
    auto own = std::make_shared<OwnFolder>();
    const auto tell = [&](const OwnRule &rule, const QString &sentence) {
        set.problems.push_back({0, sentence, ownFile(rule.document)});
    };
    std::map<QString, const OwnRule *> ruleOf; // by folder
    for (const OwnRule *rule : rules) {
        const QString name = u"r%1"_s.arg(ruleOf.size());
        const QDir dir(own->files.filePath(name));
        if (!own->files.isValid() || !QDir().mkpath(dir.path())) {
            tell(*rule, QObject::tr("There is no room for the rule's files: %1").arg(own->files.errorString()));
            continue;
        }
        const QString script = scriptName(rule->draft.yaml);
        if (script != QFileInfo(script).fileName()) {
            tell(*rule, QObject::tr("Filename is a name without folders, such as my_rule.py."));
            continue;
        }
        const QString yaml = dir.filePath(u"rule.yml"_s);
        RuleDraft text = rule->draft;
        text.format = Rule::Format::Sigma; // the YAML as it is: its lines count
        auto done = writeDraftAs(text, yaml);
        if (done && !script.isEmpty()) {
            text.yaml = rule->draft.python;
            done = writeDraftAs(text, dir.filePath(script));
        }
        if (!done) {
            tell(*rule, done.error().sentence);
            continue;
        }
        ruleOf.emplace(QFileInfo(dir.path()).canonicalFilePath(), rule);
    }
    own->folder = panther::readFolder(own->files.path());
    own->folder.helpers += helpers.helpers;
    own->folder.models += helpers.models;
    const auto ownerOf = [&](const QString &file) -> const OwnRule * {
        const auto found = ruleOf.find(QFileInfo(file).absolutePath());
        return found == ruleOf.end() ? nullptr : found->second;
    };
    for (Problem &problem : own->folder.problems) {
        if (const OwnRule *rule = ownerOf(problem.file)) {
            problem.file = ownFile(rule->document);
        }
    }
    std::set<const OwnRule *> read;
    RuleSet made;
    panther::addRules(std::shared_ptr<const panther::Folder>(own, &own->folder), made);
    for (const RulePtr &one : made.rules) {
        Rule rule = *one;
        if (const OwnRule *owner = ownerOf(rule.file)) {
            read.insert(owner);
            rule.file = ownFile(owner->document);
            rule.digest
                = QCryptographicHash::hash(owner->draft.toBytes(), QCryptographicHash::Sha1).toHex().toStdString();
        }
        set.rules.push_back(std::make_shared<const Rule>(std::move(rule)));
    }
    set.problems.insert(set.problems.end(), made.problems.begin(), made.problems.end());
    for (const auto &[folder, rule] : ruleOf) {
        const bool isTold = std::ranges::any_of(
            set.problems, [&, own = ownFile(rule->document)](const Problem &problem) { return problem.file == own; });
        if (!read.contains(rule) && !isTold) {
            tell(*rule,
                QObject::tr("This is no rule for Okta's log: it needs AnalysisType: rule, and Okta.SystemLog among its "
                            "LogTypes."));
        }
    }
}

} // namespace

PythonHelpers helpersOf(const std::vector<Pack> &packs)
{
    PythonHelpers all;
    std::set<const panther::Folder *> seen;
    std::set<QString> names;
    for (const Pack &pack : packs) {
        for (const RulePtr &rule : pack.set.rules) {
            const PythonRule *python = rule->python();
            if (!python || pack.id == ownPackId() || !seen.insert(python->folder.get()).second) {
                continue;
            }
            for (const panther::Helper &helper : python->folder->helpers) {
                if (names.insert(helper.id).second) {
                    all.helpers.append(helper);
                }
            }
            for (const panther::Model &model : python->folder->models) {
                if (names.insert(model.id).second) {
                    all.models.append(model);
                }
            }
        }
    }
    return all;
}

QString ownRuleKind()
{
    return u"rule"_s;
}

std::vector<OwnRule> ownRulesOf(const std::vector<store::Document> &documents, std::vector<Problem> &problems)
{
    std::vector<OwnRule> rules;
    for (const store::Document &document : documents) {
        auto draft = RuleDraft::fromBytes(document.body);
        if (draft) {
            rules.push_back({document.id, std::move(*draft)});
        } else {
            problems.push_back({0, draft.error().sentence, ownFile(document.id)});
        }
    }
    return rules;
}

QString ownPackId()
{
    return u"own"_s;
}

QString ownFile(const QString &document)
{
    return filePrefix + document;
}

std::optional<QString> ownDocument(const QString &file)
{
    return file.startsWith(filePrefix) ? std::optional(file.sliced(filePrefix.size())) : std::nullopt;
}

Pack ownPack(const std::vector<OwnRule> &rules, const PythonHelpers &helpers)
{
    Pack pack;
    pack.id = ownPackId();
    pack.title = QObject::tr("Own rules");
    pack.description = QObject::tr("Rules that were written here. They are kept in the case.");
    pack.isOnByDefault = true;
    RuleLoader loader(RuleLoader::LogSource::Any);
    std::vector<const OwnRule *> python;
    for (const OwnRule &rule : rules) {
        if (rule.draft.format == Rule::Format::Panther) {
            python.push_back(&rule);
        } else {
            loader.addText(ownFile(rule.document), rule.draft.yaml.toStdString());
        }
    }
    pack.set = loader.link();
    addPython(python, helpers, pack.set);
    // Documents have no names that tell anything, and what cannot be used is to be found again.
    for (Problem &problem : pack.set.problems) {
        const auto rule
            = std::ranges::find_if(rules, [&](const OwnRule &one) { return ownFile(one.document) == problem.file; });
        if (rule != rules.end()) {
            problem.title = rule->draft.title();
        }
    }
    return pack;
}

void tellDoubles(std::vector<Pack> &packs)
{
    std::map<QString, const Pack *> packOf;
    std::set<QString> ids;
    for (Pack &pack : packs) {
        if (!ids.insert(pack.id).second) {
            pack.id = pack.folder;
            ids.insert(pack.id);
        }
    }
    for (Pack &pack : packs) {
        for (const RulePtr &rule : pack.set.rules) {
            const auto [known, isNew] = packOf.emplace(rule->id, &pack);
            if (!isNew && known->second != &pack) {
                pack.set.problems.push_back({rule->line,
                    QObject::tr("The rule %1 is in the pack \"%2\", too, with the same id: that one counts while its "
                                "pack is on.")
                        .arg(rule->title.left(100), known->second->title.left(100)),
                    rule->file});
            }
        }
    }
}

} // namespace octotrail::detect
