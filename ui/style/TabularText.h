// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRawFont>
#include <QString>

class QPainter;
class QRect;

namespace octotrail::ui {

/// Draws text in which every digit is equally wide, whatever the font, so that times and addresses stand in columns
/// without a change of typeface. Left-aligned, vertically centred, cut off with an ellipsis.
class TabularText
{
public:
    explicit TabularText(const QFont &font = QFont());

    void draw(QPainter &painter, const QRect &rect, const QString &text) const;
    qreal width(const QString &text) const;

private:
    qreal advance(QChar c) const;

    QFont m_font;
    QRawFont m_raw;
    qreal m_digit = 0;
};

} // namespace octotrail::ui
