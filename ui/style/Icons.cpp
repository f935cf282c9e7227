// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Outside any namespace, as Qt wants it: without this call a linker drops the resources of a static library.
static void loadIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString resourceName(QStringView name)
{
    static const bool loaded = (loadIconResources(), true);
    Q_UNUSED(loaded)
    return u":/icons/%1.svg"_s.arg(name);
}

class TintedIconEngine : public QIconEngine
{
public:
    TintedIconEngine(const QString &name, Tone tone)
        : m_name(name)
        , m_tone(tone)
    {
        QFile file(resourceName(name));
        if (file.open(QIODevice::ReadOnly)) {
            m_svg = file.readAll();
        } else {
            qWarning("No icon named %s", qUtf8Printable(name));
        }
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    /// size is in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor color = mode == QIcon::Disabled ? palette.color(QPalette::Disabled, QPalette::ButtonText)
                                                     : toneColor(m_tone, palette);
        const QString key = u"octotrail/%1/%2/%3x%4"_s.arg(
            m_name, color.name(QColor::HexArgb), QString::number(size.width()), QString::number(size.height()));
        QPixmap result;
        if (QPixmapCache::find(key, &result)) {
            return result;
        }
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        result = QPixmap(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter);
        painter.end();
        QPixmapCache::insert(key, result);
        return result;
    }

    QIconEngine *clone() const override { return new TintedIconEngine(*this); } // QIcon owns it

private:
    QString m_name;
    Tone m_tone;
    QByteArray m_svg;
};

} // namespace

QIcon icon(QStringView name, Tone tone)
{
    return QIcon(new TintedIconEngine(name.toString(), tone)); // QIcon owns it
}

QIcon applicationIcon()
{
    return icon(u"octotrail");
}

} // namespace octotrail::ui
