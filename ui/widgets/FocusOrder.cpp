// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FocusOrder.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHash>
#include <QSet>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <algorithm>
#include <map>

namespace octotrail::ui {

namespace {

bool isStop(const QWidget &widget)
{
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.focusProxy();
}

/// The stops within a widget, in the order of its layout; then those of children that are in none, as they were.
class Walk
{
public:
    explicit Walk(QWidget &window)
    {
        for (QWidget *next = window.nextInFocusChain(); next && next != &window; next = next->nextInFocusChain()) {
            m_places.insert(next, static_cast<int>(m_places.size()));
        }
        visitChildren(window);
    }

    const QList<QWidget *> &stops() const { return m_stops; }

private:
    void visit(QWidget *widget)
    {
        if (!widget || widget->isWindow() || m_seen.contains(widget)) {
            return;
        }
        m_seen.insert(widget);
        if (isStop(*widget)) {
            m_stops.append(widget);
        }
        visitChildren(*widget);
    }

    void visitChildren(QWidget &widget)
    {
        if (QLayout *layout = widget.layout()) {
            visit(*layout);
        } else if (const auto *splitter = qobject_cast<QSplitter *>(&widget)) {
            for (int i = 0; i < splitter->count(); ++i) {
                visit(splitter->widget(i));
            }
        } else if (const auto *tabs = qobject_cast<QTabWidget *>(&widget)) {
            visit(tabs->cornerWidget(Qt::TopLeftCorner));
            visit(tabs->tabBar());
            visit(tabs->cornerWidget(Qt::TopRightCorner));
        }
        QList<QWidget *> children = widget.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        std::ranges::stable_sort(children, {}, [this](const QWidget *child) { return m_places.value(child); });
        for (QWidget *child : children) {
            visit(child);
        }
    }

    void visit(QLayout &layout)
    {
        for (QLayoutItem *item : itemsOf(layout)) {
            if (QWidget *widget = item->widget()) {
                visit(widget);
            } else if (QLayout *inner = item->layout()) {
                visit(*inner);
            }
        }
    }

    static QList<QLayoutItem *> itemsOf(QLayout &layout)
    {
        QList<QLayoutItem *> items;
        std::map<const QLayoutItem *, std::pair<int, int>> cells;
        const auto *grid = qobject_cast<const QGridLayout *>(&layout);
        for (int i = 0; i < layout.count(); ++i) {
            items.append(layout.itemAt(i));
            if (grid) {
                int rows = 0;
                int columns = 0;
                auto &[row, column] = cells[items.last()];
                grid->getItemPosition(i, &row, &column, &rows, &columns);
            }
        }
        if (grid) {
            std::ranges::stable_sort(items, {}, [&cells](const QLayoutItem *item) { return cells[item]; });
        }
        return items;
    }

    QList<QWidget *> m_stops;
    QSet<const QWidget *> m_seen;
    QHash<const QWidget *, int> m_places; ///< in the order as it was
};

} // namespace

void orderFocus(QWidget &window)
{
    const Walk walk(window);
    const QList<QWidget *> &stops = walk.stops();
    for (qsizetype i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops[i - 1], stops[i]);
    }
    // Tab would go to a box's first button from wherever the box stands, which may be between two of them.
    for (QDialogButtonBox *box : window.findChildren<QDialogButtonBox *>()) {
        box->setFocusProxy(nullptr);
    }
}

bool moveFocus(QWidget &window, bool next)
{
    const Walk walk(window);
    const QList<QWidget *> &stops = walk.stops();
    const qsizetype here = stops.indexOf(QApplication::focusWidget());
    for (qsizetype step = 1; here >= 0 && step < stops.size(); ++step) {
        QWidget *stop = stops[(here + (next ? step : stops.size() - step)) % stops.size()];
        if (stop->isVisibleTo(&window) && stop->isEnabled()) {
            stop->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return false;
}

} // namespace octotrail::ui
