// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"
#include "ui/models/EventResult.h"

#include <QTimer>

namespace octotrail::ui {

/// Which events of a result answer a second question: for finding within what is shown. The store is asked, so that it
/// does not matter how many there are; the result stays as it is. Follows the result when that changes.
class ResultFinder : public QObject
{
    Q_OBJECT

public:
    ResultFinder(std::shared_ptr<store::Store> store, EventResult &result, QObject *parent = nullptr);
    ~ResultFinder() override;

    void find(const filter::Input &input);
    void clear();

    bool isActive() const { return m_active; }
    bool isSearching() const { return m_search != nullptr; }
    /// Set if the store could not answer.
    const QString &failure() const { return m_failure; }
    qint64 count() const { return m_count; }
    bool contains(store::Seq seq) const
    {
        return seq >= 0 && static_cast<std::size_t>(seq) < m_hits.size() && m_hits[static_cast<std::size_t>(seq)];
    }

    /// The next row behind this one with such an event, or the one before it; from the other end if there is none.
    /// nullopt if none is shown.
    std::optional<int> next(int row, int rowCount) const;
    std::optional<int> previous(int row, int rowCount) const;
    /// How many of them stand up to the row, with it.
    qint64 countUpTo(int row) const;

Q_SIGNALS:
    /// More were found, or it is another question.
    void changed();
    /// The search for what was asked with find() has come so far that the first one is known, or that there is none.
    void firstFound();
    /// All that was asked with find() is known.
    void allFound();

private:
    void start(bool anew);
    void take(const store::SeqsPtr &seqs);
    void endSearch();

    std::shared_ptr<store::Store> m_store;
    EventResult &m_result;
    filter::Input m_input;
    bool m_active = false;
    bool m_isOther = false; ///< the result is another one than was searched, not only a longer one
    bool m_anew = false; ///< the first hits of a question are not there yet
    std::vector<bool> m_hits; ///< by seq
    std::vector<bool> m_before; ///< while a search runs again: what is being replaced
    qint64 m_count = 0;
    qint64 m_found = 0; ///< by the search that runs
    QString m_failure;
    std::unique_ptr<store::Search> m_search;
    QTimer m_again;
};

} // namespace octotrail::ui
