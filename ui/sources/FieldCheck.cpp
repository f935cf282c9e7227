// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/FieldCheck.h"

#include "ui/sources/FieldMessage.h"

#include <QFocusEvent>
#include <QLineEdit>

namespace octotrail::ui {

FieldCheck::FieldCheck(QLineEdit *field, FieldMessage *message, std::function<QString()> problem, QObject *parent)
    : QObject(parent)
    , m_field(field)
    , m_message(message)
    , m_problem(std::move(problem))
{
    field->installEventFilter(this);
    connect(field, &QLineEdit::textChanged, this, &FieldCheck::review);
}

bool FieldCheck::check()
{
    Q_EMIT aboutToCheck();
    m_wasLeft = true;
    const QString problem = m_problem();
    m_showsProblem = !problem.isEmpty();
    if (m_showsProblem) {
        m_message->setMessage(FieldMessage::Kind::Error, problem);
    } else if (m_message->kind() == FieldMessage::Kind::Error) {
        m_message->clear();
    }
    Q_EMIT checked();
    return !m_showsProblem;
}

void FieldCheck::showFault(const QString &sentence)
{
    m_showsProblem = m_showsProblem || !sentence.isEmpty();
    if (!sentence.isEmpty()) {
        m_message->setMessage(FieldMessage::Kind::Error, sentence);
    }
}

void FieldCheck::review()
{
    if (!m_showsProblem) {
        return;
    }
    const QString problem = m_problem();
    if (problem.isEmpty()) {
        m_showsProblem = false;
        m_message->clear();
        Q_EMIT checked();
    } else {
        m_message->setMessage(FieldMessage::Kind::Error, problem);
    }
}

void FieldCheck::startAfresh()
{
    m_wasLeft = false;
    m_showsProblem = false;
    m_message->clear();
}

bool FieldCheck::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        const bool comesBack = reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason
            || reason == Qt::MenuBarFocusReason;
        if (!comesBack && m_field->isVisible()) {
            check();
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace octotrail::ui
