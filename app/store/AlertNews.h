// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertRecords.h"

#include <QObject>

namespace octotrail::store {

/// Tells all Alerts of a store of changes. Only for app/store/.
class AlertNews : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    /// Emitted in the writer's thread.
    void changed(const octotrail::store::AlertChange &change);
};

} // namespace octotrail::store
