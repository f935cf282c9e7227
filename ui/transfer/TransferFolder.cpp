// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/TransferFolder.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace octotrail::ui {

namespace {

constexpr auto key = "transfer/folder";

} // namespace

QString transferFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    for (const QString &folder : {QSettings().value(key).toString(), documents}) {
        if (!folder.isEmpty() && QFileInfo(folder).isDir()) {
            return folder;
        }
    }
    return QDir::homePath();
}

void rememberTransferFolder(const QString &file)
{
    QSettings().setValue(key, QFileInfo(file).absolutePath());
}

} // namespace octotrail::ui
