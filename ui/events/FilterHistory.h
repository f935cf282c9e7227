// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace octotrail::ui {

/// The filters that were applied, newest first, each once, and a place in them for going up and down.
class FilterHistory
{
public:
    void add(const QString &filter);
    const QStringList &entries() const { return m_entries; }
    void setEntries(const QStringList &entries);

    /// One step into the past; draft is what stands in the field and comes back at the other end.
    /// A null string when there is nothing further.
    QString older(const QString &draft);
    QString newer();
    /// The user has typed: the next step starts from the newest again.
    void leave() { m_place = -1; }

private:
    static constexpr int maxEntries = 50;
    QStringList m_entries;
    QString m_draft;
    int m_place = -1;
};

} // namespace octotrail::ui
