// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Exporter.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;

namespace octotrail::ui {

/// Asks for the form of an export: format, and for CSV which columns. Shown with open().
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// what: "1,204 events of the current filter". shownPaths: the paths of the columns that the table shows.
    ExportDialog(const QString &what, std::vector<std::string> shownPaths, QWidget *parent = nullptr);

    exchange::ExportOptions options() const;
    void setFormat(exchange::Format format);
    /// The format's file ending, without the dot.
    QString suffix() const;

private:
    std::vector<std::string> m_shownPaths;
    QButtonGroup *m_formats;
    QCheckBox *m_shownOnly;
};

} // namespace octotrail::ui
