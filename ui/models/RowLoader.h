// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QCache>
#include <QObject>
#include <functional>
#include <memory>
#include <vector>

namespace octotrail::ui {

/// Reads the table's rows from the store, off the GUI thread, and keeps those that were used last.
/// Rows never change once they are committed, so what it holds stays true whatever the query.
class RowLoader : public QObject
{
    Q_OBJECT

public:
    explicit RowLoader(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    /// The row, if it is here. Valid until the next call of anything but find().
    const store::EventRow *find(store::Seq seq) const { return m_rows.object(seq); }

    /// Asks for rows to be shown, and for those around them, which are read when the first are here. One reading runs
    /// at a time; of the requests that come meanwhile the last one counts.
    void want(std::vector<store::Seq> shown, std::vector<store::Seq> around);

    /// Reads rows for someone who needs them all, then calls done in this thread, unless context has gone.
    /// Rows that the store does not have any more are not there afterwards.
    void load(std::vector<store::Seq> seqs, QObject *context, std::function<void(const event::Status &)> done);

    /// Drops everything: the events of a source were removed or its name has changed.
    void clear();

    /// Whether what the actors' profiles tell is read, too. Gives whether that is a change; then what was read is gone.
    bool setWithProfiles(bool with);
    bool isWithProfiles() const { return m_withProfiles; }
    /// Further paths: their cells follow those of eventCellPaths(). What was read is gone if that is a change.
    void setFurtherPaths(std::vector<std::string> paths);
    /// Where in a row the first of their cells is.
    std::size_t furtherCells() const;
    /// Whose cells a row has.
    std::vector<std::string> paths() const;

Q_SIGNALS:
    /// Rows asked for by want() have come.
    void loaded();
    void failed(const octotrail::event::Error &error);

private:
    std::vector<store::Seq> missing(const std::vector<store::Seq> &seqs) const;
    void keep(std::vector<store::EventRow> rows);
    void readWanted();

    static constexpr int capacity = 16384; ///< rows
    std::shared_ptr<store::Store> m_store;
    QCache<store::Seq, store::EventRow> m_rows{capacity};
    std::vector<store::Seq> m_wanted;
    std::vector<store::Seq> m_around;
    bool m_reading = false;
    bool m_withProfiles = false;
    std::vector<std::string> m_further;
    quint64 m_era = 0; ///< counts clear(): what was read before it is not kept
};

} // namespace octotrail::ui
