// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace octotrail::store {

/// Tells all Documents of a store of changes. Only for app/store/.
class DocumentNews : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    /// Emitted in the writer's thread.
    void changed(const QString &kind);
};

} // namespace octotrail::store
