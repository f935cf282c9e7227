// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CaseFile.h"
#include "collect/Supervisor.h"
#include "secrets/Vault.h"
#include "ui/MainWindow.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"

#include <QMenu>
#include <QTest>
#include <memory>

class QAbstractItemView;

namespace octotrail::tests {

/// The window on a case file, driven with mouse and keyboard as a person does.
class WindowDriver
{
public:
    explicit WindowDriver(CaseFile &file);
    ~WindowDriver();

    /// Shows the window and waits until all events of the file are in its table.
    bool open();
    /// Shows it as it was left: with what saveState() has kept.
    bool reopen();

    ui::MainWindow &window() { return *m_window; }
    collect::Supervisor &supervisor() { return *m_supervisor; }
    ui::EventView &events() { return *m_window->events(); }
    ui::FilterEdit &edit() { return *events().filterBar()->edit(); }
    ui::EventTable &table() { return *events().table(); }

    /// The headless platform gives the focus to nobody when a menu has closed.
    bool activate();

    /// Clicks into the filter's field and types, replacing what is there.
    void type(const QString &text);
    /// The same with Enter, and waits for the result.
    bool apply(const QString &text);
    /// Whether the search has ended with so many events.
    bool finds(int count);
    /// Applies the filter and clicks on Cancel while what was found first comes in: the end of the search cannot have
    /// been heard of by then. Whether it was cancelled.
    bool cancels(const QString &filter);
    QString resultCount() const;
    QString cell(int row, ui::EventColumn column);
    QPoint cellPoint(int row, ui::EventColumn column);
    void click(int row, ui::EventColumn column);
    /// Opens the cell's menu with the right button and clicks the entry.
    bool chooseInCellMenu(int row, ui::EventColumn column, const QString &entry);
    /// Opens the choice of time, that of the events if no other is named, and clicks one of the usual ranges.
    bool chooseTimeRange(const QString &name, QWidget *choice = nullptr);
    /// A key of the window's menus.
    void shortcut(Qt::Key key, Qt::KeyboardModifiers modifiers);
    /// The other window that the key opens, with Ctrl and Shift.
    template <class T>
    T *openWindow(Qt::Key key)
    {
        shortcut(key, Qt::ControlModifier | Qt::ShiftModifier);
        auto *opened = m_window->findChild<T *>();
        if (!opened || !QTest::qWaitForWindowExposed(opened, 30000)) {
            qFatal("%s does not open.", T::staticMetaObject.className());
        }
        return opened;
    }
    /// A key to whatever has the focus.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});

    template <class T>
    T *find(const QString &name) const
    {
        auto *widget = m_window->findChild<T *>(name);
        if (!widget) {
            qFatal("There is no widget %s.", qUtf8Printable(name));
        }
        return widget;
    }

private:
    bool show();

    CaseFile &m_file;
    secrets::Vault m_vault;
    std::unique_ptr<collect::Supervisor> m_supervisor;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// The list of completions of the filter's field; null if it is not open.
QAbstractItemView *completions();
/// What the list says of each; nothing if it is not open.
QStringList candidates(int role = Qt::DisplayRole);

/// Clicks the entry of the menu that is open; false if there is none.
bool chooseFromOpenMenu(const QString &entry);
/// Clicks the button, whose menu waits for an answer, and the entry of it.
bool chooseFromButton(QWidget *button, const QString &entry);
/// The texts of the entries of the menu that is open, without their marks.
QStringList openMenuEntries();

} // namespace octotrail::tests
