// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AnnotationRecords.h"

#include <QFuture>
#include <QObject>
#include <memory>

namespace octotrail::store {

class Store;

/// Bookmarks, tags and notes on the events of a store, kept in the case. Filters ask them as annotation.bookmarked,
/// annotation.tag and annotation.note; an export writes the same paths as columns.
///
/// Several objects may stand on one store. May be called from any thread; futures finish in the store's threads. Each
/// change is one transaction.
class Annotations : public QObject
{
    Q_OBJECT

public:
    explicit Annotations(std::shared_ptr<Store> store);
    ~Annotations() override;

    /// All, in the time of the events.
    QFuture<event::Result<std::vector<Annotation>>> list();

    /// Changes what is noted of these events, and gives those that it changed. InvalidInput if it is more than can be
    /// kept, or if there are more than mostAtOnce events.
    QFuture<event::Result<AnnotationChange>> edit(std::vector<Seq> seqs, AnnotationEdit edit);

    /// Replaces the annotations of these events, whether they are in this case or not; an empty one removes it. For
    /// undoing an edit.
    QFuture<event::Status> put(std::vector<Annotation> annotations);

    /// Adds annotations from elsewhere: bookmarks and tags are united; notes, if they differ, stand one below the
    /// other.
    QFuture<event::Result<AnnotationChange>> merge(std::vector<Annotation> annotations);

    static constexpr std::size_t mostAtOnce = 100'000;
    static constexpr qsizetype longestNote = 20'000;
    static constexpr qsizetype mostTags = 50; ///< of an event

Q_SIGNALS:
    /// Annotations were changed, through whichever object; emitted in the thread of this one.
    void changed();

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
