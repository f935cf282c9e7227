// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Exporter.h"
#include "ui/cases/RedactionPane.h"

#include <QDialog>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace octotrail::ui {

/// Asks for the form of an export: which events, the format and what belongs to it, what is redacted, and whether a
/// manifest is written. Shown with open().
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    struct Scope
    {
        QString what; ///< "1,204 events of the current filter"
        std::optional<qint64> total; ///< of these events, if it is known
        qint64 chosen = 0; ///< in the table; the dialog offers these alone if there are several
    };
    /// shownPaths: the paths of the columns that the table shows.
    ExportDialog(Scope scope, std::vector<std::string> shownPaths, QWidget *parent = nullptr);

    /// Without the redaction, whose key takes time to be made.
    exchange::ExportOptions options() const;
    std::optional<RedactionChoice> redaction() const;
    bool isChosenOnly() const;
    void setFormat(exchange::Format format);
    /// Title and remarks.
    void setReport(const exchange::ReportOptions &report);
    /// The format's file ending, without the dot.
    QString suffix() const;

    void accept() override;

private:
    void update();
    bool isTooLong() const;

    Scope m_scope;
    std::vector<std::string> m_shownPaths;
    QCheckBox *m_shownOnly;
    QButtonGroup *m_formats;
    QRadioButton *m_chosen = nullptr;
    QLabel *m_tooLong;
    QLineEdit *m_title;
    QPlainTextEdit *m_remarks;
    QCheckBox *m_redacts;
    RedactionPane *m_redaction;
    QCheckBox *m_manifest;
    QPushButton *m_go;
};

} // namespace octotrail::ui
