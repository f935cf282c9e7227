// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockCache.h"

namespace octotrail::store {

BlockPtr BlockCache::find(Seq first, Seq last)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_byFirst.find(first);
    if (it == m_byFirst.end() || it->second->last != last) {
        return nullptr;
    }
    return use(it->second);
}

BlockPtr BlockCache::findContaining(Seq seq)
{
    const std::lock_guard lock(m_mutex);
    const auto after = m_byFirst.upper_bound(seq);
    if (after == m_byFirst.begin() || std::prev(after)->second->last < seq) {
        return nullptr;
    }
    return use(std::prev(after)->second);
}

void BlockCache::insert(Seq first, Seq last, BlockPtr block)
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_byFirst.find(first); it != m_byFirst.end()) {
        m_used -= it->second->block->memory();
        m_entries.erase(it->second);
        m_byFirst.erase(it);
    }
    m_used += block->memory();
    m_entries.push_front({first, last, std::move(block)});
    m_byFirst.emplace(first, m_entries.begin());
    while (m_used > m_budget && m_entries.size() > 1) {
        const Entry &oldest = m_entries.back();
        m_used -= oldest.block->memory();
        m_byFirst.erase(oldest.first);
        m_entries.pop_back();
    }
}

void BlockCache::clear()
{
    const std::lock_guard lock(m_mutex);
    m_byFirst.clear();
    m_entries.clear();
    m_used = 0;
}

std::optional<BlockCache::Span> BlockCache::span(Seq last)
{
    constexpr Seq few = 64; // one for so many
    const std::lock_guard lock(m_mutex);
    return m_span && last - m_span->last <= m_span->last / few ? m_span : std::nullopt;
}

void BlockCache::note(const Span &span)
{
    const std::lock_guard lock(m_mutex);
    m_span = span;
}

BlockPtr BlockCache::use(Entries::iterator entry)
{
    m_entries.splice(m_entries.begin(), m_entries, entry);
    return entry->block;
}

} // namespace octotrail::store
