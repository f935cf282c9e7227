// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Annotations.h"

#include <QHash>
#include <QTimer>

namespace octotrail::ui {

/// All annotations of a store at hand, for a table that asks about every row it paints. Read off the GUI thread, again
/// after each change.
class AnnotationBook : public QObject
{
    Q_OBJECT

public:
    explicit AnnotationBook(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~AnnotationBook() override;

    store::Annotations &annotations() { return m_annotations; }

    /// nullptr if nothing is noted of the event. Valid until changed().
    const store::Annotation *find(store::Seq seq) const;
    /// In the time of the events.
    const std::vector<store::Annotation> &all() const { return m_all; }
    bool isLoaded() const { return m_loaded; }

    struct TagCount
    {
        QString tag;
        int count = 0;
    };
    /// The most used first.
    QList<TagCount> tags() const;

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);

private:
    void load();

    std::shared_ptr<store::Store> m_store;
    store::Annotations m_annotations;
    std::vector<store::Annotation> m_all;
    QHash<store::Seq, qsizetype> m_bySeq; ///< into m_all
    QTimer m_lostTimer; ///< events that are not here may come in
    bool m_loaded = false;
    bool m_loading = false;
    bool m_again = false;
};

/// What is noted of an event in words: "Bookmarked. Tags: phishing, c2. Note: ...". Empty for none.
QString annotationText(const store::Annotation &annotation);

} // namespace octotrail::ui
