// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/EventTypes.h"

#include <QFile>
#include <map>
#include <string>

// In a static library the linker drops resources that nothing asks for; outside of namespaces, as Qt wants it.
static void provideResource()
{
    Q_INIT_RESOURCE(event_types);
}

namespace octotrail::event {

namespace {

using Catalogue = std::map<std::string, QString, std::less<>>;

Catalogue readCatalogue()
{
    provideResource();
    Catalogue catalogue;
    QFile file(QStringLiteral(":/event-types.tsv"));
    if (!file.open(QIODevice::ReadOnly)) {
        return catalogue;
    }
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (const auto tab = line.indexOf('\t'); tab > 0) {
            catalogue.emplace(line.first(tab).toStdString(), QString::fromUtf8(line.sliced(tab + 1)));
        }
    }
    return catalogue;
}

const Catalogue &catalogue()
{
    static const Catalogue read = readCatalogue();
    return read;
}

} // namespace

QString eventTypeDescription(std::string_view eventType)
{
    const auto found = catalogue().find(eventType);
    return found == catalogue().end() ? QString() : found->second;
}

QStringList describedEventTypes()
{
    QStringList all;
    for (const auto &[type, description] : catalogue()) {
        all.append(QString::fromStdString(type));
    }
    return all;
}

} // namespace octotrail::event
