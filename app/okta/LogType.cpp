// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/LogType.h"

#include <QObject>

namespace octotrail::okta {

const QList<LogType> &logTypes()
{
    static const QList<LogType> catalogue{
        {QStringLiteral("Okta.SystemLog"), QObject::tr("System Log"),
            QObject::tr("Sign-ins, administration, application access, multifactor and device events: "
                        "everything that the organization's System Log records.")},
    };
    return catalogue;
}

} // namespace octotrail::okta
