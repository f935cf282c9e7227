// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Accessibility.h"

#include "ui/style/Tones.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QHash>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <algorithm>
#include <map>

namespace octotrail::tests {

using namespace Qt::StringLiterals;

namespace {

QString described(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    QString path = button ? u' ' + button->text() : QString();
    for (; widget; widget = widget->parentWidget()) {
        path.prepend(u'/' + QString::fromLatin1(widget->metaObject()->className()) + u'#' + widget->objectName());
    }
    return path;
}

/// What the keyboard gets to in the window, as it is seen now.
QList<QWidget *> focusables(const QWidget &window)
{
    QList<QWidget *> all;
    const auto widgets = window.findChildren<QWidget *>();
    std::ranges::copy_if(widgets, std::back_inserter(all), [&](const QWidget *widget) {
        return widget->isVisibleTo(&window) && widget->isEnabled() && !widget->focusProxy()
            && (widget->focusPolicy() & Qt::TabFocus);
    });
    return all;
}

/// As what the widget is seen from the other one: what is scrolled is where its area is.
const QWidget *seenFrom(const QWidget *widget, const QWidget *other)
{
    const QWidget *seen = widget;
    for (const QWidget *one = widget->parentWidget(); one && !one->isAncestorOf(other); one = one->parentWidget()) {
        seen = qobject_cast<const QScrollArea *>(one) ? one : seen;
    }
    return seen;
}

bool leadsBack(const QRect &from, const QRect &to)
{
    const bool isSameColumn = from.left() < to.right() && to.left() < from.right();
    if (isSameColumn) {
        return to.bottom() < from.top();
    }
    const int common = std::min(from.bottom(), to.bottom()) - std::max(from.top(), to.top());
    const bool isSameRow = 2 * common > std::max(from.height(), to.height());
    return isSameRow && to.right() < from.left();
}

/// What Tab leads to, one after the other, until it comes to where it was; with a null if that is not where it began.
QList<QWidget *> tabOrder(QWidget &window, QWidget *begin, qsizetype controls)
{
    // The window that was closed before may give the focus to another one yet.
    const bool isReady = QTest::qWaitFor([&] {
        begin->setFocus(Qt::TabFocusReason);
        if (QApplication::focusWidget() != begin) {
            window.activateWindow();
        }
        return QApplication::focusWidget() == begin;
    });
    if (!isReady) {
        return {};
    }
    QList<QWidget *> order;
    // Some, such as the links of a text, take more than one step.
    for (qsizetype step = 0; step < 2 * controls + 10; ++step) {
        QWidget *focused = QApplication::focusWidget();
        if (!focused) {
            return {};
        }
        if (!order.contains(focused)) {
            order.append(focused);
        } else if (focused != order.last()) {
            break; // once around; or it goes around in a part of the window, and the rest is not reached
        }
        const bool isCode = focused->inherits("QsciScintillaBase"); // where Tab indents
        QTest::keyClick(focused, Qt::Key_Tab, isCode ? Qt::ControlModifier : Qt::NoModifier);
    }
    if (QApplication::focusWidget() != begin) {
        order.prepend(nullptr);
    }
    return order;
}

/// Steps that lead back, in a round that begins where the fewest do: what is first is for the window to say.
QStringList stepsBack(const QList<QWidget *> &order, const QHash<const QWidget *, QRect> &places)
{
    QStringList fewest;
    for (qsizetype begin = 0; begin < order.size(); ++begin) {
        QStringList faults;
        const QList<QWidget *> round = order.sliced(begin) + order.first(begin);
        for (qsizetype step = 1; step < round.size(); ++step) {
            const QWidget *widget = round[step];
            const auto before = std::find_if(round.begin(), round.begin() + step, [&](const QWidget *one) {
                return leadsBack(places.value(seenFrom(one, widget)), places.value(seenFrom(widget, one)));
            });
            if (before != round.begin() + step) {
                faults.append(described(widget) + u"\n  comes after "_s + described(*before));
            }
        }
        if (begin == 0 || faults.size() < fewest.size()) {
            fewest = faults;
        }
        if (fewest.isEmpty()) {
            break;
        }
    }
    return fewest;
}

/// The words of a widget that paints them in its palette's colour.
QString wordsOf(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return label->text();
    }
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button ? button->text() : QString();
}

/// What the style writes with: a default button is filled with the accent.
QPalette::ColorRole roleOf(const QWidget &widget)
{
    const auto *button = qobject_cast<const QPushButton *>(&widget);
    return button && button->isDefault() && !button->isFlat() ? QPalette::Base : widget.foregroundRole();
}

} // namespace

QStringList nameless(const QWidget &window)
{
    QStringList all;
    for (QWidget *widget : focusables(window)) {
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty()) {
            all.append(described(widget));
        }
    }
    return all;
}

QStringList tabFaults(QWidget &window)
{
    const QList<QWidget *> wanted = focusables(window);
    if (wanted.isEmpty()) {
        return {u"there is nothing to reach"_s};
    }
    QHash<const QWidget *, QRect> places; // before an area scrolls to what has the focus
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        places.insert(widget, QRect(widget->mapTo(&window, QPoint()), widget->size()));
    }
    QList<QWidget *> order = tabOrder(window, wanted.first(), wanted.size());
    if (order.isEmpty()) {
        return {u"the focus is nowhere"_s};
    }
    QStringList faults;
    if (order.removeAll(nullptr) > 0) {
        faults.append(
            u"from the last it does not go on with the first, but with "_s + described(QApplication::focusWidget()));
    }
    for (const QWidget *widget : wanted) {
        // Of the radio buttons of a group one is reached; from there on it is the arrow keys' turn.
        if (!order.contains(widget) && (widget->focusPolicy() & Qt::TabFocus)) {
            faults.append(u"not reached: "_s + described(widget));
        }
    }
    order.removeIf([&wanted](QWidget *widget) { return !wanted.contains(widget); });
    return faults + stepsBack(order, places);
}

QColor background(const QImage &picture)
{
    std::map<QRgb, int> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            ++colours[picture.pixel(x, y)];
        }
    }
    const auto most = std::ranges::max_element(colours, {}, [](const auto &entry) { return entry.second; });
    return most == colours.end() ? QColor() : QColor::fromRgb(most->first);
}

QStringList faintWords(QWidget &window, int &seen)
{
    const QImage picture = window.grab().toImage();
    QStringList faint;
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QString words = wordsOf(*widget);
        if (words.isEmpty() || !widget->isVisibleTo(&window) || !widget->isEnabled()
            || widget->visibleRegion().isEmpty()) {
            continue;
        }
        const QRect area = widget->visibleRegion().boundingRect().translated(widget->mapTo(&window, QPoint()));
        const QColor under = background(picture.copy(area));
        const QColor text = widget->palette().color(roleOf(*widget));
        ++seen;
        if (ui::contrastRatio(text, under) < leastContrast) {
            faint << u"%1 \u201c%2\u201d: %3 on %4 is %5:1"_s
                         .arg(QString::fromLatin1(widget->metaObject()->className()), words.left(60), text.name(),
                             under.name())
                         .arg(ui::contrastRatio(text, under));
        }
    }
    return faint;
}

} // namespace octotrail::tests
