// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

bool hasTabularDigits(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(u'0');
    return std::ranges::all_of(
        u"123456789"_s, [&](QChar digit) { return qAbs(metrics.horizontalAdvance(digit) - width) < 0.01; });
}

} // namespace

QFont scaledFont(TextSize size, QFont::Weight weight)
{
    QFont font = QApplication::font();
    const qreal body = font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
    switch (size) {
    case TextSize::Small:
        font.setPointSizeF(std::max(7.5, body * 0.9));
        break;
    case TextSize::Body:
        break;
    case TextSize::Title:
        font.setPointSizeF(body * 1.25);
        break;
    case TextSize::Headline:
        font.setPointSizeF(body * 1.7);
        break;
    }
    font.setWeight(weight);
    return font;
}

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QStringList families = QFontDatabase::families();
    const QString asked = QFontInfo(font).family();
    // The fallback that fontconfig gives when the desktop has not chosen.
    if (asked == "DejaVu Sans Mono"_L1) {
        for (const QString &better : {u"JetBrains Mono"_s, u"Hack"_s, u"Noto Sans Mono"_s}) {
            if (families.contains(better)) {
                font.setFamily(better);
                break;
            }
        }
    }
    const QFont ui = QApplication::font();
    font.setPointSizeF((ui.pointSizeF() > 0 ? ui.pointSizeF() : QFontInfo(ui).pointSizeF()) * 0.95);
    font.setStyleHint(QFont::Monospace);
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

QFont tabularFont()
{
    const QFont font = QApplication::font();
    return hasTabularDigits(font) ? font : codeFont();
}

QFont applicationFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (QFontInfo(font).family() == "DejaVu Sans"_L1) {
        const QStringList families = QFontDatabase::families();
        for (const QString &better : {u"Inter"_s, u"Noto Sans"_s, u"Cantarell"_s}) {
            if (families.contains(better)) {
                font.setFamily(better);
                break;
            }
        }
        font.setPointSizeF(std::max(font.pointSizeF(), 9.5));
    }
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace octotrail::ui
