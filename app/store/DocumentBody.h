// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QVariantMap>

/// Bodies of documents, and files that share them, that are JSON objects.
namespace octotrail::store {

/// As JSON, with the names in order, so that what has not changed is written the same; readable: indented, for files.
QByteArray writeBody(const QVariantMap &members, bool readable = false);

/// InvalidInput if it is no JSON object, with the sentence that says where it stops being one.
event::Result<QVariantMap> readBody(const QByteArray &json);

} // namespace octotrail::store
