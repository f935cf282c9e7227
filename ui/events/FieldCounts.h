// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/FieldCensus.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <memory>

namespace octotrail::ui {

/// How often fields occur in the newest events, for those who choose among them. Read again while events arrive, now
/// and then.
class FieldCounts : public QObject
{
    Q_OBJECT

public:
    explicit FieldCounts(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    /// In how many of a hundred events; nullopt if that is not known.
    std::optional<int> percent(const QString &path) const;
    /// Paths that events have, beside those of the catalogue, most frequent first.
    const QStringList &furtherPaths() const { return m_further; }
    /// Reads them if they were read a while ago.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<store::Store> m_store;
    QHash<QString, qint64> m_counts;
    QStringList m_further;
    qint64 m_events = 0;
    QElapsedTimer m_age;
    bool m_isReading = false;
};

} // namespace octotrail::ui
