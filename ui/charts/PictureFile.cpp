// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PictureFile.h"

#include "event/PrivateFile.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 2 * metrics::Unit;
constexpr int head = 6 * metrics::Unit;
constexpr qreal pixels = 2; ///< for a unit: sharp in print, too

void paintAll(QPainter &painter, const QString &title, const QString &note, const QSize &size,
    const std::function<void(QPainter &, const QPalette &)> &paint)
{
    const QPalette palette = lightPalette();
    painter.fillRect(
        QRect(0, 0, size.width() + 2 * margin, size.height() + head + margin), palette.color(QPalette::Base));
    painter.setPen(palette.color(QPalette::Text));
    painter.setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    painter.drawText(QRect(margin, metrics::Unit, size.width(), head / 2), Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.setFont(scaledFont(TextSize::Small));
    painter.drawText(
        QRect(margin, head / 2 + metrics::HalfUnit, size.width(), head / 3), Qt::AlignLeft | Qt::AlignVCenter, note);
    painter.translate(margin, head);
    painter.setClipRect(QRect(QPoint(0, 0), size));
    paint(painter, palette);
}

} // namespace

event::Status writePicture(const QString &file, const QString &title, const QString &note, const QSize &size,
    const std::function<void(QPainter &, const QPalette &)> &paint)
{
    const QSize whole(size.width() + 2 * margin, size.height() + head + margin);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (file.endsWith(u".svg"_s, Qt::CaseInsensitive)) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(whole);
        generator.setViewBox(QRect(QPoint(0, 0), whole));
        generator.setTitle(title);
        generator.setDescription(note);
        QPainter painter(&generator);
        paintAll(painter, title, note, size, paint);
        painter.end();
    } else {
        QImage image(whole * pixels, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(pixels);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintAll(painter, title, note, size, paint);
        painter.end();
        image.save(&buffer, "PNG");
    }
    QSaveFile out(file);
    if (!event::writePrivately(out, bytes)) {
        return event::failure(event::ErrorKind::Storage,
            QCoreApplication::translate("Charts", "The picture could not be written: %1").arg(out.errorString()));
    }
    return {};
}

} // namespace octotrail::ui
