// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleLoader.h"

#include "filter/Tree.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <set>

namespace octotrail::detect {

namespace {

constexpr qint64 maxFileSize = qint64{1} << 20;
/// Correlations that refer to correlations that refer to ...
constexpr std::size_t maxChain = 20;

Checked<std::string> contentsOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return problem(0, QObject::tr("The file cannot be read: %1.").arg(file.errorString()));
    }
    const QByteArray bytes = file.read(maxFileSize + 1);
    return bytes.toStdString();
}

bool isDocumentOfPanther(const YamlNode &document)
{
    return document.isMap() && document.find("AnalysisType");
}

Correlation &correlationOf(Rule &rule)
{
    return std::get<Correlation>(rule.logic);
}

} // namespace

RulePtr RuleSet::find(const QString &idOrName) const
{
    for (const bool byId : {true, false}) {
        const auto it = std::ranges::find_if(
            rules, [&](const RulePtr &rule) { return (byId ? rule->id : rule->name) == idOrName; });
        if (it != rules.end()) {
            return *it;
        }
    }
    return nullptr;
}

RuleLoader::RuleLoader(LogSource logSource)
    : m_logSource(logSource)
{ }

void RuleLoader::fail(const QString &file, Problem problem)
{
    problem.file = file;
    m_problems.push_back(std::move(problem));
}

Placeholders RuleLoader::placeholdersOf(const QString &folder, const QString &root)
{
    const auto known = m_placeholders.find(folder);
    if (known != m_placeholders.end()) {
        return known->second;
    }
    Placeholders all;
    const QString parent = QFileInfo(folder).path();
    if (folder != root && parent != folder) {
        all = placeholdersOf(parent, root);
    }
    const QString file = QDir(folder).filePath(QStringLiteral("placeholders.yml"));
    if (QFileInfo::exists(file)) {
        const auto text = contentsOf(file);
        const auto documents = text ? readYaml(*text) : tl::unexpected(text.error());
        if (!documents) {
            fail(file, documents.error());
        } else if (!documents->empty() && documents->front().isMap()) {
            const YamlNode &map = documents->front();
            for (std::size_t i = 0; i < map.items.size(); ++i) {
                auto &values = all[map.keys[i]];
                values.clear();
                for (const QString &value : map.items[i].strings()) {
                    values.push_back(value.toStdString());
                }
            }
        }
    }
    m_placeholders.emplace(folder, all);
    return all;
}

void RuleLoader::readFile(const QString &file, const Placeholders &placeholders)
{
    const auto text = contentsOf(file);
    if (!text) {
        fail(file, text.error());
        return;
    }
    addText(file, *text, placeholders);
}

void RuleLoader::addFile(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    readFile(file, placeholdersOf(folder, folder));
}

void RuleLoader::addFolder(const QString &folder)
{
    const QString root = QFileInfo(folder).absoluteFilePath();
    if (!QFileInfo(root).isDir()) {
        fail(folder, {0, QObject::tr("There is no such folder.")});
        return;
    }
    QStringList files;
    QDirIterator iterator(root, {QStringLiteral("*.yml"), QStringLiteral("*.yaml")}, QDir::Files | QDir::Readable,
        QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        files.append(iterator.next());
    }
    files.sort();
    for (const QString &file : files) {
        const QString name = QFileInfo(file).fileName();
        if (name == QStringLiteral("pack.yml") || name == QStringLiteral("placeholders.yml")) {
            continue;
        }
        readFile(file, placeholdersOf(QFileInfo(file).path(), root));
    }
}

void RuleLoader::addText(const QString &file, std::string_view text, const Placeholders &placeholders)
{
    ++m_files;
    const auto documents = readYaml(text);
    if (!documents) {
        fail(file, documents.error());
        return;
    }
    const std::size_t first = m_entries.size();
    bool hasContents = false;
    bool isOfPanther = false;
    for (const YamlNode &node : *documents) {
        isOfPanther = isOfPanther || isDocumentOfPanther(node);
        if (node.isNull() || isDocumentOfPanther(node)) {
            continue;
        }
        hasContents = true;
        auto document = readSigmaDocument(node, placeholders);
        if (!document) {
            fail(file, document.error());
            continue;
        }
        if (!document->isForOkta && m_logSource == LogSource::Okta) {
            ++m_foreign;
            continue;
        }
        document->rule.file = file;
        m_entries.push_back({std::move(*document), file, true});
    }
    if (!hasContents && !isOfPanther) {
        fail(file, {0, QObject::tr("The file holds no rule.")});
    }
    nameRules(first, file);
}

/// Gives ids to rules without one, and the file's tests to the rule that is the file's point: its last correlation if
/// it has one.
void RuleLoader::nameRules(std::size_t first, const QString &file)
{
    Rule *point = nullptr;
    for (std::size_t i = first; i < m_entries.size(); ++i) {
        SigmaDocument &document = m_entries[i].document;
        if (document.rule.id.isEmpty()) {
            const QString base = QFileInfo(file).completeBaseName();
            const std::size_t number = i - first;
            document.rule.id = !document.rule.name.isEmpty() ? document.rule.name
                : number == 0                                ? base
                                                             : QStringLiteral("%1#%2").arg(base).arg(number + 1);
        }
        if (document.kind == SigmaDocument::Kind::Correlation) {
            point = &document.rule;
        }
    }
    if (!point) {
        return;
    }
    std::vector<RuleTest> tests;
    for (std::size_t i = first; i < m_entries.size(); ++i) {
        auto &own = m_entries[i].document.rule.tests;
        std::ranges::move(own, std::back_inserter(tests));
        own.clear();
    }
    point->tests = std::move(tests);
}

void RuleLoader::dropDoubles()
{
    std::map<QString, QString> seen;
    for (Entry &entry : m_entries) {
        const auto [it, isNew] = seen.emplace(entry.document.rule.id, entry.file);
        if (!isNew) {
            entry.isUsable = false;
            fail(entry.file,
                {entry.document.rule.line,
                    QObject::tr("The id %1 is that of a rule in %2, too.").arg(entry.document.rule.id, it->second)});
        }
    }
}

/// A name means the rule of the file that says it, if it has one: a copy of a file keeps the names of the original.
RuleLoader::Entry *RuleLoader::find(const QString &idOrName, const QString &file)
{
    const auto first = [&](const auto &isMeant) -> Entry * {
        const auto it = std::ranges::find_if(m_entries, [&](const Entry &entry) {
            return entry.isUsable && entry.document.kind != SigmaDocument::Kind::Filter && isMeant(entry);
        });
        return it == m_entries.end() ? nullptr : &*it;
    };
    const auto isNamed = [&](const Entry &entry) { return entry.document.rule.name == idOrName; };
    Entry *found = first([&](const Entry &entry) { return isNamed(entry) && entry.file == file; });
    if (!found) {
        found = first([&](const Entry &entry) { return entry.document.rule.id == idOrName; });
    }
    return found ? found : first(isNamed);
}

/// Adds what filters demand to the rules they name.
void RuleLoader::narrow()
{
    for (Entry &narrowing : m_entries) {
        if (!narrowing.isUsable || narrowing.document.kind != SigmaDocument::Kind::Filter) {
            continue;
        }
        const QStringList &names = narrowing.document.filteredRules;
        const bool isForAll = names.size() == 1 && names.front().toLower() == QStringLiteral("any");
        for (Entry &entry : m_entries) {
            Rule &rule = entry.document.rule;
            const bool isNamed
                = isForAll || names.contains(rule.id) || (!rule.name.isEmpty() && names.contains(rule.name));
            if (!isNamed || !entry.isUsable || entry.document.kind != SigmaDocument::Kind::Rule) {
                continue;
            }
            filter::And both;
            filter::tree::append(both, std::get<filter::Expression>(rule.logic).root());
            filter::tree::append(both, narrowing.document.restriction);
            rule.logic = filter::Expression(filter::tree::make(std::move(both)));
            rule.digest += '+' + narrowing.document.rule.digest;
        }
        for (const QString &name : isForAll ? QStringList() : names) {
            if (!find(name)) {
                fail(narrowing.file,
                    {narrowing.document.rule.line, QObject::tr("The filter names %1, which is not there.").arg(name)});
            }
        }
    }
}

/// Replaces the names of a correlation's rules by their ids. False if one is not there.
bool RuleLoader::resolve(Entry &entry)
{
    Correlation &correlation = correlationOf(entry.document.rule);
    std::map<QString, QString> idOf;
    for (QString &name : correlation.rules) {
        const Entry *named = find(name, entry.file);
        if (!named) {
            fail(entry.file,
                {entry.document.rule.line,
                    QObject::tr("The correlation names the rule %1, which is not there.").arg(name)});
            return false;
        }
        idOf.emplace(name, named->document.rule.id);
        name = named->document.rule.id;
    }
    for (auto &[alias, fields] : correlation.aliases) {
        std::map<QString, FieldName> byId;
        for (auto &[name, field] : fields) {
            const auto known = idOf.find(name);
            if (known == idOf.end() && !correlation.rules.contains(name)) {
                fail(entry.file,
                    {entry.document.rule.line,
                        QObject::tr("The alias %1 names %2, which is no rule of the correlation.")
                            .arg(QString::fromStdString(alias), name)});
                return false;
            }
            byId.emplace(known == idOf.end() ? name : known->second, field);
        }
        fields = std::move(byId);
    }
    return true;
}

/// Puts the entry behind what it refers to; drops it if that is not usable or comes back to it.
void RuleLoader::order(Entry &entry, std::vector<Entry *> &ordered, std::vector<Entry *> &path)
{
    if (!entry.isUsable || std::ranges::find(ordered, &entry) != ordered.end()) {
        return;
    }
    if (std::ranges::find(path, &entry) != path.end() || path.size() > maxChain) {
        entry.isUsable = false;
        fail(entry.file, {entry.document.rule.line, QObject::tr("The correlation refers to itself through others.")});
        return;
    }
    if (entry.document.kind == SigmaDocument::Kind::Correlation) {
        path.push_back(&entry);
        Rule &rule = entry.document.rule;
        for (const QString &id : correlationOf(rule).rules) {
            Entry *named = find(id);
            if (named) {
                order(*named, ordered, path);
            }
            if (!entry.isUsable) {
                break; // it came back
            }
            if (!named || !named->isUsable) {
                entry.isUsable = false;
                fail(entry.file, {rule.line, QObject::tr("The correlation's rule %1 cannot be used.").arg(id)});
                break;
            }
            rule.digest += '+' + named->document.rule.digest;
        }
        path.pop_back();
    }
    if (entry.isUsable) {
        ordered.push_back(&entry);
    }
}

RuleSet RuleLoader::link()
{
    dropDoubles();
    narrow();
    for (Entry &entry : m_entries) {
        if (entry.isUsable && entry.document.kind == SigmaDocument::Kind::Correlation) {
            entry.isUsable = resolve(entry);
        }
    }
    std::vector<Entry *> ordered;
    for (Entry &entry : m_entries) {
        std::vector<Entry *> path;
        if (entry.document.kind != SigmaDocument::Kind::Filter) {
            order(entry, ordered, path);
        }
    }
    // What somebody refers to raises nothing by itself, unless somebody wants it to.
    std::map<QString, bool> raises;
    for (const Entry *entry : ordered) {
        if (const Correlation *correlation = entry->document.rule.correlation()) {
            for (const QString &id : correlation->rules) {
                raises[id] = raises[id] || correlation->generate;
            }
        }
    }
    RuleSet result;
    for (Entry *entry : ordered) {
        Rule &rule = entry->document.rule;
        const auto said = raises.find(rule.id);
        rule.raises = said == raises.end() || said->second;
        if (rule.correlation()) {
            // A chain of correlations can make it long.
            rule.digest = QCryptographicHash::hash(QByteArray::fromStdString(rule.digest), QCryptographicHash::Sha1)
                              .toHex()
                              .toStdString();
        }
        result.rules.push_back(std::make_shared<const Rule>(std::move(rule)));
    }
    result.problems = std::move(m_problems);
    std::ranges::stable_sort(result.problems,
        [](const Problem &a, const Problem &b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
    result.files = m_files;
    result.foreign = m_foreign;
    m_entries.clear();
    return result;
}

} // namespace octotrail::detect
