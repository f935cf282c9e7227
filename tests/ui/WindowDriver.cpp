// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"

#include "ui/events/TimeRangeChoice.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>

namespace octotrail::tests {

using namespace ui;

namespace {

constexpr int patience = 30'000; ///< milliseconds

QString plain(const QAction *action)
{
    QString text = action->text();
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(QChar(u'&'));
    return text.replace(QChar(u'\x01'), QChar(u'&'));
}

QMenu *openMenu()
{
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

bool clickEntry(QMenu *menu, const QString &entry)
{
    for (QAction *action : menu->actions()) {
        if (plain(action) == entry && action->isEnabled()) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return true;
        }
    }
    return false;
}

} // namespace

WindowDriver::WindowDriver(CaseFile &file)
    : m_file(file)
    , m_supervisor(std::make_unique<collect::Supervisor>(file.store(), m_vault))
    , m_window(std::make_unique<MainWindow>(file.store(), *m_supervisor, m_vault))
{ }

WindowDriver::~WindowDriver() = default;

bool WindowDriver::show()
{
    m_window->show();
    return activate();
}

bool WindowDriver::activate()
{
    m_window->activateWindow();
    return QTest::qWaitForWindowActive(m_window.get(), patience);
}

bool WindowDriver::open()
{
    events().filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
    events().filterBar()->setFilter({});
    const auto counted = m_file.store()->count({});
    return show() && QTest::qWaitFor([&] { return counted.isFinished(); }, patience) && counted.result()
        && finds(static_cast<int>(*counted.result()))
        && QTest::qWaitFor([&] { return events().total().has_value(); }, patience);
}

bool WindowDriver::reopen()
{
    m_window = std::make_unique<MainWindow>(m_file.store(), *m_supervisor, m_vault);
    m_window->restoreState();
    return show()
        && QTest::qWaitFor([&] { return events().model().result().state() == EventResult::State::Complete; }, patience);
}

void WindowDriver::type(const QString &text)
{
    activate();
    QTest::mouseClick(&edit(), Qt::LeftButton);
    QTest::keySequence(&edit(), QKeySequence::SelectAll);
    QTest::keyClick(&edit(), Qt::Key_Delete);
    QTest::keyClicks(&edit(), text);
}

bool WindowDriver::apply(const QString &text)
{
    type(text);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        QTest::keyClick(popup, Qt::Key_Escape); // completions are another matter
    }
    QTest::keyClick(&edit(), Qt::Key_Return);
    return QTest::qWaitFor(
        [&] { return events().model().result().state() != EventResult::State::Searching; }, patience);
}

bool WindowDriver::finds(int count)
{
    const EventResult &result = events().model().result();
    const bool found = QTest::qWaitFor(
        [&] { return result.state() == EventResult::State::Complete && result.rows().size() == count; }, patience);
    if (!found) {
        qWarning("not %d events but %lld in state %d, filter \"%s\", typed \"%s\" %s", count,
            static_cast<long long>(result.rows().size()), static_cast<int>(result.state()),
            qUtf8Printable(events().filterBar()->filter()), qUtf8Printable(edit().text()),
            qUtf8Printable(result.error().sentence));
    }
    return found;
}

bool WindowDriver::cancels(const QString &filter)
{
    const EventResult &result = events().model().result();
    auto *cancel = find<QToolButton>(QStringLiteral("cancelSearch"));
    const auto clicking = QObject::connect(&result, &EventResult::wasReset, cancel, [&result, cancel] {
        if (result.state() == EventResult::State::Searching) {
            QTest::mouseClick(cancel, Qt::LeftButton);
        }
    });
    events().filterBar()->setFilter(filter);
    const bool isCancelled = QTest::qWaitFor([&] { return result.state() == EventResult::State::Cancelled; }, patience);
    QObject::disconnect(clicking);
    return isCancelled;
}

QString WindowDriver::resultCount() const
{
    return find<QLabel>(QStringLiteral("resultCount"))->text();
}

QString WindowDriver::cell(int row, EventColumn column)
{
    const QModelIndex index = events().model().index(row, static_cast<int>(column));
    if (!QTest::qWaitFor([&] { return !index.data(EventTableModel::IsLoadingRole).toBool(); }, patience)) {
        return QStringLiteral("(not read)");
    }
    return index.data().toString();
}

QPoint WindowDriver::cellPoint(int row, EventColumn column)
{
    cell(row, column);
    const QModelIndex index = events().model().index(row, static_cast<int>(column));
    table().scrollTo(index);
    return table().visualRect(index).center();
}

void WindowDriver::click(int row, EventColumn column)
{
    activate();
    const QPoint place = cellPoint(row, column);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, place);
}

bool WindowDriver::chooseInCellMenu(int row, EventColumn column, const QString &entry)
{
    const QPoint place = cellPoint(row, column);
    QTest::mouseClick(table().viewport(), Qt::RightButton, {}, place);
    // What the platform makes of a right click.
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table().viewport()->mapToGlobal(place));
    QApplication::sendEvent(table().viewport(), &event);
    return QTest::qWaitFor([] { return openMenu() != nullptr; }, patience) && chooseFromOpenMenu(entry);
}

bool WindowDriver::chooseTimeRange(const QString &name, QWidget *choice)
{
    activate();
    QTest::mouseClick(choice ? choice : events().filterBar()->timeRange(), Qt::LeftButton);
    QWidget *popup = QApplication::activePopupWidget();
    auto *list = popup ? popup->findChild<QListWidget *>(QStringLiteral("quickRanges")) : nullptr;
    const auto items = list ? list->findItems(name, Qt::MatchExactly) : QList<QListWidgetItem *>();
    if (items.isEmpty()) {
        return false;
    }
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(items.front()).center());
    return activate();
}

void WindowDriver::shortcut(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    activate();
    QTest::keyClick(m_window.get(), key, modifiers);
}

void WindowDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *popup = QApplication::activePopupWidget();
    QTest::keyClick(popup ? popup : QApplication::focusWidget(), key, modifiers);
}

QAbstractItemView *completions()
{
    auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    return popup && popup->objectName() == QLatin1String("filterCompletion") ? popup : nullptr;
}

QStringList candidates(int role)
{
    QStringList texts;
    if (const QAbstractItemView *popup = completions()) {
        for (int row = 0; row < popup->model()->rowCount(); ++row) {
            texts << popup->model()->index(row, 0).data(role).toString();
        }
    }
    return texts;
}

bool chooseFromOpenMenu(const QString &entry)
{
    QMenu *menu = openMenu();
    return menu && clickEntry(menu, entry);
}

bool chooseFromButton(QWidget *button, const QString &entry)
{
    // The menu runs an event loop of its own until something is chosen.
    bool chosen = false;
    int turns = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, button, [&] {
        if (QMenu *menu = openMenu()) {
            chosen = clickEntry(menu, entry);
            if (!chosen) {
                menu->close();
            }
            timer.stop();
        } else if (++turns > 1000) {
            timer.stop();
        }
    });
    timer.start(10);
    QTest::mouseClick(button, Qt::LeftButton);
    return chosen;
}

QStringList openMenuEntries()
{
    QStringList texts;
    if (const QMenu *menu = openMenu()) {
        for (const QAction *action : menu->actions()) {
            if (!action->isSeparator()) {
                texts << plain(action);
            }
        }
    }
    return texts;
}

} // namespace octotrail::tests
