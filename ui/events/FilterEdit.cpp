// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterEdit.h"

#include "ui/events/CompletionDelegate.h"
#include "ui/events/FieldCounts.h"
#include "ui/events/FilterCompletion.h"
#include "ui/events/TermText.h"
#include "ui/events/ValueSuggestions.h"
#include "ui/models/CompletionModel.h"
#include "ui/models/FacetModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTextCharFormat>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

/// Where the code point of that number (from 1) begins.
qsizetype positionOf(const QString &text, int column)
{
    qsizetype i = 0;
    for (int n = 1; n < column && i < text.size(); ++n) {
        i += text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
    }
    return i;
}

} // namespace

FilterEdit::FilterEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_candidates(new CompletionModel(this))
    , m_historyAction(new QAction(tr("Filters used before"), this))
    , m_clearAction(new QAction(tr("Clear the filter"), this))
{
    setObjectName(u"filterEdit"_s);
    setAccessibleName(tr("Filter"));
    setAccessibleDescription(tr("An expression of Okta's filter language, or words to look for. Enter applies it."));
    setPlaceholderText(tr("Filter, e.g. outcome.result eq \"FAILURE\", or words to look for"));
    // One more than a filter may have, so that what is too long is refused, not cut to something else.
    setMaxLength(static_cast<int>(filter::longestInput) + 1);
    addAction(icon(u"search", Tone::Muted), LeadingPosition);
    addAction(m_clearAction, TrailingPosition);
    addAction(m_historyAction, TrailingPosition);
    updateIcons();
    m_clearAction->setVisible(false);
    m_historyAction->setToolTip(tr("Filters used before (Up and Down)"));

    m_completer->setModel(m_candidates);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setObjectName(u"filterCompletion"_s);
    m_completer->popup()->setAccessibleName(tr("Completions"));
    m_completer->popup()->setItemDelegate(new CompletionDelegate(this));

    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterEdit::insertCompletion);
    connect(m_historyAction, &QAction::triggered, this, &FilterEdit::showHistory);
    connect(m_clearAction, &QAction::triggered, this, [this] {
        clear();
        Q_EMIT applied();
    });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_clearAction->setVisible(!text.isEmpty());
        clearError();
        m_validation.start();
    });
    m_validation.setSingleShot(true);
    m_validation.setInterval(std::chrono::milliseconds(300));
    connect(&m_validation, &QTimer::timeout, this, &FilterEdit::validate);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_history.leave();
        offerCompletion(false);
    });
}

void FilterEdit::validate()
{
    const auto input = filter::parseInput(text().toStdString(), m_schema);
    Q_EMIT validated(input ? std::nullopt : std::optional(input.error()));
}

bool FilterEdit::isUnfinished(const event::Error &error) const
{
    if (error.column <= 0) {
        return false;
    }
    const qsizetype at = positionOf(text(), error.column);
    // A quote whose end is still to come is one that stands at the error alone.
    const bool isOpenQuote = at < text().size() && text()[at] == u'"' && text().indexOf(u'"', at + 1) < 0;
    return isOpenQuote || at >= text().trimmed().size();
}

void FilterEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
}

void FilterEdit::showError(const event::Error &error)
{
    m_validation.stop();
    m_hasError = true;
    m_errorAt = error.column > 0 ? positionOf(text(), error.column) : 0;
    underline(m_errorAt);
}

void FilterEdit::clearError()
{
    if (m_hasError) {
        m_hasError = false;
        underline(-1);
    }
}

void FilterEdit::underline(qsizetype from)
{
    if (m_isComposing) {
        return; // formats would end what is being composed
    }
    QList<QInputMethodEvent::Attribute> attributes;
    if (from >= 0 && !text().isEmpty()) {
        const qsizetype begin = std::min<qsizetype>(from, text().size() - 1);
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(toneColor(Tone::Bad, palette()));
        format.setForeground(toneColor(Tone::Bad, palette()));
        attributes.append({QInputMethodEvent::TextFormat, static_cast<int>(begin - cursorPosition()),
            static_cast<int>(text().size() - begin), format});
    }
    // The one way a line edit takes formats: as those of an input method. An event without text changes no text.
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

void FilterEdit::offerCompletion(bool asked, bool keepsChoice)
{
    const QString chosen = keepsChoice ? m_completer->popup()->currentIndex().data().toString() : QString();
    if (m_counts) {
        m_counts->refresh();
    }
    FilterCompletion completion
        = completeFilter(text(), cursorPosition(), m_schema, m_counts ? m_counts->furtherPaths() : QStringList());
    offerStoredValues(completion);
    // Between words only a short list of values comes by itself; Ctrl+Space asks for the others.
    const bool between = completion.length == 0 && completion.candidates.contains(u"and"_s);
    const bool tooShort = !asked && completion.valuePath.isEmpty() && completion.length < 2
        && (between || completion.candidates.size() > 8);
    if (completion.candidates.isEmpty() || tooShort) {
        m_completer->popup()->hide();
        return;
    }
    m_completionStart = completion.start;
    m_completionLength = completion.length;
    describe(completion);
    m_completer->setCurrentRow(0);
    QRect place = cursorRect();
    const int width = m_completer->popup()->sizeHintForColumn(0)
        + m_completer->popup()->verticalScrollBar()->sizeHint().width() + 24;
    place.setWidth(std::max(width, 160));
    m_completer->complete(place);
    placeCompletions();
    const auto row = static_cast<int>(completion.candidates.indexOf(chosen));
    if (!chosen.isEmpty() && row >= 0) {
        m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(row, 0));
    } else if (completion.length > 0) {
        m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    }
}

void FilterEdit::setNote(QWidget *note)
{
    m_note = note;
    m_note->installEventFilter(this);
}

/// Below the note, if there is one: what it says is of use while one chooses.
void FilterEdit::placeCompletions()
{
    QWidget *list = m_completer->popup();
    if (!m_note || !list->isVisible() || list->y() < mapToGlobal(rect().topLeft()).y()) {
        return; // or above the field, for want of room
    }
    const int top = mapToGlobal(m_note->isVisible()
                            ? m_note->mapTo(window(), m_note->rect().bottomLeft()) - mapTo(window(), QPoint())
                            : cursorRect().bottomLeft())
                        .y()
        + 1;
    list->move(list->x(), std::min(top, screen()->availableGeometry().bottom() - list->height()));
}

bool FilterEdit::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (watched == m_note
        && (type == QEvent::Show || type == QEvent::Hide || type == QEvent::Move || type == QEvent::Resize)) {
        QMetaObject::invokeMethod(this, &FilterEdit::placeCompletions, Qt::QueuedConnection);
    }
    return QLineEdit::eventFilter(watched, event);
}

void FilterEdit::setFieldCounts(FieldCounts *counts)
{
    m_counts = counts;
    connect(m_counts, &FieldCounts::changed, this, [this] {
        if (m_completer->popup()->isVisible()) {
            offerCompletion(false, true);
        }
    });
}

void FilterEdit::setSuggestions(ValueSuggestions *suggestions)
{
    m_suggestions = suggestions;
    connect(m_suggestions, &ValueSuggestions::answered, this, [this] {
        // It may come late: only to a field that still waits for it.
        const bool isWaiting = m_isWaiting && hasFocus();
        m_isWaiting = false;
        if (isWaiting || m_completer->popup()->isVisible()) {
            offerCompletion(false, true);
        }
    });
}

void FilterEdit::offerStoredValues(FilterCompletion &completion)
{
    if (!m_suggestions || completion.valuePath.isEmpty()) {
        return;
    }
    if (!m_suggestions->isAnswered(completion.valuePath, completion.valueWord)) {
        m_isWaiting = true;
        m_suggestions->ask(completion.valuePath, completion.valueWord);
        return;
    }
    QStringList literals;
    for (const QString &value : m_suggestions->values()) {
        literals << literalText(completion.valuePath, value);
    }
    if (literals.size() == 1 && m_suggestions->values().first() == completion.valueWord) {
        literals.clear(); // it is written already
    }
    for (const QString &documented : completion.candidates) {
        if (!literals.contains(documented)) {
            literals << documented;
        }
    }
    completion.candidates = literals;
}

/// Fills the list: paths with their type, caption and how often they occur, operators with what they mean, values with
/// how many events have them.
void FilterEdit::describe(const FilterCompletion &completion)
{
    static const QMap<QString, filter::Operator> operators{{u"eq"_s, filter::Operator::Eq},
        {u"ne"_s, filter::Operator::Ne}, {u"co"_s, filter::Operator::Co}, {u"sw"_s, filter::Operator::Sw},
        {u"ew"_s, filter::Operator::Ew}, {u"pr"_s, filter::Operator::Pr}, {u"gt"_s, filter::Operator::Gt},
        {u"ge"_s, filter::Operator::Ge}, {u"lt"_s, filter::Operator::Lt}, {u"le"_s, filter::Operator::Le},
        {u"in"_s, filter::Operator::In}, {u"re"_s, filter::Operator::Re}, {u"cidr"_s, filter::Operator::Cidr}};
    const bool isStored = m_suggestions && !completion.valuePath.isEmpty()
        && m_suggestions->isAnswered(completion.valuePath, completion.valueWord);
    QList<CompletionModel::Item> items;
    for (const QString &candidate : completion.candidates) {
        CompletionModel::Item item{candidate, {}, {}};
        const qsizetype row = items.size();
        if (!completion.valuePath.isEmpty()) {
            if (isStored && row < m_suggestions->counts().size()) {
                item.count = locale().toString(m_suggestions->counts()[row]);
                const qint64 newest = m_suggestions->newest();
                item.detail = newest > 0 ? tr("in the newest %1 events").arg(locale().toString(newest)) : QString();
            }
        } else if (operators.contains(candidate)) {
            item.detail = operatorHelp(operators[candidate]);
        } else if (candidate != u"and"_s && candidate != u"or"_s) {
            const QString caption = FacetModel::caption(candidate);
            item.detail = typeCaption(typeOfPath(candidate));
            if (caption != candidate) {
                item.detail += u" \u00b7 "_s + caption;
            }
            if (const auto percent = m_counts ? m_counts->percent(candidate) : std::nullopt) {
                item.count = tr("%1 %").arg(*percent);
            }
        }
        items << item;
    }
    m_candidates->setItems(std::move(items));
}

void FilterEdit::insertCompletion(const QString &candidate)
{
    QString whole = text();
    const qsizetype start = std::min<qsizetype>(m_completionStart, whole.size());
    const bool spaceFollows = start + m_completionLength < whole.size() && whole[start + m_completionLength].isSpace();
    const QString inserted = candidate + (spaceFollows ? QString() : u" "_s);
    whole.replace(start, m_completionLength, inserted);
    setText(whole);
    setCursorPosition(static_cast<int>(start + inserted.size()));
    offerCompletion(false);
}

void FilterEdit::showHistory()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"filterHistory"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &entry : m_history.entries()) {
        QString shown = singleLine(entry, 100);
        shown.replace(u'&', u"&&"_s);
        connect(menu->addAction(shown), &QAction::triggered, this, [this, entry] {
            setText(entry);
            Q_EMIT applied();
        });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No filter was used yet"))->setEnabled(false);
    } else {
        menu->addSeparator();
        connect(menu->addAction(tr("Forget these filters")), &QAction::triggered, this,
            [this] { m_history.setEntries({}); });
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

bool FilterEdit::event(QEvent *event)
{
    // A line of text has keys of Emacs on X11, such as Ctrl+E; here they are the window's, whose commands they give.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEditing = key->matches(QKeySequence::MoveToEndOfLine)
            || key->matches(QKeySequence::DeleteEndOfLine) || key->matches(QKeySequence::DeleteCompleteLine);
        if (isEditing && key->modifiers() == Qt::ControlModifier) {
            event->ignore();
            return true;
        }
    }
    // Tab would leave the field while the list of completions is open; there it chooses.
    if (event->type() == QEvent::KeyPress && m_completer->popup()->isVisible()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab) {
            const QModelIndex index = m_completer->popup()->currentIndex();
            m_completer->popup()->hide();
            if (index.isValid()) {
                insertCompletion(index.data().toString());
            }
            return true;
        }
    }
    return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    const bool popup = m_completer->popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (popup && m_completer->popup()->currentIndex().isValid()) {
            event->ignore(); // the completer's
            return;
        }
        m_completer->popup()->hide();
        m_isWaiting = false;
        Q_EMIT applied();
        return;
    case Qt::Key_Escape:
        m_isWaiting = false;
        if (popup) {
            m_completer->popup()->hide();
            return;
        }
        Q_EMIT leaveRequested();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!popup) {
            const QString entry = event->key() == Qt::Key_Up ? m_history.older(text()) : m_history.newer();
            if (!entry.isNull()) {
                setText(entry);
            }
            return;
        }
        break;
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            offerCompletion(true);
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateIcons();
        if (m_hasError) {
            underline(m_errorAt);
        }
    }
}

void FilterEdit::updateIcons()
{
    m_clearAction->setIcon(icon(u"clear", Tone::Muted));
    m_historyAction->setIcon(icon(u"history", Tone::Muted));
}

void FilterEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSeparator();
    menu->addActions(m_menuActions);
    menu->popup(event->globalPos());
}

} // namespace octotrail::ui
