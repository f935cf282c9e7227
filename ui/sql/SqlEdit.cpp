// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/SqlEdit.h"

#include "ui/sql/SqlHighlighter.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

/// So many letters of a word until names are offered unasked.
constexpr int lettersToComplete = 3;

bool isOfName(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'"';
}

} // namespace

SqlEdit::SqlEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_completer(new QCompleter(this))
    , m_names(new QStringListModel(this))
{
    setObjectName(u"sqlEdit"_s);
    setAccessibleName(tr("SQL statement"));
    setFont(codeFont());
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabStopDistance(2 * metrics::Unit);
    setPlaceholderText(tr("One statement that only reads, such as the templates have. Ctrl+Enter runs it."));
    new SqlHighlighter(document());
    m_completer->setModel(m_names);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setMaxVisibleItems(12);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &SqlEdit::insertCompletion);
    connect(this, &QPlainTextEdit::textChanged, this, &SqlEdit::clearError);
}

void SqlEdit::setNames(const QStringList &names)
{
    m_names->setStringList(names);
}

void SqlEdit::replaceText(const QString &sql)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(sql);
    const qsizetype value = sql.indexOf(u"'%'"_s);
    cursor.setPosition(value < 0 ? 0 : static_cast<int>(value) + 1);
    cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, value < 0 ? 0 : 1);
    setTextCursor(cursor);
    ensureCursorVisible();
}

QString SqlEdit::statement() const
{
    QString selected = textCursor().selectedText();
    // A value that was selected to be replaced is no statement.
    if (!selected.trimmed().contains(u' ') && !selected.contains(QChar::ParagraphSeparator)) {
        return toPlainText();
    }
    return selected.replace(QChar::ParagraphSeparator, u'\n');
}

void SqlEdit::showError(int column)
{
    if (column <= 0) {
        return;
    }
    const bool ofSelection = statement() != toPlainText();
    const int start = (ofSelection ? textCursor().selectionStart() : 0) + column - 1;
    QTextCursor cursor(document());
    cursor.setPosition(std::min<int>(start, document()->characterCount() - 1));
    QTextCursor word = cursor;
    const QString text = toPlainText();
    int end = start;
    while (end < text.size() && isOfName(text[end])) {
        ++end;
    }
    word.setPosition(
        std::min<int>(std::max(end, start + 1), document()->characterCount() - 1), QTextCursor::KeepAnchor);
    QTextEdit::ExtraSelection mark;
    mark.cursor = word;
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(toneColor(Tone::Bad, palette()));
    mark.format.setBackground(toneBackground(Tone::Bad, palette()));
    if (!ofSelection) {
        setTextCursor(cursor);
    }
    setExtraSelections({mark});
    ensureCursorVisible();
}

void SqlEdit::clearError()
{
    setExtraSelections({});
}

QString SqlEdit::wordBeforeCursor() const
{
    const QString line = textCursor().block().text();
    const qsizetype end = textCursor().positionInBlock();
    qsizetype start = end;
    while (start > 0 && isOfName(line[start - 1])) {
        --start;
    }
    return line.mid(start, end - start);
}

void SqlEdit::complete(bool asked)
{
    QString word = wordBeforeCursor();
    const qsizetype quote = word.indexOf(u'"');
    if (quote > 0) {
        word.remove(0, quote);
    }
    if (!asked && word.size() < lettersToComplete) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(word);
    const bool isWhole = m_completer->completionCount() == 1 && m_completer->currentCompletion() == word;
    if (m_completer->completionCount() == 0 || isWhole) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0)
        + m_completer->popup()->verticalScrollBar()->sizeHint().width() + 2 * metrics::Unit);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void SqlEdit::insertCompletion(const QString &name)
{
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor,
        static_cast<int>(m_completer->completionPrefix().size()));
    cursor.insertText(name);
    setTextCursor(cursor);
}

void SqlEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT runRequested();
        return;
    }
    if (m_completer->popup()->isVisible()
        && (isEnter || event->key() == Qt::Key_Escape || event->key() == Qt::Key_Tab)) {
        event->ignore(); // the list's
        return;
    }
    if (event->key() == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        complete(true);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty() && (isOfName(event->text().front()) || event->key() == Qt::Key_Backspace)) {
        complete(false);
    } else if (!event->text().isEmpty()) {
        m_completer->popup()->hide();
    }
}

} // namespace octotrail::ui
