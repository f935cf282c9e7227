// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/AnnotationBook.h"

#include "store/Store.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>
#include <map>

namespace octotrail::ui {

AnnotationBook::AnnotationBook(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_annotations(m_store)
{
    connect(&m_annotations, &store::Annotations::changed, this, &AnnotationBook::load);
    connect(m_store.get(), &store::Store::sourcesChanged, this, &AnnotationBook::load);
    m_lostTimer.setSingleShot(true);
    m_lostTimer.setInterval(std::chrono::seconds(3));
    connect(&m_lostTimer, &QTimer::timeout, this, &AnnotationBook::load);
    connect(m_store.get(), &store::Store::committed, this, [this] {
        const bool lost = std::ranges::any_of(m_all, [](const store::Annotation &one) { return one.seq == 0; });
        if (lost && !m_lostTimer.isActive()) {
            m_lostTimer.start();
        }
    });
    load();
}

AnnotationBook::~AnnotationBook()
{
    m_store->disconnect(this);
}

void AnnotationBook::load()
{
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    whenFinished(m_annotations.list(), this, [this](event::Result<std::vector<store::Annotation>> list) {
        m_loading = false;
        if (std::exchange(m_again, false)) {
            load();
        }
        if (!list) {
            Q_EMIT failed(list.error().sentence);
            return;
        }
        m_all = std::move(*list);
        m_bySeq.clear();
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            if (m_all[i].seq > 0) {
                m_bySeq.insert(m_all[i].seq, static_cast<qsizetype>(i));
            }
        }
        m_loaded = true;
        Q_EMIT changed();
    });
}

const store::Annotation *AnnotationBook::find(store::Seq seq) const
{
    const auto found = m_bySeq.constFind(seq);
    return found == m_bySeq.cend() ? nullptr : &m_all[static_cast<std::size_t>(*found)];
}

QList<AnnotationBook::TagCount> AnnotationBook::tags() const
{
    std::map<QString, TagCount> byName; // in any case
    for (const store::Annotation &annotation : m_all) {
        for (const QString &tag : annotation.tags) {
            TagCount &count = byName[tag.toCaseFolded()];
            count.tag = count.tag.isEmpty() ? tag : count.tag;
            ++count.count;
        }
    }
    QList<TagCount> tags;
    for (auto &[name, count] : byName) {
        tags << count;
    }
    std::ranges::stable_sort(tags, [](const TagCount &a, const TagCount &b) { return a.count > b.count; });
    return tags;
}

QString annotationText(const store::Annotation &annotation)
{
    QStringList parts;
    if (annotation.bookmarked) {
        parts << AnnotationBook::tr("Bookmarked.");
    }
    if (!annotation.tags.isEmpty()) {
        parts << AnnotationBook::tr("Tags: %1.").arg(singleLine(annotation.tags.join(QStringLiteral(", ")), 500));
    }
    if (!annotation.note.isEmpty()) {
        parts << AnnotationBook::tr("Note: %1").arg(multiLine(annotation.note, 1000));
    }
    return parts.join(u' ');
}

} // namespace octotrail::ui
