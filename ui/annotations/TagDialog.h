// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/AnnotationBook.h"

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace octotrail::ui {

/// Asks which tags events have: those in use are to be ticked, new ones to be typed. Shown with open().
class TagDialog : public QDialog
{
    Q_OBJECT

public:
    TagDialog(const AnnotationBook &book, const std::vector<store::Seq> &seqs, QWidget *parent = nullptr);

    /// What the user wants changed.
    QStringList added() const;
    QStringList removed() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeTyped();
    void narrow();
    void addItem(const QString &tag, int uses, Qt::CheckState state);

    QLineEdit *m_edit;
    QListWidget *m_list;
    QMap<QString, Qt::CheckState> m_before;
};

} // namespace octotrail::ui
