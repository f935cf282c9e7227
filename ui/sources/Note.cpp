// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/Note.h"

#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/widgets/PlainText.h"

#include <QHBoxLayout>

namespace octotrail::ui {

namespace {

QStringView iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return u"check";
    case Tone::Warning:
        return u"warning";
    case Tone::Bad:
        return u"error";
    default:
        return u"info";
    }
}

} // namespace

Note::Note(QWidget *parent)
    : QWidget(parent)
    , m_icon(new StatusIcon(this))
    , m_text(new ToneLabel(this))
    , m_column(new QVBoxLayout)
{
    constexpr int margin = metrics::Unit + metrics::HalfUnit;
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(m_column, 1);
    m_column->setSpacing(metrics::Unit);
    m_column->addWidget(m_text);
    m_icon->setIcon(iconOf(m_tone), m_tone);
}

void Note::setText(Tone tone, const QString &text, QStringView iconName)
{
    m_tone = tone;
    m_icon->setIcon(iconName.isEmpty() ? iconOf(tone) : iconName, tone);
    m_text->setText(multiLine(text, 2000));
    setAccessibleName(m_text->text());
    update();
}

QString Note::text() const
{
    return m_text->text();
}

void Note::addWidget(QWidget *widget)
{
    m_column->addWidget(widget, 0, Qt::AlignLeft);
}

void Note::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painting::box(painter, rect(), toneBackground(m_tone, palette()), QColor(), metrics::Radius);
}

} // namespace octotrail::ui
