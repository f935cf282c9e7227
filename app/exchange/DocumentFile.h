// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Documents.h"

#include <QStringList>

/// Documents as files, to be shared: saved searches, layouts, and the like. JSON that people can read and compare.
namespace octotrail::exchange {

/// Replaces the file. Waits for the disk.
event::Status writeDocumentFile(const QString &file, const std::vector<store::Document> &documents);

struct DocumentFile
{
    std::vector<store::Document> documents; ///< of the kind that was asked for, with the ids they had
    QStringList skipped; ///< a sentence on each that could not be read
};

/// What may come from anyone: bounded in size and number, names on one line, other kinds and other versions told.
/// Waits for the disk. InvalidInput if it is no such file at all.
event::Result<DocumentFile> readDocumentFile(const QString &file, const QString &kind);

/// A larger file is not read.
inline constexpr qint64 largestDocumentFile = qint64{16} << 20;
inline constexpr int mostDocuments = 5000;
inline constexpr qsizetype longestDocumentName = 200;

} // namespace octotrail::exchange
