// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Compactor.h"

namespace octotrail::store {

event::Status compactBlocks(duckdb::Connection &)
{
    return {};
}

} // namespace octotrail::store
