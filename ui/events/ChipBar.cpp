// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/ChipBar.h"

#include "ui/events/FilterChip.h"
#include "ui/events/TermEditor.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostUndo = 100;

} // namespace

ChipBar::ChipBar(QWidget *parent)
    : QWidget(parent)
    , m_empty(new QLabel(tr("No filter: every event is shown"), this))
    , m_add(new QToolButton(this))
    , m_editor(new TermEditor(this))
{
    setObjectName(u"chipBar"_s);
    setAccessibleName(tr("Filter as chips"));
    setFocusPolicy(Qt::NoFocus);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_add->setObjectName(u"addChip"_s);
    m_add->setText(tr("Add"));
    m_add->setIcon(icon(u"plus", Tone::Muted));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::StrongFocus);
    m_add->setToolTip(tr("Add a condition (Ins)"));
    m_add->setAccessibleName(tr("Add a condition"));
    connect(m_add, &QToolButton::clicked, this, &ChipBar::add);
    m_editor->hide();
    connect(m_editor, &TermEditor::accepted, this, &ChipBar::finishEditing);
    connect(m_editor, &TermEditor::rejected, this, &ChipBar::stopEditing);
    rebuild();
}

void ChipBar::setTerms(const filter::TermList &terms)
{
    if (terms == m_terms) {
        return;
    }
    m_terms = terms;
    m_undo.clear();
    m_redo.clear();
    m_edited = -1;
    m_editor->hide();
    rebuild();
}

void ChipBar::rebuild()
{
    const auto &terms = m_terms.terms();
    while (m_chips.size() > terms.size()) {
        m_chips.back()->hide();
        m_chips.back()->deleteLater();
        m_chips.pop_back();
    }
    while (m_chips.size() < terms.size()) {
        auto *chip = new FilterChip(this);
        const auto place
            = [this, chip] { return static_cast<int>(std::ranges::find(m_chips, chip) - m_chips.begin()); };
        connect(chip, &FilterChip::clicked, this, [this, place] { setCurrent(place(), true); });
        connect(chip, &FilterChip::editRequested, this, [this, place] { edit(place()); });
        connect(chip, &FilterChip::keyPressed, this, [this, place](QKeyEvent *event) { pressKey(place(), event); });
        connect(chip, &FilterChip::removeRequested, this, [this, place] { remove(place()); });
        connect(chip, &QWidget::customContextMenuRequested, this,
            [this, chip, place](const QPoint &position) { showMenu(place(), chip->mapToGlobal(position)); });
        connect(chip, &FilterChip::dragged, this, [this, place](const QPoint &position) {
            setCurrent(place(), true);
            m_dropPlace = placeAt(position);
            update();
        });
        connect(chip, &FilterChip::dropped, this, [this, place](const QPoint &) {
            const int from = place();
            const int to = m_dropPlace > from ? m_dropPlace - 1 : m_dropPlace;
            m_dropPlace = -1;
            update();
            move(from, to);
        });
        m_chips.push_back(chip);
    }
    QWidget *before = nullptr;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        m_chips[i]->setTerm(terms[i]);
        m_chips[i]->show();
        if (before) {
            setTabOrder(before, m_chips[i]);
        }
        before = m_chips[i];
    }
    if (before) {
        setTabOrder(before, m_add);
    }
    m_empty->setVisible(terms.empty());
    setCurrent(m_current, false);
    arrange();
}

/// Puts the chips beside each other, in as many lines as they need.
void ChipBar::arrange()
{
    const int gap = metrics::HalfUnit;
    const int line = std::max(m_add->sizeHint().height(), fontMetrics().height() + metrics::Unit);
    int x = 0;
    int y = 0;
    const auto put = [&](QWidget *widget) {
        const QSize size = widget->sizeHint();
        const int wide = std::min(size.width(), std::max(width(), 10 * metrics::Unit));
        if (x > 0 && x + wide > width()) {
            x = 0;
            y += line + gap;
        }
        widget->setGeometry(x, y + (line - size.height()) / 2, wide, size.height());
        x += wide + gap;
    };
    if (m_chips.empty()) {
        put(m_empty);
    }
    for (FilterChip *chip : m_chips) {
        put(chip);
    }
    put(m_add);
    if (y + line != height() || minimumHeight() != y + line) {
        setFixedHeight(y + line);
        Q_EMIT heightChanged(y + line);
    }
}

QSize ChipBar::sizeHint() const
{
    return {60 * metrics::Unit, minimumHeight()};
}

void ChipBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ChipBar::paintEvent(QPaintEvent *)
{
    if (m_dropPlace < 0 || m_chips.empty()) {
        return;
    }
    QPainter painter(this);
    const bool atEnd = m_dropPlace >= static_cast<int>(m_chips.size());
    const QRect chip = m_chips[static_cast<std::size_t>(atEnd ? m_dropPlace - 1 : m_dropPlace)]->geometry();
    const int x = atEnd ? chip.right() + 2 : chip.left() - 3;
    painter.fillRect(std::max(x, 0), chip.top(), 2, chip.height(), toneColor(Tone::Accent, palette()));
}

/// Before which chip something dropped here would go.
int ChipBar::placeAt(const QPoint &position) const
{
    int place = 0;
    for (const FilterChip *chip : m_chips) {
        const QRect box = chip->geometry();
        const bool isBefore = position.y() < box.top() - metrics::HalfUnit
            || (position.y() <= box.bottom() + metrics::HalfUnit && position.x() < box.center().x());
        if (isBefore) {
            break;
        }
        ++place;
    }
    return place;
}

void ChipBar::setCurrent(int place, bool focus)
{
    const int last = static_cast<int>(m_chips.size()) - 1;
    m_current = std::clamp(place, 0, std::max(last, 0));
    for (int i = 0; i <= last; ++i) {
        m_chips[static_cast<std::size_t>(i)]->setFocusPolicy(i == m_current ? Qt::StrongFocus : Qt::ClickFocus);
    }
    if (focus && last < 0) {
        m_add->setFocus(Qt::OtherFocusReason);
    } else if (focus) {
        m_chips[static_cast<std::size_t>(m_current)]->setFocus(Qt::OtherFocusReason);
    }
}

template <class F>
void ChipBar::change(F what, int current)
{
    filter::TermList before = m_terms;
    what(m_terms);
    if (m_terms == before) {
        return;
    }
    m_undo.push_back(std::move(before));
    if (m_undo.size() > mostUndo) {
        m_undo.erase(m_undo.begin());
    }
    m_redo.clear();
    stopEditing();
    m_current = current;
    rebuild();
    setCurrent(current, true);
    Q_EMIT changed();
}

void ChipBar::restore(std::vector<filter::TermList> &from, std::vector<filter::TermList> &to)
{
    if (from.empty()) {
        return;
    }
    to.push_back(m_terms);
    m_terms = std::move(from.back());
    from.pop_back();
    stopEditing();
    rebuild();
    setCurrent(m_current, true);
    Q_EMIT changed();
}

void ChipBar::undo()
{
    restore(m_undo, m_redo);
}

void ChipBar::redo()
{
    restore(m_redo, m_undo);
}

void ChipBar::remove(int place)
{
    change([place](filter::TermList &terms) { terms.remove(static_cast<std::size_t>(place)); }, place);
}

void ChipBar::toggle(int place)
{
    const auto at = static_cast<std::size_t>(place);
    change([at](filter::TermList &terms) { terms.setEnabled(at, !terms.terms()[at].isEnabled); }, place);
}

void ChipBar::negate(int place)
{
    change([place](filter::TermList &terms) { terms.negate(static_cast<std::size_t>(place)); }, place);
}

void ChipBar::move(int from, int to)
{
    if (to < 0 || to >= static_cast<int>(m_chips.size())) {
        return;
    }
    change(
        [=](filter::TermList &terms) { terms.move(static_cast<std::size_t>(from), static_cast<std::size_t>(to)); }, to);
}

void ChipBar::add()
{
    m_edited = static_cast<int>(m_chips.size());
    m_editor->edit({}, false);
}

void ChipBar::edit(int place)
{
    if (place < 0 || place >= static_cast<int>(m_chips.size())) {
        return;
    }
    setCurrent(place, false);
    m_edited = place;
    const filter::Term &term = m_terms.terms()[static_cast<std::size_t>(place)];
    QString text = QString::fromStdString(term.text);
    if (term.isWord) {
        // A word becomes the comparison that it stands for.
        filter::TermList one = *filter::TermList::read(term.text);
        one.negate(0);
        text = QString::fromStdString(filter::negationText(one.text()));
    }
    m_editor->edit(text, true);
}

void ChipBar::finishEditing(const QString &text)
{
    const int place = m_edited;
    if (place < 0) {
        return;
    }
    const bool isNew = place >= static_cast<int>(m_chips.size());
    filter::TermList changed = m_terms;
    const event::Status done = isNew ? changed.insert(static_cast<std::size_t>(place), text.toStdString())
                                     : changed.replace(static_cast<std::size_t>(place), text.toStdString());
    if (!done) {
        m_editor->showError(done.error());
        return;
    }
    if (changed == m_terms) {
        stopEditing();
        return;
    }
    change([&](filter::TermList &terms) { terms = changed; }, place);
}

void ChipBar::stopEditing()
{
    const bool hadFocus = m_editor->isVisible();
    m_edited = -1;
    m_editor->hide();
    if (hadFocus) {
        setCurrent(m_current, true);
    }
}

void ChipBar::showMenu(int place, const QPoint &globalPosition)
{
    setCurrent(place, true);
    const filter::Term term = m_terms.terms()[static_cast<std::size_t>(place)];
    auto *menu = new QMenu(this);
    menu->setObjectName(u"chipMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QStringView iconName, const QString &text, auto act) {
        QAction *action = iconName.isEmpty() ? menu->addAction(text) : menu->addAction(icon(iconName), text);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    add(u"edit", tr("&Edit\u2026\tEnter"), [=, this] { edit(place); });
    add(u"exclude", tr("&Negate\t!"), [=, this] { negate(place); });
    add(term.isEnabled ? u"eye-off" : u"eye", term.isEnabled ? tr("&Switch off\tSpace") : tr("&Switch on\tSpace"),
        [=, this] { toggle(place); });
    menu->addSeparator();
    add(u"arrow-left", tr("Move &left\tCtrl+Left"), [=, this] { move(place, place - 1); })->setEnabled(place > 0);
    add(u"arrow-right", tr("Move &right\tCtrl+Right"), [=, this] {
        move(place, place + 1);
    })->setEnabled(place + 1 < static_cast<int>(m_chips.size()));
    menu->addSeparator();
    add(u"copy", tr("&Copy as text\tCtrl+C"),
        [=] { QGuiApplication::clipboard()->setText(QString::fromStdString(term.text)); });
    add(u"trash", tr("Re&move\tDel"), [=, this] { remove(place); });
    menu->addSeparator();
    add(u"undo", tr("&Undo\tCtrl+Z"), [this] { undo(); })->setEnabled(canUndo());
    menu->popup(globalPosition);
}

bool ChipBar::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // These keys mean the chips while one of them has the focus, whatever the window does with them.
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || key->matches(QKeySequence::Copy)
            || key->key() == Qt::Key_Space || key->key() == Qt::Key_Delete) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

/// Keys that do not mean one chip.
bool ChipBar::pressCommonKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo)) {
        redo();
    } else if (event->key() == Qt::Key_Escape && m_editor->isVisible()) {
        stopEditing();
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
    } else if (event->key() == Qt::Key_Insert || event->key() == Qt::Key_Plus) {
        add();
    } else {
        return false;
    }
    event->accept();
    return true;
}

void ChipBar::keyPressEvent(QKeyEvent *event)
{
    if (pressCommonKey(event)) {
        return;
    }
    if (event->key() == Qt::Key_Left && m_add->hasFocus() && !m_chips.empty()) {
        setCurrent(static_cast<int>(m_chips.size()) - 1, true);
        return;
    }
    QWidget::keyPressEvent(event);
}

void ChipBar::pressKey(int place, QKeyEvent *event)
{
    if (pressCommonKey(event)) {
        return;
    }
    const int last = static_cast<int>(m_chips.size()) - 1;
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    event->accept();
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(
            QString::fromStdString(m_terms.terms()[static_cast<std::size_t>(place)].text));
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        control ? move(place, place - 1) : setCurrent(place - 1, true);
        return;
    case Qt::Key_Right:
        if (control) {
            move(place, place + 1);
        } else if (place == last) {
            m_add->setFocus(Qt::OtherFocusReason);
        } else {
            setCurrent(place + 1, true);
        }
        return;
    case Qt::Key_Home:
        setCurrent(0, true);
        return;
    case Qt::Key_End:
        setCurrent(last, true);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        edit(place);
        return;
    case Qt::Key_Space:
        toggle(place);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        remove(place);
        return;
    case Qt::Key_Exclam:
        negate(place);
        return;
    default:
        event->ignore();
    }
}

} // namespace octotrail::ui
