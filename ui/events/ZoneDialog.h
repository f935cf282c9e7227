// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace octotrail::ui {

/// Finds a time zone by its name: "berlin" and Enter.
class ZoneDialog : public QDialog
{
    Q_OBJECT

public:
    ZoneDialog(const QByteArray &current, QWidget *parent);

Q_SIGNALS:
    void chosen(const QByteArray &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(const QString &text);
    void choose();

    QLineEdit *m_find;
    QListView *m_list;
    QSortFilterProxyModel *m_found;
};

} // namespace octotrail::ui
