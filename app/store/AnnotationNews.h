// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace octotrail::store {

/// Tells all Annotations of a store of changes. Only for app/store/.
class AnnotationNews : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    /// Emitted in the writer's thread.
    void changed();
};

} // namespace octotrail::store
