// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEdit's completion, finding and keys.
#include "ui/editor/CodeEdit.h"
#include "ui/editor/CodeLexers.h"
#include "ui/editor/CompletionPopup.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

// After the others: its headers have Qt's keywords.
#include <Qsci/qsciscintilla.h>

namespace octotrail::ui {

qsizetype CodeEdit::cursorOffset() const
{
    const auto position = m_code->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
    return QString::fromUtf8(m_code->text().toUtf8().first(position)).size();
}

void CodeEdit::complete()
{
    if (m_code->isReadOnly()) {
        return;
    }
    const QString all = m_code->text();
    m_completion = completeRule(all, cursorOffset(), m_language);
    if (m_completion.candidates.empty()) {
        m_popup->hide();
        return;
    }
    const auto position = m_code->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS)
        - all.mid(m_completion.start, m_completion.length).toUtf8().size();
    const int x = static_cast<int>(m_code->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL, position));
    const int y = static_cast<int>(m_code->SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, 0UL, position));
    const int height = m_code->textHeight(0);
    m_popup->offer(m_completion.candidates, QRect(m_code->viewport()->mapToGlobal(QPoint(x, y)), QSize(1, height)));
}

bool CodeEdit::isCompleting() const
{
    return m_popup->isVisible();
}

QStringList CodeEdit::offered() const
{
    return m_popup->texts();
}

void CodeEdit::insert(const RuleCandidate &candidate)
{
    m_popup->hide();
    const QByteArray text = candidate.inserted().toUtf8();
    const auto end = m_code->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
    const auto start = static_cast<unsigned long>(end)
        - static_cast<unsigned long>(m_code->text().mid(m_completion.start, m_completion.length).toUtf8().size());
    m_code->SendScintilla(QsciScintilla::SCI_SETTARGETSTART, start);
    m_code->SendScintilla(QsciScintilla::SCI_SETTARGETEND, static_cast<unsigned long>(end));
    m_code->SendScintilla(QsciScintilla::SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    m_code->SendScintilla(QsciScintilla::SCI_GOTOPOS, start + static_cast<unsigned long>(text.size()));
    m_code->setFocus(Qt::OtherFocusReason);
}

/// After each letter of a word, and where a list of values may follow.
void CodeEdit::completeWhileTyping(QChar typed)
{
    const bool isOfWord = typed.isLetterOrNumber() || typed == u'_' || typed == u'.';
    const bool opens = typed == u'|' || typed == u'{' || typed == u'"' || typed == u'\'' || typed == u' ';
    if (!isOfWord && !opens) {
        m_popup->hide();
        return;
    }
    if (typed == u' ') {
        // Behind "eventType: " and "- ", not behind every word.
        const QString line = m_code->text(currentLine() - 1).left(currentColumn() - 1);
        if (!line.endsWith(QLatin1String(": ")) && !line.endsWith(QLatin1String("- "))) {
            m_popup->hide();
            return;
        }
    }
    complete();
}

bool CodeEdit::handleKey(QKeyEvent *event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (m_popup->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
            m_popup->move(event->key() == Qt::Key_Up ? -1 : 1);
            return true;
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            m_popup->move(event->key() == Qt::Key_PageUp ? -8 : 8);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            if (const int row = m_popup->current(); row >= 0 && event->modifiers() == Qt::NoModifier) {
                insert(m_completion.candidates[static_cast<std::size_t>(row)]);
                return true;
            }
            break;
        case Qt::Key_Escape:
            m_popup->hide();
            return true;
        default:
            break;
        }
    }
    if (control && event->key() == Qt::Key_Space) {
        complete();
        return true;
    }
    if (control && event->key() == Qt::Key_F) {
        find();
        return true;
    }
    if (control && event->key() == Qt::Key_Slash) {
        toggleComment();
        return true;
    }
    if (event->key() == Qt::Key_F3) {
        findNext(!(event->modifiers() & Qt::ShiftModifier));
        return true;
    }
    if (event->key() == Qt::Key_Escape && m_finding->isVisible()) {
        closeFinding();
        return true;
    }
    // Tab indents: the keys that leave the text are these.
    if (event->key() == Qt::Key_Tab && control) {
        focusNextChild();
        return true;
    }
    if (event->key() == Qt::Key_Backtab && (event->modifiers() & Qt::ControlModifier)) {
        focusPreviousChild();
        return true;
    }
    return false;
}

bool CodeEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_needle && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            closeFinding();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_F3) {
            findNext(!(key->modifiers() & Qt::ShiftModifier));
            return true;
        }
    }
    if (watched == m_code) {
        if (event->type() == QEvent::ShortcutOverride) {
            // These keys are the text's before they are the window's.
            auto *key = static_cast<QKeyEvent *>(event);
            const bool control = key->modifiers() == Qt::ControlModifier;
            const bool isOurs
                = (control && (key->key() == Qt::Key_Space || key->key() == Qt::Key_F || key->key() == Qt::Key_Slash))
                || key->key() == Qt::Key_F3 || (m_popup->isVisible() && key->key() == Qt::Key_Escape);
            if (isOurs) {
                event->accept();
                return true;
            }
        } else if (event->type() == QEvent::KeyPress) {
            auto *key = static_cast<QKeyEvent *>(event);
            if (handleKey(key)) {
                return true;
            }
            const QString typed = key->text();
            const bool isText = typed.size() == 1 && typed.front().isPrint()
                && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
            if (isText) {
                // Once the letter is there.
                QMetaObject::invokeMethod(
                    this, [this, c = typed.front()] { completeWhileTyping(c); }, Qt::QueuedConnection);
            }
        } else if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide) {
            m_popup->hide();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CodeEdit::find()
{
    if (m_code->hasSelectedText() && !m_code->selectedText().contains(u'\n')) {
        m_needle->setText(m_code->selectedText());
    }
    m_finding->show();
    m_needle->selectAll();
    m_needle->setFocus(Qt::ShortcutFocusReason);
}

void CodeEdit::findNext(bool forward)
{
    const QString needle = m_needle->text();
    if (needle.isEmpty()) {
        m_notFound->clear();
        return;
    }
    int line = -1;
    int index = -1;
    if (!forward && m_code->hasSelectedText()) {
        int endLine = 0;
        int endIndex = 0;
        m_code->getSelection(&line, &index, &endLine, &endIndex);
    }
    const bool found = m_code->findFirst(needle, false, false, false, true, forward, line, index);
    m_notFound->setText(found ? QString() : tr("Not found"));
}

void CodeEdit::closeFinding()
{
    m_finding->hide();
    m_code->setFocus(Qt::OtherFocusReason);
}

void CodeEdit::toggleComment()
{
    int first = 0;
    int last = 0;
    int from = 0;
    int to = 0;
    if (m_code->hasSelectedText()) {
        m_code->getSelection(&first, &from, &last, &to);
        last -= to == 0 && last > first ? 1 : 0;
    } else {
        first = last = currentLine() - 1;
    }
    const auto contents = [this](int line) {
        QString text = m_code->text(line);
        while (text.endsWith(u'\n')) {
            text.chop(1);
        }
        return text;
    };
    bool isCommented = true;
    for (int line = first; line <= last; ++line) {
        const QString text = contents(line).trimmed();
        isCommented = isCommented && (text.isEmpty() || text.startsWith(u'#'));
    }
    m_code->beginUndoAction();
    for (int line = first; line <= last; ++line) {
        const QString text = contents(line);
        if (text.trimmed().isEmpty()) {
            continue;
        }
        if (isCommented) {
            const int at = static_cast<int>(text.indexOf(u'#'));
            const int length = text.mid(at + 1).startsWith(u' ') ? 2 : 1;
            m_code->setSelection(line, at, line, at + length);
            m_code->removeSelectedText();
        } else {
            m_code->insertAt(QStringLiteral("# "), line, 0);
        }
    }
    m_code->endUndoAction();
}

} // namespace octotrail::ui
