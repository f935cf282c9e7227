// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/AnnotationStrip.h"

#include "ui/annotations/AnnotationModel.h"
#include "ui/annotations/MarksDelegate.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int shownOfNote = 600;

} // namespace

AnnotationStrip::AnnotationStrip(QWidget *parent)
    : QWidget(parent)
    , m_icons(new QLabel(this))
    , m_tags(new QLabel(this))
    , m_note(new QLabel(this))
{
    setObjectName(u"annotationStrip"_s);
    setAccessibleName(tr("What is noted of this event"));
    // Links of our own making around escaped text.
    m_tags->setTextFormat(Qt::RichText);
    m_tags->setObjectName(u"annotationTags"_s);
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_note->setObjectName(u"annotationNote"_s);
    m_note->setAccessibleName(tr("Note"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setMinimumWidth(1);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_icons, 0, Qt::AlignTop);
    layout->addWidget(m_tags, 0, Qt::AlignTop);
    layout->addWidget(m_note, 1);
    connect(m_tags, &QLabel::linkActivated, this, &AnnotationStrip::tagRequested);
    hide();
}

void AnnotationStrip::setBook(const AnnotationBook *book)
{
    m_book = book;
    connect(book, &AnnotationBook::changed, this, &AnnotationStrip::update);
    update();
}

void AnnotationStrip::setSeq(std::optional<store::Seq> seq)
{
    m_seq = seq;
    update();
}

void AnnotationStrip::update()
{
    const store::Annotation *annotation = m_book && m_seq ? m_book->find(*m_seq) : nullptr;
    setVisible(annotation != nullptr);
    if (!annotation) {
        return;
    }
    constexpr QSize size(3 * metrics::IconSize, metrics::IconSize);
    QPixmap pixmap(size * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintMarks(painter, QRect({}, size), marksOf(*annotation));
    painter.end();
    m_icons->setPixmap(pixmap);
    m_icons->setAccessibleName(annotation->bookmarked ? tr("Bookmarked") : QString());
    QStringList links;
    for (const QString &tag : annotation->tags) {
        const QString shown = singleLine(tag, 64).toHtmlEscaped();
        links << u"<a href=\"%1\">%2</a>"_s.arg(tag.toHtmlEscaped(), shown);
    }
    m_tags->setText(links.join(u", "_s));
    m_tags->setVisible(!links.isEmpty());
    m_tags->setAccessibleDescription(annotation->tags.join(u", "_s));
    m_note->setText(multiLine(annotation->note, shownOfNote));
    setAccessibleDescription(annotationText(*annotation));
}

void AnnotationStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        update();
    }
}

} // namespace octotrail::ui
