// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "store/Records.h"

#include <QString>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::exchange {

/// A file as a manifest knows it.
struct ManifestFile
{
    QString name; ///< without its folder: it lies beside the manifest
    qint64 bytes = 0;
    QString sha256; ///< 64 lower-case digits
};

/// What an export was: its files with their digests, and where they come from. For the chain of custody: whoever gets
/// the files sees whether they are what was exported, and whoever has the case finds the head in its chain.
struct Manifest
{
    std::vector<ManifestFile> files;
    qint64 events = 0;
    qint64 withheld = 0; ///< not exported, since they could not be redacted
    QString format;
    std::optional<store::EventQuery> query; ///< none of a redacted export: a filter may say what was redacted
    bool isChosen = false; ///< of what the query finds, those that somebody chose
    std::vector<std::string> redactedFields; ///< empty: nothing was redacted
    QString caseName; ///< the file's, without its folder; empty if something was redacted
    QString head; ///< of the case's integrity chain when the export began
    event::Timestamp created{};
};

/// The file beside an export that describes it: "events.csv.manifest.json".
QString manifestFileFor(const QString &exported);

/// Reads the file from its beginning to its end; read is given its bytes. Waits for the disk.
event::Result<ManifestFile> describeFile(
    const QString &file, const std::stop_token &stop, const std::function<void(std::string_view)> &read = {});

/// Replaces the file; readable by its owner alone. Gives its own SHA-256, which is worth noting down.
event::Result<QString> writeManifest(const QString &file, const Manifest &manifest);

} // namespace octotrail::exchange
