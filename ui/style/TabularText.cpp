// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/TabularText.h"

#include <QGlyphRun>
#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

TabularText::TabularText(const QFont &font)
    : m_font(font)
    , m_raw(QRawFont::fromFont(font))
{
    for (char16_t c = u'0'; c <= u'9'; ++c) {
        m_digit = std::max(m_digit, advance(c));
    }
}

qreal TabularText::advance(QChar c) const
{
    if (m_digit > 0 && c >= u'0' && c <= u'9') {
        return m_digit;
    }
    const QList<quint32> glyphs = m_raw.glyphIndexesForString(QString(c));
    const QList<QPointF> advances = m_raw.advancesForGlyphIndexes(glyphs);
    return advances.isEmpty() ? 0 : advances.first().x();
}

qreal TabularText::width(const QString &text) const
{
    qreal sum = 0;
    for (const QChar c : text) {
        sum += advance(c);
    }
    return sum;
}

void TabularText::draw(QPainter &painter, const QRect &rect, const QString &text) const
{
    QString shown = text;
    while (!shown.isEmpty() && width(shown) > rect.width()) {
        shown = shown.chopped(shown.endsWith(u'\u2026') ? 2 : 1) + u'\u2026';
        if (shown.size() < 2) {
            break;
        }
    }
    QList<quint32> glyphs = m_raw.glyphIndexesForString(shown);
    const bool simple = glyphs.size() == shown.size() && !glyphs.contains(0U)
        && std::ranges::all_of(shown, [](QChar c) { return c.unicode() < 0x250 || c == u'\u2026'; });
    if (!simple) {
        // Not a time and not an address: the text engine knows better.
        painter.setFont(m_font);
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    qreal x = 0;
    for (const QChar c : shown) {
        positions << QPointF(x, 0);
        x += advance(c);
    }
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(positions);
    const qreal baseline = rect.top() + (rect.height() + m_raw.ascent() - m_raw.descent()) / 2;
    painter.drawGlyphRun(QPointF(rect.left(), baseline), run);
}

} // namespace octotrail::ui
