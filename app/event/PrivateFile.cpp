// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/PrivateFile.h"

#include <QSaveFile>

namespace octotrail::event {

bool openPrivately(QSaveFile &file)
{
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

bool writePrivately(QSaveFile &file, const QByteArray &bytes)
{
    return openPrivately(file) && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace octotrail::event
