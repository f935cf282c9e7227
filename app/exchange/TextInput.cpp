// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TextInput.h"

#include <QObject>

namespace octotrail::exchange {

QString bombSentence(const QString &caption)
{
    return QObject::tr("The rest of %1 was not read: it unpacks to more than 500 times its size, as no log does.")
        .arg(caption);
}

} // namespace octotrail::exchange
