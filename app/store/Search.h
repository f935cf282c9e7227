// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <QObject>
#include <memory>
#include <vector>

namespace octotrail::store {

using SeqsPtr = std::shared_ptr<const std::vector<Seq>>;

/// A running search: the ordered seqs of the events that match, as they are found. First a screenful, then the rest.
/// Signals arrive in the thread that started it, and none after it was cancelled or deleted.
class Search : public QObject
{
    Q_OBJECT

public:
    ~Search() override;

    void cancel();
    bool isRunning() const;

Q_SIGNALS:
    /// Once, first: the search sees the events up to this seq. What is committed later is for a Matcher to decide.
    void started(octotrail::store::Seq last);
    /// The next seqs in the result's order, to be appended to those given before.
    void found(const octotrail::store::SeqsPtr &seqs);
    /// How much was looked at, from 0 to 1, for a search that has to read bytes.
    void progressed(double fraction);
    /// The end, once, unless failed: the number of all that were found.
    void finished(qint64 total);
    void failed(const octotrail::event::Error &error);

private:
    friend class Store;
    struct Private;
    explicit Search(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace octotrail::store

Q_DECLARE_METATYPE(octotrail::store::SeqsPtr)
Q_DECLARE_METATYPE(octotrail::event::Error)
