// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Packs.h"

#include "detect/Yaml.h"
#include "detect/panther/PantherDetector.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>

namespace octotrail::detect {

namespace {

const QString packFile = QStringLiteral("pack.yml");

QString textOf(const YamlNode &map, std::string_view key)
{
    const YamlNode *node = map.find(key);
    return node && node->isScalar() ? node->string().trimmed() : QString();
}

/// What pack.yml says, where there is one.
void readDescription(const QString &name, Pack &pack)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const auto documents = readYaml(file.read(qint64{1} << 20).toStdString());
    if (!documents || documents->empty() || !documents->front().isMap()) {
        pack.set.problems.push_back({documents ? 0 : documents.error().line,
            documents ? QObject::tr("This is no description of a pack.") : documents.error().reason, name});
        return;
    }
    const YamlNode &said = documents->front();
    const auto taken = [&](const char *key, const QString &otherwise) {
        const QString text = textOf(said, key);
        return text.isEmpty() ? otherwise : text;
    };
    pack.id = taken("id", pack.id);
    pack.title = taken("title", pack.title);
    pack.description = textOf(said, "description");
    pack.isOnByDefault = textOf(said, "enabled").toLower() != QStringLiteral("false");
}

Pack readPack(const QString &folder)
{
    Pack pack;
    pack.folder = folder;
    pack.id = QFileInfo(folder).fileName();
    pack.title = pack.id;
    pack.isOnByDefault = true;
    RuleLoader loader;
    loader.addFolder(folder);
    pack.set = loader.link();
    panther::addRules(folder, pack.set);
    readDescription(QDir(folder).filePath(packFile), pack);
    return pack;
}

} // namespace

QString bundledPacksFolder()
{
    const QString installed
        = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("../share/octotrail/packs"));
    for (const QString &folder : {installed, QStringLiteral(OCTOTRAIL_SOURCE_PACKS)}) {
        if (QFileInfo(folder).isDir()) {
            return QDir::cleanPath(folder);
        }
    }
    return {};
}

std::vector<Pack> bundledPacks()
{
    const QString folder = bundledPacksFolder();
    std::vector<Pack> packs = folder.isEmpty() ? std::vector<Pack>() : packsIn(folder);
    for (Pack &pack : packs) {
        pack.isBundled = true;
    }
    std::ranges::stable_sort(packs, [](const Pack &a, const Pack &b) {
        return std::pair(!a.isOnByDefault, a.title) < std::pair(!b.isOnByDefault, b.title);
    });
    return packs;
}

QStringList defaultPackIds()
{
    QStringList ids;
    const QDir folder(bundledPacksFolder());
    const auto names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : names) {
        Pack pack;
        pack.id = name;
        pack.isOnByDefault = true;
        readDescription(QDir(folder.filePath(name)).filePath(packFile), pack);
        if (pack.isOnByDefault) {
            ids.append(pack.id);
        }
    }
    return ids;
}

std::vector<Pack> packsIn(const QString &folder)
{
    const QString whole = QFileInfo(folder).absoluteFilePath();
    std::vector<Pack> packs;
    if (!QFileInfo::exists(QDir(whole).filePath(packFile))) {
        const auto folders = QDir(whole).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const QString &name : folders) {
            const QString inside = QDir(whole).filePath(name);
            if (QFileInfo::exists(QDir(inside).filePath(packFile))) {
                packs.push_back(readPack(inside));
            }
        }
    }
    if (packs.empty()) {
        packs.push_back(readPack(whole));
    }
    return packs;
}

} // namespace octotrail::detect
