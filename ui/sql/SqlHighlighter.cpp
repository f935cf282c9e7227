// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/SqlHighlighter.h"

#include "ui/style/Tones.h"

#include <QGuiApplication>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

/// Where a line ends inside something.
enum State { Plain = -1, InComment = 1, InText = 2 };

/// Those that queries over a log consist of.
constexpr auto keywords
    = "SELECT|FROM|WHERE|GROUP|ORDER|BY|HAVING|QUALIFY|LIMIT|OFFSET|AS|AND|OR|NOT|IN|IS|NULL|LIKE|ILIKE|BETWEEN|CASE|"
      "WHEN|THEN|ELSE|END|DISTINCT|UNION|ALL|EXCEPT|INTERSECT|JOIN|LEFT|RIGHT|INNER|FULL|OUTER|CROSS|LATERAL|ON|USING|"
      "WITH|RECURSIVE|VALUES|ASC|DESC|NULLS|FIRST|LAST|OVER|PARTITION|ROWS|RANGE|FILTER|EXISTS|CAST|INTERVAL|TIMESTAMP|"
      "DATE|TRUE|FALSE|ANY|SOME|DESCRIBE|SUMMARIZE|TABLE|WINDOW|EXCLUDE|REPLACE|lambda";

} // namespace

SqlHighlighter::SqlHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_tokens(u"(?<comment>--.*$|/\\*)|(?<text>')|(?<name>\"(?:[^\"]|\"\")*\"?)|(?<number>\\b\\d+(?:\\.\\d+)?\\b)"
               "|(?<keyword>\\b(?:"_s
              + QLatin1String(keywords) + u")\\b)"_s,
          QRegularExpression::CaseInsensitiveOption)
{ }

void SqlHighlighter::highlightBlock(const QString &text)
{
    const QPalette palette = QGuiApplication::palette();
    const QColor comment = toneColor(Tone::Muted, palette);
    const QColor literal = toneColor(Tone::Good, palette);
    QTextCharFormat keyword;
    keyword.setForeground(toneColor(Tone::Accent, palette));
    keyword.setFontWeight(QFont::DemiBold);
    qsizetype at = 0;
    setCurrentBlockState(Plain);
    // What began in a line before.
    const auto finish = [&](const QString &end, int state, qsizetype from, qsizetype search, const QColor &color) {
        const qsizetype found = text.indexOf(end, search);
        const qsizetype stop = found < 0 ? text.size() : found + end.size();
        setFormat(static_cast<int>(from), static_cast<int>(stop - from), color);
        if (found < 0) {
            setCurrentBlockState(state);
        }
        return stop;
    };
    if (previousBlockState() == InComment) {
        at = finish(u"*/"_s, InComment, 0, 0, comment);
    } else if (previousBlockState() == InText) {
        at = finish(u"'"_s, InText, 0, 0, literal);
    }
    while (at < text.size()) {
        const QRegularExpressionMatch match = m_tokens.match(text, at);
        if (!match.hasMatch()) {
            return;
        }
        const qsizetype start = match.capturedStart();
        at = match.capturedEnd();
        if (!match.captured(u"comment"_s).isEmpty()) {
            if (match.captured() == u"/*"_s) {
                at = finish(u"*/"_s, InComment, start, at, comment);
            } else {
                setFormat(static_cast<int>(start), static_cast<int>(at - start), comment);
            }
        } else if (!match.captured(u"text"_s).isEmpty()) {
            at = finish(u"'"_s, InText, start, at, literal);
        } else if (!match.captured(u"number"_s).isEmpty()) {
            setFormat(static_cast<int>(start), static_cast<int>(at - start), literal);
        } else if (!match.captured(u"keyword"_s).isEmpty()) {
            setFormat(static_cast<int>(start), static_cast<int>(at - start), keyword);
        }
    }
}

} // namespace octotrail::ui
