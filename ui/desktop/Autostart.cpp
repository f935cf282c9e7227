// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/Autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QSaveFile>
#include <QStandardPaths>

namespace octotrail::ui::autostart {

using namespace Qt::StringLiterals;

namespace {

/// As the Desktop Entry Specification wants an argument of Exec quoted.
QString quoted(const QString &argument)
{
    QString text;
    for (const QChar c : argument) {
        if (c == u'%') {
            text += u'%';
        } else if (u"\"`$\\"_s.contains(c)) {
            text += c == u'\\' ? u"\\\\\\"_s : u"\\\\"_s; // the value's own escapes, and the quotes'
        }
        text += c;
    }
    return u'"' + text + u'"';
}

} // namespace

QString file()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::ConfigLocation))
        .filePath(u"autostart/org.octotrail.Octotrail.desktop"_s);
}

bool isEnabled()
{
    QFile entry(file());
    if (!entry.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QByteArray text = entry.read(10'000);
    return !text.contains("\nHidden=true"); // how desktops switch an entry off
}

event::Status setEnabled(bool enabled, const QString &program)
{
    const QString name = file();
    if (!enabled) {
        if (!QFileInfo::exists(name) || QFile::remove(name)) {
            return {};
        }
        return event::failure(event::ErrorKind::Storage, QObject::tr("%1 could not be removed.").arg(name));
    }
    QSaveFile entry(name);
    const QString text
        = u"[Desktop Entry]\nType=Application\nName=Octotrail\n"
          "Comment=Collect the audit trail of an Okta organization\nExec=%1 --minimized\n"
          "Icon=org.octotrail.Octotrail\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"_s.arg(quoted(program));
    const QByteArray bytes = text.toUtf8();
    if (!QDir().mkpath(QFileInfo(name).path()) || !entry.open(QIODevice::WriteOnly)
        || entry.write(bytes) != bytes.size() || !entry.commit()) {
        return event::failure(
            event::ErrorKind::Storage, QObject::tr("%1 could not be written: %2.").arg(name, entry.errorString()));
    }
    return {};
}

} // namespace octotrail::ui::autostart
