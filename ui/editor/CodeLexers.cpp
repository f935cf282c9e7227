// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/CodeLexers.h"

#include "ui/style/Fonts.h"
#include "ui/style/Tones.h"

namespace octotrail::ui {

void CodeLexers::setLook(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const QColor accent = toneColor(Tone::Accent, palette);
    const QColor good = toneColor(Tone::Good, palette);
    const QColor warning = toneColor(Tone::Warning, palette);
    const QColor muted = toneColor(Tone::Muted, palette);
    const QColor bad = toneColor(Tone::Bad, palette);
    const QColor violet = palette.color(QPalette::LinkVisited);
    const QFont font = codeFont();
    for (QsciLexer *lexer : {static_cast<QsciLexer *>(&yaml), static_cast<QsciLexer *>(&python)}) {
        lexer->setDefaultFont(font);
        lexer->setDefaultColor(text);
        lexer->setDefaultPaper(base);
        lexer->setFont(font);
        lexer->setColor(text);
        lexer->setPaper(base);
    }
    QFont strong = font;
    strong.setBold(true);
    yaml.setColor(accent, QsciLexerYAML::Identifier);
    yaml.setColor(muted, QsciLexerYAML::Comment);
    yaml.setColor(violet, QsciLexerYAML::Keyword);
    yaml.setColor(warning, QsciLexerYAML::Number);
    yaml.setColor(violet, QsciLexerYAML::Reference);
    yaml.setColor(muted, QsciLexerYAML::DocumentDelimiter);
    yaml.setColor(good, QsciLexerYAML::TextBlockMarker);
    yaml.setColor(bad, QsciLexerYAML::SyntaxErrorMarker);
    yaml.setColor(muted, QsciLexerYAML::Operator);
    python.setColor(accent, QsciLexerPython::Keyword);
    python.setFont(strong, QsciLexerPython::Keyword);
    python.setColor(muted, QsciLexerPython::Comment);
    python.setColor(muted, QsciLexerPython::CommentBlock);
    python.setColor(warning, QsciLexerPython::Number);
    python.setColor(violet, QsciLexerPython::FunctionMethodName);
    python.setColor(violet, QsciLexerPython::ClassName);
    python.setColor(warning, QsciLexerPython::Decorator);
    python.setColor(bad, QsciLexerPython::UnclosedString);
    for (const int style : {QsciLexerPython::DoubleQuotedString, QsciLexerPython::SingleQuotedString,
             QsciLexerPython::TripleSingleQuotedString, QsciLexerPython::TripleDoubleQuotedString,
             QsciLexerPython::DoubleQuotedFString, QsciLexerPython::SingleQuotedFString,
             QsciLexerPython::TripleSingleQuotedFString, QsciLexerPython::TripleDoubleQuotedFString}) {
        python.setColor(good, style);
    }
}

} // namespace octotrail::ui
