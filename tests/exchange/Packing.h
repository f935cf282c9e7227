// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace octotrail::tests {

/// One gzip member of the bytes.
QByteArray gzip(const QByteArray &bytes);
/// One zstd frame of the bytes.
QByteArray zstd(const QByteArray &bytes);

} // namespace octotrail::tests
