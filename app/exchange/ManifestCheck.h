// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Manifest.h"
#include "store/Store.h"

#include <QStringList>
#include <memory>

namespace octotrail::exchange {

/// What a check found.
struct ManifestCheck
{
    Manifest manifest; ///< without a query if there was none, or none that an export can have asked
    QString sha256; ///< the manifest's own
    QStringList problems; ///< a sentence on each file and figure that is not what it was
    QStringList unchecked; ///< a sentence on each that could not be looked at
    bool isSound() const { return problems.isEmpty(); }
};

/// Compares the files beside the manifest with it, and its figures with each other and with the files: how many events
/// these have, and the digest of all that the manifest says. Who writes the manifest can make that digest anew: what
/// shows this is the case (compareWithCase()), or the manifest's SHA-256 where it was noted down. InvalidInput if it is
/// none. What may come from anyone: no file but those beside it is looked at. progress is told the share that was read.
/// Waits for the disk.
event::Result<ManifestCheck> checkManifest(
    const QString &file, const std::function<void(double)> &progress, const std::stop_token &stop);

/// Compares what the manifest says of the case that the export was made of with that case: whether its chain had this
/// head, and how many events the query found then. Adds to the check. Fails if the case cannot be read. Waits.
event::Status compareWithCase(
    ManifestCheck &check, const std::shared_ptr<store::Store> &store, const std::stop_token &stop);

} // namespace octotrail::exchange
