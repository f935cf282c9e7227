// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/AnnotationBook.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace octotrail::ui {

/// Asks for the note on events. Shown with open(); Ctrl+Enter saves.
class NoteDialog : public QDialog
{
    Q_OBJECT

public:
    NoteDialog(const AnnotationBook &book, const std::vector<store::Seq> &seqs, QWidget *parent = nullptr);

    QString note() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void check();

    QPlainTextEdit *m_edit;
    QLabel *m_hint;
    QPushButton *m_save;
};

} // namespace octotrail::ui
