// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PlainText.h"

#include <QStringList>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

bool isDirectional(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

/// Also what has no width, by which one login can look like another; but for the joiners, which scripts and emoji need.
bool isControl(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x00ad || c == 0x180e || c == 0x200b || c == 0x2028
        || c == 0x2029 || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff;
}

/// The first limit characters, without cutting a pair of surrogates in two.
QStringView firstOf(QStringView text, qsizetype limit)
{
    if (text.size() <= limit) {
        return text;
    }
    return text.first(limit > 0 && text[limit - 1].isHighSurrogate() ? limit - 1 : limit);
}

QString cleaned(QStringView text, qsizetype limit, bool lines)
{
    const QStringView kept = firstOf(text, limit);
    QString result = kept.toString();
    for (QChar &c : result) {
        const char16_t u = c.unicode();
        if (u == '\n' || u == '\r') {
            if (!lines) {
                c = u'\u23ce'; // the return symbol
            }
        } else if (u == '\t') {
            if (!lines) {
                c = u'\u21e5'; // the tab symbol
            }
        } else if (isControl(u) || isDirectional(u)) {
            c = QChar::ReplacementCharacter;
        }
    }
    const auto isBlank = [](QChar c) { return c.category() == QChar::Separator_Space; };
    if (!lines && std::ranges::all_of(result, isBlank)) {
        result.fill(u'\u2423'); // the symbol of a blank
    }
    if (kept.size() < text.size()) {
        result += u'\u2026';
    }
    return result;
}

} // namespace

QString singleLine(QStringView text, qsizetype limit)
{
    return cleaned(text, limit, false);
}

QString multiLine(QStringView text, qsizetype limit)
{
    return cleaned(text, limit, true);
}

QString shortWords(const QString &text, qsizetype limit)
{
    QStringList words = text.split(u' ');
    for (QString &word : words) {
        if (word.size() > limit) {
            const QStringView tail = QStringView(word).last(limit / 2);
            word = firstOf(word, limit / 2).toString() + u'\u2026'
                + tail.sliced(tail.front().isLowSurrogate() ? 1 : 0).toString();
        }
    }
    return words.join(u' ');
}

QString toolTip(const QString &text)
{
    return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(multiLine(text, 4000).toHtmlEscaped());
}

QString actionText(const QString &text)
{
    QString result = singleLine(text, 64);
    result.replace(u'&', u"&&"_s);
    return result;
}

} // namespace octotrail::ui
