// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterHistory.h"

namespace octotrail::ui {

void FilterHistory::add(const QString &filter)
{
    m_place = -1;
    constexpr qsizetype longest = 16'384; // a list of addresses is not worth to be kept with the settings
    if (filter.trimmed().isEmpty() || filter.size() > longest) {
        return;
    }
    m_entries.removeAll(filter);
    m_entries.prepend(filter);
    m_entries = m_entries.first(std::min<qsizetype>(m_entries.size(), maxEntries));
}

void FilterHistory::setEntries(const QStringList &entries)
{
    m_place = -1;
    m_entries = entries.first(std::min<qsizetype>(entries.size(), maxEntries));
}

QString FilterHistory::older(const QString &draft)
{
    if (m_place < 0) {
        m_draft = draft;
    }
    int next = m_place + 1;
    while (next < m_entries.size() && m_entries[next] == draft) {
        ++next; // it stands there already
    }
    if (next >= m_entries.size()) {
        return {};
    }
    m_place = next;
    return m_entries[m_place];
}

QString FilterHistory::newer()
{
    if (m_place < 0) {
        return {};
    }
    --m_place;
    return m_place < 0 ? (m_draft.isNull() ? QStringLiteral("") : m_draft) : m_entries[m_place];
}

} // namespace octotrail::ui
