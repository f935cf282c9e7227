// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleDraft.h"

#include "detect/Yaml.h"
#include "event/PrivateFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <QUuid>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 maxFileSize = qint64{1} << 20;

/// The value behind a key at the start of a line; the last such line, since a file's point is its last document.
QString lineValue(const QString &text, const QString &key)
{
    const QRegularExpression line(u"^"_s + key + u":[ \\t]*(.*?)[ \\t]*(?:[ \\t]#.*)?$"_s,
        QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption);
    QString value;
    auto matches = line.globalMatch(text);
    while (matches.hasNext()) {
        value = matches.next().captured(1);
    }
    if (value.size() >= 2 && (value.front() == u'"' || value.front() == u'\'') && value.back() == value.front()) {
        const bool isSingle = value.front() == u'\'';
        value = value.sliced(1, value.size() - 2);
        value.replace(isSingle ? u"''"_s : u"\\\""_s, isSingle ? u"'"_s : u"\""_s);
    }
    return value;
}

/// Every id of the text gets another one, and so does what refers to it.
void renewIds(QString &yaml)
{
    static const QRegularExpression id(
        u"^id:[ \\t]*['\"]?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})['\"]?[ \\t]*$"_s,
        QRegularExpression::MultilineOption);
    QHash<QString, QString> renewed;
    auto matches = id.globalMatch(yaml);
    while (matches.hasNext()) {
        const QString old = matches.next().captured(1);
        if (!renewed.contains(old)) {
            renewed.insert(old, QUuid::createUuid().toString(QUuid::WithoutBraces));
        }
    }
    for (auto one = renewed.cbegin(); one != renewed.cend(); ++one) {
        yaml.replace(one.key(), one.value());
    }
}

event::Result<QString> textOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("The file %1 cannot be read: %2.").arg(QFileInfo(name).fileName(), file.errorString()));
    }
    const QByteArray bytes = file.read(maxFileSize + 1);
    if (bytes.size() > maxFileSize) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("The file %1 is larger than a rule can be (1 MB).").arg(QFileInfo(name).fileName()));
    }
    return QString::fromUtf8(bytes);
}

event::Status writeText(const QString &name, const QString &text)
{
    QSaveFile file(name);
    const QByteArray bytes = text.toUtf8();
    if (!event::writePrivately(file, bytes)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("The file %1 cannot be written: %2.").arg(QDir::toNativeSeparators(name), file.errorString()));
    }
    return {};
}

/// The same with the name of its Python file changed to that.
QString withScript(QString yaml, const QString &script)
{
    static const QRegularExpression line(u"^Filename:.*$"_s, QRegularExpression::MultilineOption);
    return yaml.replace(line, u"Filename: "_s + script);
}

} // namespace

QByteArray RuleDraft::toBytes() const
{
    const bool isPython = format == Rule::Format::Panther;
    QJsonObject object{{u"format"_s, isPython ? u"panther"_s : u"sigma"_s}, {u"yaml"_s, yaml}};
    if (isPython) {
        object.insert(u"python"_s, python);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

event::Result<RuleDraft> RuleDraft::fromBytes(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const QString format = object.value("format"_L1).toString();
    if (format != "sigma"_L1 && format != "panther"_L1) {
        return event::failure(event::ErrorKind::Corrupt,
            QObject::tr("A rule of the case cannot be read: it was written "
                        "by another program, or by a newer Octotrail."));
    }
    RuleDraft draft;
    draft.format = format == "panther"_L1 ? Rule::Format::Panther : Rule::Format::Sigma;
    draft.yaml = object.value("yaml"_L1).toString();
    draft.python = object.value("python"_L1).toString();
    return draft;
}

QString RuleDraft::title() const
{
    if (format == Rule::Format::Sigma) {
        return lineValue(yaml, u"title"_s).left(200);
    }
    const QString shown = lineValue(yaml, u"DisplayName"_s);
    return (shown.isEmpty() ? lineValue(yaml, u"RuleID"_s) : shown).left(200);
}

QString RuleDraft::fileName() const
{
    QString name;
    for (const QChar c : title().toLower().left(80)) {
        const bool isPlain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (isPlain) {
            name += c;
        } else if (!name.isEmpty() && !name.endsWith(u'-')) {
            name += u'-';
        }
    }
    while (name.endsWith(u'-')) {
        name.chop(1);
    }
    return name.isEmpty() ? u"rule"_s : name;
}

RuleDraft RuleDraft::withNewIds() const
{
    RuleDraft draft = *this;
    if (format == Rule::Format::Sigma) {
        renewIds(draft.yaml);
        return draft;
    }
    static const QRegularExpression line(
        u"^(RuleID:[ \\t]*)(['\"]?)([^'\"\\n]*)\\2[ \\t]*$"_s, QRegularExpression::MultilineOption);
    const QRegularExpressionMatch said = line.match(draft.yaml);
    const QString suffix = QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    if (said.hasMatch()) {
        draft.yaml.replace(said.capturedStart(), said.capturedLength(),
            u"RuleID: \""_s + said.captured(3).trimmed() + u'.' + suffix + u'"');
    }
    return draft;
}

RuleDraft RuleDraft::copy() const
{
    RuleDraft draft = withNewIds();
    const QString old = title();
    const QString key = format == Rule::Format::Sigma ? u"title"_s : u"DisplayName"_s;
    const QRegularExpression line(u"^"_s + key + u":.*$"_s, QRegularExpression::MultilineOption);
    // The last one is the file's point.
    QRegularExpressionMatch last;
    auto matches = line.globalMatch(draft.yaml);
    while (matches.hasNext()) {
        last = matches.next();
    }
    if (last.hasMatch()) {
        QString shown = QObject::tr("%1 (copy)").arg(old);
        shown.replace(u'\'', u"''"_s);
        draft.yaml.replace(last.capturedStart(), last.capturedLength(), key + u": '"_s + shown + u'\'');
    }
    return draft;
}

event::Result<RuleDraft> readDraft(const QString &name)
{
    auto yaml = textOf(name);
    if (!yaml) {
        return tl::unexpected(yaml.error());
    }
    RuleDraft draft;
    draft.yaml = std::move(*yaml);
    const auto documents = readYaml(draft.yaml.toStdString());
    if (!documents) {
        return draft; // what is wrong with it, the editor tells
    }
    const YamlNode *type
        = !documents->empty() && documents->front().isMap() ? documents->front().find("AnalysisType") : nullptr;
    if (!type) {
        return draft;
    }
    draft.format = Rule::Format::Panther;
    const YamlNode *script = documents->front().find("Filename");
    if (type->text != "rule") {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("%1 is no rule but a %2.").arg(QFileInfo(name).fileName(), type->string().left(40)));
    }
    if (script && script->isScalar()) {
        // As the folder's reader does: nothing outside the rule's own folder.
        const QString wanted = QFileInfo(script->string()).fileName();
        auto python = textOf(QFileInfo(name).absoluteDir().filePath(wanted));
        if (!python) {
            return tl::unexpected(python.error());
        }
        draft.python = std::move(*python);
    }
    return draft;
}

event::Status writeDraftAs(const RuleDraft &draft, const QString &file)
{
    if (draft.format == Rule::Format::Sigma || draft.python.isEmpty()) {
        return writeText(file, draft.yaml);
    }
    const QFileInfo info(file);
    const QString script = info.completeBaseName() + u".py"_s;
    if (auto done = writeText(info.absoluteDir().filePath(script), draft.python); !done) {
        return done;
    }
    return writeText(file, withScript(draft.yaml, script));
}

event::Result<QString> writeDraft(const RuleDraft &draft, const QString &folder)
{
    const QDir dir(folder);
    const QString base = draft.fileName();
    QString name = base;
    for (int number = 2; dir.exists(name + u".yml"_s) || dir.exists(name + u".py"_s); ++number) {
        name = u"%1-%2"_s.arg(base).arg(number);
    }
    const QString file = dir.filePath(name + u".yml"_s);
    if (const auto done = writeDraftAs(draft, file); !done) {
        return tl::unexpected(done.error());
    }
    return file;
}

} // namespace octotrail::detect
