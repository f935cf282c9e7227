// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherFolder.h"

#include "detect/Yaml.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QObject>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace octotrail::detect::panther {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    for (const QJsonValue &item : value.toArray()) {
        texts << item.toVariant().toString();
    }
    return texts;
}

/// The file as the host gets it. The events of its tests go as texts, since a JSON object of Qt would sort their keys
/// and round their numbers.
QJsonObject metaOf(YamlNode document)
{
    const auto tests = std::ranges::find(document.keys, "Tests");
    if (tests != document.keys.end()) {
        for (YamlNode &test : document.items[static_cast<std::size_t>(tests - document.keys.begin())].items) {
            const auto log = std::ranges::find(test.keys, "Log");
            if (log != test.keys.end()) {
                YamlNode &event = test.items[static_cast<std::size_t>(log - test.keys.begin())];
                event.text = toJson(event);
                event.kind = YamlNode::Kind::Scalar;
                event.isPlain = false;
            }
        }
    }
    return QJsonDocument::fromJson(QByteArray::fromStdString(toJson(document))).object();
}

/// "TA0006:T1110.001" as attack.t1110.001.
QStringList techniquesOf(const QJsonObject &reports)
{
    static const QRegularExpression technique(u"\\bT[0-9]{4}(\\.[0-9]{3})?\\b"_s);
    QStringList tags;
    for (const QString &entry : textsOf(reports.value("MITRE ATT&CK"_L1))) {
        if (const auto match = technique.match(entry); match.hasMatch()) {
            tags << u"attack."_s + match.captured().toLower();
        }
    }
    return tags;
}

class Reader
{
public:
    explicit Reader(const QString &path)
        : m_root(QFileInfo(path).canonicalFilePath())
    { }

    Folder read()
    {
        QStringList files;
        QDirIterator walk(
            m_root, {u"*.yml"_s, u"*.yaml"_s}, QDir::Files | QDir::Readable, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            files << walk.next();
        }
        files.sort();
        for (const QString &file : files) {
            readFile(file);
        }
        for (const auto &[file, meta] : m_derived) {
            readDerived(file, meta);
        }
        dropModels();
        return std::move(m_folder);
    }

private:
    void fail(const QString &file, const QString &reason, int line = 0)
    {
        m_folder.problems.push_back({line, reason, file});
    }

    void readFile(const QString &name)
    {
        QFile file(name);
        if (file.size() > largestFile) {
            fail(name, QObject::tr("the file is larger than 4 MB"));
            return;
        }
        if (!file.open(QIODevice::ReadOnly)) {
            fail(name, file.errorString());
            return;
        }
        const auto documents = readYaml(file.readAll().toStdString());
        if (!documents) {
            fail(name, documents.error().reason, documents.error().line);
            return;
        }
        if (documents->empty() || !documents->front().isMap()) {
            return; // no analysis
        }
        const QJsonObject meta = metaOf(documents->front());
        const QString type = meta.value("AnalysisType"_L1).toString();
        if (type == "rule"_L1 && !meta.value("BaseDetection"_L1).toString().isEmpty()) {
            m_derived.append({name, meta});
        } else if (type == "rule"_L1) {
            readRule(name, meta, name);
        } else if (type == "global"_L1) {
            readHelper(name, meta);
        } else if (type == "datamodel"_L1) {
            readModel(name, meta);
        } else if (type == "pack"_L1) {
            m_folder.packs.append({meta.value("PackID"_L1).toString(), meta.value("DisplayName"_L1).toString(),
                meta.value("Description"_L1).toString(),
                textsOf(meta.value("PackDefinition"_L1).toObject().value("IDs"_L1))});
        } else if (type == "scheduled_rule"_L1 || type == "correlation_rule"_L1) {
            leave(name, meta, type);
        } else if (type == "policy"_L1) {
            ++m_folder.others;
        }
    }

    /// Rules that ask Panther's own store of events: told if they are about Okta.
    void leave(const QString &name, const QJsonObject &meta, const QString &type)
    {
        if (!QJsonDocument(meta).toJson().toLower().contains("okta")) {
            ++m_folder.others;
            return;
        }
        const QString title = meta.value("DisplayName"_L1).toString(meta.value("RuleID"_L1).toString());
        m_folder.leftOut.push_back({0,
            (type == "scheduled_rule"_L1
                    ? QObject::tr(
                        "\"%1\" is a scheduled rule, which asks Panther's store of events, and is not run here.")
                    : QObject::tr("\"%1\" is a correlation in Panther's format, which is not run here."))
                .arg(title),
            name});
    }

    /// A rule that has another one's code, and says otherwise what it says.
    void readDerived(const QString &name, const QJsonObject &meta)
    {
        const QString base = meta.value("BaseDetection"_L1).toString();
        const auto found = std::ranges::find(m_folder.rules, base, &Rule::id);
        if (found == m_folder.rules.end()) {
            ++m_folder.others; // of another log, or not in this folder
            return;
        }
        QJsonObject merged = found->meta;
        for (auto entry = meta.begin(); entry != meta.end(); ++entry) {
            merged.insert(entry.key(), entry.value());
        }
        merged.insert(u"Filename"_s, found->meta.value("Filename"_L1));
        readRule(name, merged, found->file);
    }

    /// Keeps the models of Okta's log, and of others that rules for Okta's log watch, too: their tests need them.
    void dropModels()
    {
        QSet<QString> watched{QString::fromLatin1(logType)};
        for (const Rule &rule : m_folder.rules) {
            for (const QString &one : textsOf(rule.meta.value("LogTypes"_L1))) {
                watched.insert(one);
            }
        }
        m_folder.others += static_cast<int>(m_folder.models.removeIf([&](const Model &model) {
            return std::ranges::none_of(model.logTypes, [&](const QString &one) { return watched.contains(one); });
        }));
    }

    /// The Python file that the YAML names, if it is within the folder; empty if it names none.
    bool findScript(const QString &name, const QJsonObject &meta, QString &script)
    {
        const QString given = meta.value("Filename"_L1).toString();
        if (given.isEmpty()) {
            return true;
        }
        script = QFileInfo(QFileInfo(name).absoluteDir(), given).canonicalFilePath();
        if (script.isEmpty()) {
            fail(name, QObject::tr("the Python file %1 is missing").arg(given));
            return false;
        }
        if (!script.startsWith(m_root + u'/')) {
            fail(name, QObject::tr("the Python file %1 lies outside the folder").arg(given));
            return false;
        }
        return true;
    }

    /// Scripts are named from where the file scriptsOf is.
    void readRule(const QString &name, const QJsonObject &meta, const QString &scriptsOf)
    {
        if (!textsOf(meta.value("LogTypes"_L1)).contains(QLatin1String(logType))) {
            ++m_folder.others;
            return;
        }
        Rule rule;
        rule.id = meta.value("RuleID"_L1).toString();
        rule.file = name;
        rule.meta = meta;
        if (rule.id.isEmpty()) {
            fail(name, QObject::tr("the rule has no RuleID"));
            return;
        }
        if (m_ids.contains(rule.id)) {
            fail(name, QObject::tr("another file has the RuleID %1 already").arg(rule.id));
            return;
        }
        if (!findScript(scriptsOf, meta, rule.script)) {
            return;
        }
        m_ids.insert(rule.id);
        const QString title = meta.value("DisplayName"_L1).toString();
        rule.title = title.isEmpty() ? rule.id : title;
        rule.severity = meta.value("Severity"_L1).toString(u"INFO"_s).toUpper();
        rule.createsAlert = meta.value("CreateAlert"_L1).toBool(true);
        rule.dedupPeriod = std::chrono::minutes(std::max(1, meta.value("DedupPeriodMinutes"_L1).toInt(60)));
        rule.threshold = std::max(1, meta.value("Threshold"_L1).toInt(1));
        const QString status = meta.value("Status"_L1).toString();
        rule.tags = textsOf(meta.value("Tags"_L1));
        rule.enabled = meta.value("Enabled"_L1).toBool(true) && status != "Experimental"_L1 && status != "Deprecated"_L1
            && !rule.tags.contains("Configuration Required"_L1);
        rule.tags << techniquesOf(meta.value("Reports"_L1).toObject());
        m_folder.rules.append(rule);
    }

    void readHelper(const QString &name, const QJsonObject &meta)
    {
        Helper helper{meta.value("GlobalID"_L1).toString(), {}};
        if (!findScript(name, meta, helper.script)) {
            return;
        }
        if (helper.id.isEmpty() || helper.script.isEmpty()) {
            fail(name, QObject::tr("a global helper needs a GlobalID and a Filename"));
            return;
        }
        m_folder.helpers.append(helper);
    }

    void readModel(const QString &name, const QJsonObject &meta)
    {
        Model model;
        model.id = meta.value("DataModelID"_L1).toString();
        model.logTypes = textsOf(meta.value("LogTypes"_L1));
        if (!findScript(name, meta, model.script)) {
            return;
        }
        for (const QJsonValue &entry : meta.value("Mappings"_L1).toArray()) {
            const QJsonObject mapping = entry.toObject();
            const QJsonValue path = mapping.value("Path"_L1);
            model.mappings.insert(mapping.value("Name"_L1).toString(),
                path.isString() ? QJsonObject{{u"path"_s, path}}
                                : QJsonObject{{u"method"_s, mapping.value("Method"_L1).toString()}});
        }
        m_folder.models.append(model);
    }

    QString m_root;
    QSet<QString> m_ids;
    QList<std::pair<QString, QJsonObject>> m_derived; ///< files and what they say
    Folder m_folder;
};

} // namespace

Folder readFolder(const QString &path)
{
    return Reader(path).read();
}

} // namespace octotrail::detect::panther
