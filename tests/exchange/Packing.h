// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <utility>

namespace octotrail::tests {

/// One gzip member of the bytes.
QByteArray gzip(const QByteArray &bytes);
/// One zstd frame of the bytes.
QByteArray zstd(const QByteArray &bytes);
/// A zip archive of files: their names and contents.
QByteArray zip(const QList<std::pair<QByteArray, QByteArray>> &files);

} // namespace octotrail::tests
