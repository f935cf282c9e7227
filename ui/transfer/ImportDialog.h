// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QPushButton;

namespace octotrail::ui {

class ImportPreviewPane;

/// Shows what is in chosen files, and asks which source their events shall belong to. Shown with open().
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    /// storeFile is the open case's own.
    ImportDialog(
        const QStringList &files, const QStringList &sourceNames, const QString &storeFile, QWidget *parent = nullptr);

    const QStringList &files() const { return m_files; }
    QString sourceName() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void updateStart();

    QStringList m_files;
    QLineEdit *m_name;
    ImportPreviewPane *m_preview;
    QPushButton *m_start;
    bool m_isReading = false;
};

} // namespace octotrail::ui
