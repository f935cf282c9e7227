// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ImportPreview.h"

#include <QWidget>
#include <thread>

class QLabel;
class QTreeWidget;

namespace octotrail::ui {

/// Shows what is in archives while a thread reads them: form, events so far, their times, the first of them, and what
/// an import would skip.
class ImportPreviewPane : public QWidget
{
    Q_OBJECT

public:
    ImportPreviewPane(QStringList files, QString storeFile, QWidget *parent = nullptr);
    /// Stops, and waits for the thread to notice.
    ~ImportPreviewPane() override;

    void start();
    /// Whether an import would bring something, as far as is known.
    bool isPromising() const { return m_isPromising; }

Q_SIGNALS:
    /// All was read, or cannot be.
    void finished();

private:
    void showPreview(const exchange::ImportPreview &preview);
    void showError(const QString &sentence);

    QStringList m_files;
    QString m_storeFile;
    QLabel *m_form;
    QLabel *m_count;
    QLabel *m_times;
    QLabel *m_note;
    QTreeWidget *m_rows;
    QLabel *m_skipped;
    QTreeWidget *m_problems;
    bool m_isPromising = true;
    std::jthread m_thread; // last: what it tells needs the rest
};

} // namespace octotrail::ui
