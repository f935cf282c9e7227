// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ProfileIndex.h"
#include "store/duckdb/Connection.h"

#include <atomic>
#include <mutex>

namespace octotrail::store {

/// The store's profiles and annotations as filters ask them, read when they are first needed and again after they have
/// changed. Any thread.
class ProfileIndexCache
{
public:
    event::Result<filter::ProfileIndexPtr> get(duckdb::Connection &connection);
    /// To be called after each commit that changed profiles.
    void invalidate() { ++m_version; }
    /// The same of annotations, after which profiles need not be read again.
    void invalidateAnnotations() { ++m_annotationVersion; }

private:
    std::atomic<std::int64_t> m_version{1};
    std::atomic<std::int64_t> m_annotationVersion{1};
    std::mutex m_mutex;
    std::int64_t m_held = 0; ///< the version of m_profiles
    std::int64_t m_annotationsHeld = 0;
    std::shared_ptr<filter::DocumentIndex> m_profiles;
    std::shared_ptr<filter::DocumentIndex> m_annotations;
    filter::ProfileIndexPtr m_index; ///< of both
};

} // namespace octotrail::store
