// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace octotrail::store {

/// What analysts have noted of an event. It belongs to the event's uuid, so that it goes with the event into other
/// cases.
struct Annotation
{
    QString uuid;
    std::optional<event::Timestamp> published; ///< the event's
    Seq seq = 0; ///< of the event; 0 if it is not in this case (any more)
    bool bookmarked = false;
    QStringList tags; ///< without regard to case no two are equal; in the order of letters
    QString note;
    std::optional<event::Timestamp> modified{};

    bool isEmpty() const { return !bookmarked && tags.isEmpty() && note.isEmpty(); }
    bool operator==(const Annotation &) const = default;
};

/// What is to be changed of events' annotations; what is not named stays.
struct AnnotationEdit
{
    std::optional<bool> bookmarked{};
    QStringList addTags{};
    QStringList removeTags{};
    std::optional<QString> note{}; ///< empty: none
};

/// What an edit did to the annotations that it changed: put(before) undoes it, put(after) does it again.
struct AnnotationChange
{
    std::vector<Annotation> before;
    std::vector<Annotation> after; ///< of the same events in the same order
    bool isEmpty() const { return after.empty(); }
};

/// A tag as it is kept: one line, without blanks at its ends, of at most 64 characters; empty if nothing is left.
QString normalizedTag(const QString &tag);

} // namespace octotrail::store
