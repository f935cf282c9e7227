// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Manifest.h"

#include <QByteArray>

namespace octotrail::exchange {

/// A manifest's JSON as it was read.
struct ManifestText
{
    /// The digest of all that the manifest says, in itself: it shows a figure that was changed by whoever did not make
    /// the digest anew.
    enum class Checksum { Right, Wrong, None };

    Manifest manifest;
    Checksum checksum = Checksum::None;
    bool isQueryRead = true; ///< false: it has one, which no export can have asked
};

QByteArray manifestJson(const Manifest &manifest);

/// What may come from anyone; InvalidInput if it is no manifest. The name is for the sentence.
event::Result<ManifestText> readManifest(const QByteArray &bytes, const QString &name);

} // namespace octotrail::exchange
