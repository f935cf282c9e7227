// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QObject>
#include <functional>
#include <memory>

class QAction;
class QActionGroup;
class QMenu;
class QWidget;

namespace octotrail::ui {

class TransferArea;

/// What the File menu does with cases as a whole: make one, open another, save a copy, merge one into this.
class CaseActions : public QObject
{
    Q_OBJECT

public:
    /// transfers shows what takes time; window is the parent of dialogs.
    CaseActions(std::shared_ptr<store::Store> store, TransferArea &transfers, QWidget *window);

    /// "New", "Open" and what belongs to them, then what is done with this case, with a line between.
    void addTo(QMenu *menu);

    /// Those change the case: where it is open for reading only, they cannot be used, and say why.
    void disableIfReadOnly(const QList<QAction *> &actions);
    bool isReadOnly() const { return m_isReadOnly; }

    /// Asks whether what is under way may be cancelled, if something is; then goes on.
    void leave(const std::function<void()> &then);

Q_SIGNALS:
    /// Another case, or a new one, is to be opened in place of this one.
    void openRequested(const QString &file, bool readOnly);
    void problemOccurred(const QString &sentence);

private:
    void askForNew();
    void askForOther(bool readOnly);
    void askForCopy();
    void askForMerge();
    void open(const QString &file, bool readOnly);
    void fillRecent();

    std::shared_ptr<store::Store> m_store;
    TransferArea &m_transfers;
    QWidget *m_window;
    bool m_isReadOnly;
    QActionGroup *m_changing; ///< holds actions disabled, whatever their owners think of it
    QAction *m_new;
    QAction *m_open;
    QAction *m_openReadOnly;
    QAction *m_copy;
    QAction *m_merge;
    QMenu *m_recent;
};

} // namespace octotrail::ui
