// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QByteArray;
class QSaveFile;

namespace octotrail::event {

/// Opens the file for writing, for its owner alone from the first byte on, even if it replaces one that others may
/// read: whoever may not read the case may not read what leaves it.
bool openPrivately(QSaveFile &file);

/// Opens it so, writes all of the bytes, and puts the file in its place. False: errorString() says why.
bool writePrivately(QSaveFile &file, const QByteArray &bytes);

} // namespace octotrail::event
