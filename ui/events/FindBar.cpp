// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FindBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

FindBar::FindBar(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
    , m_edit(new QLineEdit(this))
    , m_state(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_filter(new QToolButton(this))
{
    const bool typed = kind == Kind::Typed;
    setObjectName(typed ? u"findBar"_s : u"alikeBar"_s);
    setAccessibleName(typed ? tr("Find in the result") : tr("Marked alike"));
    const auto set = [](QToolButton *button, QStringView iconName, const QString &text) {
        button->setIcon(icon(iconName));
        button->setAutoRaise(true);
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    set(m_previous, u"arrow-up", typed ? tr("Previous (Shift+F3)") : tr("Previous ([)"));
    set(m_next, u"arrow-down", typed ? tr("Next (F3)") : tr("Next (])"));
    set(m_filter, u"filter", tr("Show only these"));
    auto *close = new QToolButton(this);
    set(close, u"clear", typed ? tr("Close (Esc)") : tr("Take the marks away (Esc)"));
    m_what->setTextFormat(Qt::PlainText);
    m_what->setObjectName(typed ? u"findLabel"_s : u"alikeLabel"_s);
    m_what->setText(typed ? tr("&Find:") : QString());
    m_what->setBuddy(m_edit);
    m_edit->setObjectName(u"findEdit"_s);
    m_edit->setAccessibleName(tr("Find in the result"));
    m_edit->setPlaceholderText(tr("Words, or a filter such as outcome.result eq \"FAILURE\""));
    m_edit->setVisible(typed);
    m_filter->setObjectName(typed ? u"findFilter"_s : u"alikeFilter"_s);
    m_edit->installEventFilter(this);
    m_state->setObjectName(typed ? u"findState"_s : u"alikeState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::HalfUnit, metrics::Unit + metrics::HalfUnit, metrics::HalfUnit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_what);
    if (typed) {
        layout->addWidget(m_edit, 2);
    }
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_state);
    layout->addStretch(1);
    layout->addWidget(m_filter);
    layout->addWidget(close);
    m_delay.setSingleShot(true);
    m_delay.setInterval(std::chrono::milliseconds(120));
    connect(&m_delay, &QTimer::timeout, this, &FindBar::read);
    connect(m_edit, &QLineEdit::textChanged, &m_delay, QOverload<>::of(&QTimer::start));
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(m_filter, &QToolButton::clicked, this, &FindBar::filterRequested);
    connect(close, &QToolButton::clicked, this, &FindBar::close);
    setHasHits(false);
    hide();
}

void FindBar::begin()
{
    const bool wasHidden = isHidden();
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    if (wasHidden && !m_edit->text().trimmed().isEmpty()) {
        read(); // what was looked for before
    }
}

void FindBar::close()
{
    if (!isHidden()) {
        m_delay.stop();
        hide();
        Q_EMIT closed();
    }
}

QString FindBar::text() const
{
    return m_edit->text();
}

void FindBar::setText(const QString &text)
{
    m_edit->setText(text);
}

void FindBar::setWhat(const QString &what)
{
    m_what->setText(what);
    setAccessibleDescription(what);
}

void FindBar::setState(const QString &state)
{
    m_state->setText(state);
    m_edit->setAccessibleDescription(state);
}

void FindBar::setHasHits(bool has)
{
    for (QToolButton *button : {m_previous, m_next, m_filter}) {
        button->setEnabled(has);
    }
}

void FindBar::read()
{
    const auto input = filter::parseInput(m_edit->text().toStdString());
    if (!input) {
        setState(input.error().column > 0 ? tr("Column %1: %2").arg(input.error().column).arg(input.error().sentence)
                                          : input.error().sentence);
        return;
    }
    Q_EMIT changed(*input);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (m_delay.isActive()) {
                m_delay.stop();
                read(); // goes to the first one
            } else if (key->modifiers().testFlag(Qt::ShiftModifier)) {
                Q_EMIT previousRequested();
            } else {
                Q_EMIT nextRequested();
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace octotrail::ui
