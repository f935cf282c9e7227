// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/SqlTemplates.h"

#include <QDir>
#include <QFile>
#include <algorithm>

// In a static library the linker drops resources that nothing asks for; outside of namespaces, as Qt wants it.
static void provideResource()
{
    Q_INIT_RESOURCE(sql);
}

namespace octotrail::ui {

using namespace Qt::StringLiterals;

QList<SqlTemplate> bundledSqlTemplates()
{
    provideResource();
    QList<SqlTemplate> templates;
    const QDir folder(u":/sql"_s);
    for (const QString &name : folder.entryList({u"*.sql"_s}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        SqlTemplate one;
        one.id = name.chopped(4);
        one.isBundled = true;
        QStringList lines;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            if (line.startsWith(u"-- title: "_s)) {
                one.title = line.mid(10);
            } else if (line.startsWith(u"-- about: "_s)) {
                one.about = line.mid(10);
            } else if (!line.startsWith(u"-- SPDX-"_s)) {
                lines << line;
            }
        }
        one.sql = u"-- "_s + one.about + u'\n' + lines.join(u'\n').trimmed() + u'\n';
        templates << one;
    }
    std::ranges::sort(templates, {}, &SqlTemplate::title);
    return templates;
}

} // namespace octotrail::ui
