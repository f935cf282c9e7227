// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace octotrail::ui {

/// Asks which source the events of chosen files shall belong to. Shown with open().
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(const QStringList &files, const QStringList &sourceNames, QWidget *parent = nullptr);

    const QStringList &files() const { return m_files; }
    QString sourceName() const;

private:
    QStringList m_files;
    QLineEdit *m_name;
};

} // namespace octotrail::ui
