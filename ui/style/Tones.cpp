// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Tones.h"

#include <algorithm>
#include <cmath>

namespace octotrail::ui {

namespace {

struct PaletteColors
{
    QRgb window, base, alternate, text, muted, disabled, button, line, highlight, highlightInactive, highlightedText,
        accent, visited, tooltip, tooltipText;
};

QPalette makePalette(const PaletteColors &c)
{
    QPalette p;
    const auto all = [&p](QPalette::ColorRole role, QRgb rgb) { p.setColor(QPalette::All, role, QColor(rgb)); };
    all(QPalette::Window, c.window);
    all(QPalette::WindowText, c.text);
    all(QPalette::Base, c.base);
    all(QPalette::AlternateBase, c.alternate);
    all(QPalette::Text, c.text);
    all(QPalette::PlaceholderText, c.muted);
    all(QPalette::Button, c.button);
    all(QPalette::ButtonText, c.text);
    all(QPalette::BrightText, c.accent);
    all(QPalette::ToolTipBase, c.tooltip);
    all(QPalette::ToolTipText, c.tooltipText);
    all(QPalette::Highlight, c.highlight);
    all(QPalette::HighlightedText, c.highlightedText);
    all(QPalette::Link, c.accent);
    all(QPalette::LinkVisited, c.visited);
    all(QPalette::Mid, c.line);
    all(QPalette::Midlight, c.line);
    all(QPalette::Light, c.base);
    all(QPalette::Dark, c.muted);
    all(QPalette::Shadow, c.line);
    p.setColor(QPalette::Inactive, QPalette::Highlight, QColor(c.highlightInactive));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        p.setColor(QPalette::Disabled, role, QColor(c.disabled));
    }
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor(c.highlightInactive));
    return p;
}

struct ToneColors
{
    QRgb light, lightBackground, dark, darkBackground;
};

ToneColors toneColors(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return {0xff1b1f24, 0xffeef0f3, 0xffe4e7eb, 0xff2a2d33};
    case Tone::Muted:
        return {0xff59636e, 0xffeef0f3, 0xff9aa4af, 0xff2a2d33};
    case Tone::Accent:
        return {0xff1a5fb4, 0xffe6effb, 0xff82b6ff, 0xff1d2c42};
    case Tone::Good:
        return {0xff1a7340, 0xffe5f4ea, 0xff62c98c, 0xff1a3024};
    case Tone::Warning:
        return {0xff8a5300, 0xfffcf1dc, 0xffe5b454, 0xff362b16};
    case Tone::Bad:
        return {0xffb3261e, 0xfffbe9e7, 0xffff8f87, 0xff3b1f1f};
    }
    return {};
}

double linearChannel(double c)
{
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * linearChannel(c.redF()) + 0.7152 * linearChannel(c.greenF()) + 0.0722 * linearChannel(c.blueF());
}

} // namespace

QColor toneColor(Tone tone, const QPalette &palette)
{
    const ToneColors c = toneColors(tone);
    return QColor(isDark(palette) ? c.dark : c.light);
}

QColor toneBackground(Tone tone, const QPalette &palette)
{
    const ToneColors c = toneColors(tone);
    return QColor(isDark(palette) ? c.darkBackground : c.lightBackground);
}

QColor lineColor(const QPalette &palette)
{
    return palette.color(QPalette::Mid);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QPalette lightPalette()
{
    return makePalette({.window = 0xfff4f5f7,
        .base = 0xffffffff,
        .alternate = 0xfff9fafb,
        .text = 0xff1b1f24,
        .muted = 0xff626c77,
        .disabled = 0xff949ca5,
        .button = 0xffffffff,
        .line = 0xffd7dbe0,
        .highlight = 0xffd3e4fb,
        .highlightInactive = 0xffe4e8ee,
        .highlightedText = 0xff10243d,
        .accent = 0xff1a5fb4,
        .visited = 0xff6b3fa0,
        .tooltip = 0xff24292f,
        .tooltipText = 0xfff4f5f7});
}

QPalette darkPalette()
{
    return makePalette({.window = 0xff1c1e22,
        .base = 0xff16181b,
        .alternate = 0xff1a1c20,
        .text = 0xffe4e7eb,
        .muted = 0xff98a2ad,
        .disabled = 0xff6a727b,
        .button = 0xff282b30,
        .line = 0xff34383e,
        .highlight = 0xff24405f,
        .highlightInactive = 0xff2c3138,
        .highlightedText = 0xfff3f7fc,
        .accent = 0xff82b6ff,
        .visited = 0xffc3a2f5,
        .tooltip = 0xff34383e,
        .tooltipText = 0xfff0f2f5});
}

} // namespace octotrail::ui
