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

/// What a query gives in its first column.
inline std::vector<store::Seq> seqs(store::duckdb::Connection &connection, const std::string &sql)
{
    std::vector<store::Seq> found;
    auto rows = connection.query(sql);
    if (!rows || !rows->forEach([&](const store::duckdb::Chunk &chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                found.push_back(chunk.column(0).bigint(row));
            }
            return true;
        })) {
        QTest::qFail(sql.c_str(), __FILE__, __LINE__);
    }
    return found;
}

} // namespace octotrail::test
