// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QDir>
#include <QFileDevice>
#include <QObject>

namespace octotrail::exchange {

/// Whoever may not read the case may not read what is made of it.
inline constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

inline tl::unexpected<event::Error> fileFailure(const QString &fileName, const QString &reason)
{
    return event::failure(event::ErrorKind::Storage,
        QObject::tr("%1 cannot be written: %2. Choose another folder.")
            .arg(QDir::toNativeSeparators(fileName), reason));
}

} // namespace octotrail::exchange
