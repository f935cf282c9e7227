// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Case.h"
#include "store/StoreFile.h"

namespace octotrail::test {

/// Gives use a connection to the case's file, which no store has open.
template <class Use>
void withConnection(const Case &c, const Use &use)
{
    auto file = store::StoreFile::open(c.file(), {});
    QVERIFY(file);
    auto connection = file->database().connect();
    QVERIFY(connection);
    use(*connection);
}

} // namespace octotrail::test
