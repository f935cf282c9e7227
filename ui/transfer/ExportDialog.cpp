// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ExportDialog.h"

#include "exchange/ReportExport.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FocusOrder.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto manifestKey = "export/manifest";

QHBoxLayout *indented(QWidget *widget)
{
    auto *row = new QHBoxLayout;
    row->addSpacing(3 * metrics::Unit);
    row->addWidget(widget, 1);
    return row;
}

} // namespace

ExportDialog::ExportDialog(Scope scope, std::vector<std::string> shownPaths, QWidget *parent)
    : QDialog(parent)
    , m_scope(std::move(scope))
    , m_shownPaths(std::move(shownPaths))
    , m_shownOnly(new QCheckBox(tr("Only the columns of the table"), this))
    , m_formats(new QButtonGroup(this))
    , m_tooLong(new QLabel(this))
    , m_title(new QLineEdit(this))
    , m_remarks(new QPlainTextEdit(this))
    , m_redacts(new QCheckBox(tr("&Redact: pseudonyms in place of who and where"), this))
    , m_redaction(new RedactionPane(this))
    , m_manifest(new QCheckBox(tr("Write a &manifest with hashes beside the file"), this))
    , m_go(nullptr)
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(tr("Export"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *left = new QVBoxLayout;
    left->setSpacing(metrics::HalfUnit);
    auto *heading = new QLabel(m_scope.what, this);
    heading->setTextFormat(Qt::PlainText);
    if (m_scope.chosen > 1) {
        auto *group = new QButtonGroup(this);
        auto *all = new QRadioButton(m_scope.what, this);
        m_chosen = new QRadioButton(tr("The %1 chosen events").arg(QLocale().toString(m_scope.chosen)), this);
        all->setObjectName(u"allEvents"_s);
        m_chosen->setObjectName(u"chosenEvents"_s);
        group->addButton(all);
        group->addButton(m_chosen);
        connect(m_chosen, &QAbstractButton::toggled, this, &ExportDialog::update);
        all->setChecked(true);
        heading->hide();
        left->addWidget(all);
        left->addWidget(m_chosen);
    } else {
        left->addWidget(heading);
    }
    left->addSpacing(metrics::Unit);
    const auto add = [&](exchange::Format format, const QString &text) {
        auto *button = new QRadioButton(text, this);
        m_formats->addButton(button, static_cast<int>(format));
        left->addWidget(button);
    };
    add(exchange::Format::NdJson, tr("&NDJSON: an event a line, exactly as Okta sent it"));
    add(exchange::Format::Json, tr("&JSON: the same as one array"));
    add(exchange::Format::Csv, tr("&CSV: a table for spreadsheets"));
    left->addLayout(indented(m_shownOnly));
    add(exchange::Format::Parquet, tr("&Parquet: a table for analysis tools"));
    add(exchange::Format::Html, tr("Report as &HTML: events with what was noted, to be read"));
    add(exchange::Format::Pdf, tr("Report as P&DF: the same for paper"));
    m_tooLong->setObjectName(u"reportTooLong"_s);
    m_tooLong->setTextFormat(Qt::PlainText);
    m_tooLong->setWordWrap(true);
    m_tooLong->setText(tr("A PDF takes %1 events at most: choose some of them in the table, narrow the filter, or make "
                          "the report as HTML.")
                           .arg(QLocale().toString(exchange::mostPdfEvents)));
    left->addLayout(indented(m_tooLong));
    m_title->setObjectName(u"reportTitle"_s);
    m_title->setAccessibleName(tr("Title of the report"));
    m_title->setPlaceholderText(tr("Title of the report"));
    m_title->setMaxLength(200);
    m_remarks->setObjectName(u"reportRemarks"_s);
    m_remarks->setAccessibleName(tr("Remarks at the head of the report"));
    m_remarks->setPlaceholderText(tr("What the reader should know"));
    m_remarks->setTabChangesFocus(true);
    m_remarks->setFixedHeight(5 * m_remarks->fontMetrics().lineSpacing());
    left->addLayout(indented(m_title));
    left->addLayout(indented(m_remarks));
    left->addSpacing(metrics::Unit);
    m_redacts->setObjectName(u"redact"_s);
    m_manifest->setObjectName(u"manifest"_s);
    m_manifest->setChecked(QSettings().value(manifestKey, true).toBool());
    left->addWidget(m_redacts);
    left->addWidget(m_manifest);
    left->addStretch(1);

    auto *sides = new QHBoxLayout;
    sides->setSpacing(3 * metrics::Unit);
    sides->addLayout(left);
    sides->addWidget(m_redaction, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(tr("Choose file\u2026"), QDialogButtonBox::AcceptRole);
    m_go->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->addLayout(sides, 1);
    layout->addSpacing(metrics::Unit);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetMinimumSize);
    m_redaction->setMinimumWidth(48 * metrics::Unit);
    m_redaction->hide();
    orderFocus(*this);
    connect(m_formats, &QButtonGroup::idToggled, this, &ExportDialog::update);
    connect(m_redaction, &RedactionPane::changed, this, &ExportDialog::update);
    connect(m_redacts, &QCheckBox::toggled, this, [this](bool on) {
        m_redaction->setVisible(on);
        update();
        adjustSize();
    });
    setFormat(exchange::Format::NdJson);
}

void ExportDialog::update()
{
    const auto format = static_cast<exchange::Format>(m_formats->checkedId());
    const bool isReport = format == exchange::Format::Html || format == exchange::Format::Pdf;
    m_shownOnly->setEnabled(format == exchange::Format::Csv);
    for (QWidget *field : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_remarks)}) {
        field->setEnabled(isReport);
        field->setVisible(isReport);
    }
    m_tooLong->setVisible(isTooLong());
    m_go->setEnabled(!isTooLong() && (!m_redacts->isChecked() || m_redaction->problem().isEmpty()));
}

/// Before somebody chooses a file for nothing.
bool ExportDialog::isTooLong() const
{
    const qint64 events = isChosenOnly() ? m_scope.chosen : m_scope.total.value_or(0);
    return static_cast<exchange::Format>(m_formats->checkedId()) == exchange::Format::Pdf
        && events > exchange::mostPdfEvents;
}

void ExportDialog::setFormat(exchange::Format format)
{
    m_formats->button(static_cast<int>(format))->setChecked(true);
    m_formats->button(static_cast<int>(format))->setFocus();
    update();
}

void ExportDialog::setReport(const exchange::ReportOptions &report)
{
    m_title->setText(report.title);
    m_remarks->setPlainText(report.remarks);
}

exchange::ExportOptions ExportDialog::options() const
{
    exchange::ExportOptions options;
    options.format = static_cast<exchange::Format>(m_formats->checkedId());
    if (options.format == exchange::Format::Csv && m_shownOnly->isChecked()) {
        options.fields = m_shownPaths;
    }
    options.report.title = m_title->text();
    options.report.remarks = m_remarks->toPlainText();
    options.manifest = m_manifest->isChecked();
    return options;
}

std::optional<RedactionChoice> ExportDialog::redaction() const
{
    return m_redacts->isChecked() ? std::optional(m_redaction->choice()) : std::nullopt;
}

bool ExportDialog::isChosenOnly() const
{
    return m_chosen && m_chosen->isChecked();
}

QString ExportDialog::suffix() const
{
    return exchange::nameOfFormat(options().format);
}

void ExportDialog::accept()
{
    QSettings().setValue(manifestKey, m_manifest->isChecked());
    if (m_redacts->isChecked()) {
        m_redaction->remember();
    }
    QDialog::accept();
}

} // namespace octotrail::ui
