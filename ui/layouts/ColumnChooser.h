// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layouts/TableLayout.h"

#include <QDialog>
#include <QSet>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QSpinBox;

namespace octotrail::ui {

/// Chooses the table's columns: of all fields those to be shown, found by caption or path or typed as a path, and their
/// order. Shown with open(); layout() counts if it was accepted.
class ColumnChooser : public QDialog
{
    Q_OBJECT

public:
    explicit ColumnChooser(const TableLayout &layout, QWidget *parent = nullptr);

    TableLayout layout() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addField(const ColumnInfo &info);
    void narrow();
    void setShown(const QString &key, bool shown);
    void takeTick(QListWidgetItem *item);
    void addTyped();
    QString typedPath() const;
    void moveBy(int by);
    void check();
    QListWidgetItem *shownItem(const QString &key) const;

    TableLayout m_layout;
    QSet<QString> m_known; ///< keys and paths that are offered
    QLineEdit *m_search;
    QListWidget *m_fields;
    QListWidget *m_shown;
    QPushButton *m_add;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_remove;
    QSpinBox *m_pinned;
    QPushButton *m_ok = nullptr;
};

} // namespace octotrail::ui
