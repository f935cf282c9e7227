// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TermEditor.h"

#include "ui/events/FilterEdit.h"
#include "ui/events/ValueSuggestions.h"
#include "ui/models/EventColumns.h"
#include "ui/models/FacetModel.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using filter::Operator;

TermEditor::TermEditor(QWidget *parent)
    : QFrame(parent)
    , m_field(new QComboBox(this))
    , m_operator(new QComboBox(this))
    , m_value(new QComboBox(this))
    , m_text(new FilterEdit(this))
    , m_error(new QLabel(this))
    , m_apply(new QPushButton(this))
{
    setObjectName(u"termEditor"_s);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Condition"));
    m_field->setObjectName(u"termField"_s);
    m_operator->setObjectName(u"termOperator"_s);
    m_value->setObjectName(u"termValue"_s);
    m_text->setObjectName(u"termText"_s);
    m_field->setAccessibleName(tr("Field"));
    m_operator->setAccessibleName(tr("Operator"));
    m_value->setAccessibleName(tr("Value"));
    m_text->setAccessibleName(tr("Condition as text"));
    m_text->setPlaceholderText(tr("The same as text"));
    for (QComboBox *box : {m_field, m_value}) {
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        box->completer()->setFilterMode(Qt::MatchContains);
        box->completer()->setCaseSensitivity(Qt::CaseInsensitive);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMaxVisibleItems(14);
        box->lineEdit()->setMaxLength(m_text->maxLength());
        box->lineEdit()->installEventFilter(this);
    }
    m_field->setMinimumContentsLength(26);
    m_value->setMinimumContentsLength(26);
    m_field->lineEdit()->setPlaceholderText(tr("Field, by name or path"));
    m_value->lineEdit()->setPlaceholderText(tr("Value"));
    m_operator->installEventFilter(this);
    m_error->setObjectName(u"termError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();
    fillFields({});
    fillOperators(Operator::Eq);

    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_apply->setObjectName(u"termApply"_s);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_field, 0, 0);
    layout->addWidget(m_operator, 0, 1);
    layout->addWidget(m_value, 0, 2, 1, 2);
    layout->addWidget(m_apply, 0, 4);
    layout->addWidget(m_text, 1, 0, 1, 4);
    layout->addWidget(cancel, 1, 4);
    layout->addWidget(m_error, 2, 0, 1, 5);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(2, 3);

    connect(m_field, &QComboBox::activated, this, [this] {
        fillOperators(static_cast<Operator>(m_operator->currentData().toInt()));
        pick();
    });
    connect(m_field, &QComboBox::editTextChanged, this, [this] {
        fillOperators(static_cast<Operator>(m_operator->currentData().toInt()));
        pick();
    });
    connect(m_operator, &QComboBox::currentIndexChanged, this, &TermEditor::pick);
    connect(m_value, &QComboBox::editTextChanged, this, &TermEditor::pick);
    connect(m_text, &QLineEdit::textEdited, this, &TermEditor::showInPickers);
    connect(m_text, &FilterEdit::applied, this, &TermEditor::accept);
    connect(m_text, &FilterEdit::leaveRequested, this, &TermEditor::rejected);
    connect(m_apply, &QPushButton::clicked, this, &TermEditor::accept);
    connect(cancel, &QPushButton::clicked, this, &TermEditor::rejected);
}

void TermEditor::fillFields(const QStringList &further)
{
    const QSignalBlocker blocker(m_field);
    const QString before = m_field->currentText();
    m_field->clear();
    QStringList paths = eventPaths();
    for (const QString &path : further) {
        if (!paths.contains(path)) {
            paths << path;
        }
    }
    m_field->addItem(tr("Anything"), u"*"_s);
    for (const QString &path : paths) {
        const QString caption = FacetModel::caption(path);
        m_field->addItem(caption == path ? path : u"%1 \u2013 %2"_s.arg(caption, path), path);
    }
    m_field->setCurrentIndex(-1);
    m_field->setEditText(before);
}

void TermEditor::setFurtherPaths(const QStringList &paths)
{
    if (!isVisible()) {
        fillFields(paths);
    }
}

void TermEditor::setSuggestions(ValueSuggestions *forPickers, ValueSuggestions *forText)
{
    m_suggestions = forPickers;
    m_text->setSuggestions(forText);
    connect(m_suggestions, &ValueSuggestions::answered, this, &TermEditor::offerValues);
}

QString TermEditor::chosenPath() const
{
    const QString typed = m_field->currentText().trimmed();
    const int index = m_field->findText(typed, Qt::MatchFixedString);
    return index >= 0 ? m_field->itemData(index).toString() : typed;
}

void TermEditor::fillOperators(Operator chosen, bool isWritten)
{
    const QSignalBlocker blocker(m_operator);
    const QString path = chosenPath();
    m_operator->clear();
    std::vector<Operator> operators = operatorsFor(typeOfPath(path));
    // What has no column is compared as text, whatever is usual for what stands there.
    if (isWritten && std::ranges::find(operators, chosen) == operators.end()) {
        operators.push_back(chosen);
    }
    for (const Operator op : operators) {
        if (path != u"*"_s || op != Operator::Pr) {
            m_operator->addItem(operatorCaption(op), static_cast<int>(op));
        }
    }
    // Anything is looked through, seldom compared as a whole.
    const int index
        = m_operator->findData(static_cast<int>(path == u"*"_s && chosen == Operator::Eq ? Operator::Co : chosen));
    m_operator->setCurrentIndex(std::max(index, 0));
}

/// The pickers' choice becomes the text.
void TermEditor::pick()
{
    if (m_isFilling) {
        return;
    }
    SimpleTerm term{chosenPath(), static_cast<Operator>(m_operator->currentData().toInt()), {}};
    m_value->setEnabled(term.op != Operator::Pr);
    if (term.op == Operator::In) {
        for (const QString &value : m_value->currentText().split(u',')) {
            if (!value.trimmed().isEmpty()) {
                term.values << value.trimmed();
            }
        }
    } else if (term.op != Operator::Pr) {
        term.values << m_value->currentText();
    }
    m_error->hide();
    m_text->setText(term.path.isEmpty() ? QString() : textOf(term));
    askForValues();
}

void TermEditor::askForValues()
{
    const QString path = chosenPath();
    const auto op = static_cast<Operator>(m_operator->currentData().toInt());
    if (!m_suggestions || path.isEmpty() || op == Operator::Pr) {
        return;
    }
    if (m_suggestions->isAnswered(path, {})) {
        offerValues();
    } else {
        m_suggestions->ask(path, {});
    }
}

void TermEditor::offerValues()
{
    if (!m_suggestions->isAnswered(chosenPath(), {})) {
        return;
    }
    const qint64 newest = m_suggestions->newest();
    m_value->setToolTip(
        newest > 0 ? tr("Offered is what the newest %1 events have").arg(locale().toString(newest)) : QString());
    const QStringList values = m_suggestions->values();
    QStringList present;
    for (int i = 0; i < m_value->count(); ++i) {
        present << m_value->itemText(i);
    }
    if (values == present) {
        return;
    }
    const QSignalBlocker blocker(m_value);
    const QString typed = m_value->currentText();
    const int cursor = m_value->lineEdit()->cursorPosition();
    const bool isSelected = m_value->lineEdit()->hasSelectedText();
    m_value->clear();
    m_value->addItems(values);
    m_value->setCurrentIndex(-1);
    m_value->setEditText(typed);
    m_value->lineEdit()->setCursorPosition(cursor);
    if (isSelected) {
        m_value->lineEdit()->selectAll();
    }
}

/// The text is shown by the pickers, as far as they can.
void TermEditor::showInPickers(const QString &text)
{
    m_error->hide();
    const auto term = simpleTerm(text);
    m_isFilling = true;
    if (term) {
        const int index = m_field->findData(term->path);
        m_field->setCurrentIndex(index);
        m_field->setEditText(index >= 0 ? m_field->itemText(index) : term->path);
        fillOperators(term->op, true);
        m_value->setEditText(term->values.join(u", "_s));
        m_value->setEnabled(term->op != Operator::Pr);
    } else {
        m_field->setCurrentIndex(-1);
        m_field->setEditText({});
        m_value->setEditText({});
    }
    m_isFilling = false;
    askForValues();
}

void TermEditor::edit(const QString &text, bool exists)
{
    m_apply->setText(exists ? tr("Apply") : tr("Add"));
    m_text->setText(text);
    showInPickers(text);
    if (text.isEmpty()) {
        fillOperators(Operator::Eq);
        m_value->setEnabled(true);
    }
    m_error->hide();
    show();
    const bool isPicked = text.isEmpty() || simpleTerm(text).has_value();
    if (!isPicked) {
        m_text->setFocus(Qt::OtherFocusReason);
    } else if (exists && !m_value->isEnabled()) {
        m_operator->setFocus(Qt::OtherFocusReason);
    } else if (exists) {
        m_value->setFocus(Qt::OtherFocusReason);
        m_value->lineEdit()->selectAll();
    } else {
        m_field->setFocus(Qt::OtherFocusReason);
    }
}

void TermEditor::accept()
{
    const QString text = m_text->text().trimmed();
    if (text.isEmpty()) {
        showError({event::ErrorKind::InvalidInput, tr("Choose a field, or write the condition as text."), 0});
        return;
    }
    Q_EMIT accepted(text);
}

void TermEditor::showError(const event::Error &error)
{
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_error->setPalette(bad);
    m_error->setText(error.sentence);
    m_error->show();
    m_text->showError(error);
}

bool TermEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            accept();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void TermEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT rejected();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace octotrail::ui
