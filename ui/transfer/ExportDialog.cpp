// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ExportDialog.h"

#include "ui/style/Metrics.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace octotrail::ui {

ExportDialog::ExportDialog(const QString &what, std::vector<std::string> shownPaths, QWidget *parent)
    : QDialog(parent)
    , m_shownPaths(std::move(shownPaths))
    , m_formats(new QButtonGroup(this))
    , m_shownOnly(new QCheckBox(tr("Only the columns of the table"), this))
{
    setWindowTitle(tr("Export"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    auto *heading = new QLabel(what, this);
    heading->setTextFormat(Qt::PlainText);
    layout->addWidget(heading);
    layout->addSpacing(metrics::HalfUnit);
    const auto add = [&](exchange::Format format, const QString &text) {
        auto *button = new QRadioButton(text, this);
        m_formats->addButton(button, static_cast<int>(format));
        layout->addWidget(button);
    };
    add(exchange::Format::NdJson, tr("&NDJSON: an event a line, exactly as Okta sent it"));
    add(exchange::Format::Json, tr("&JSON: the same as one array"));
    add(exchange::Format::Csv, tr("&CSV: a table for spreadsheets"));
    add(exchange::Format::Parquet, tr("&Parquet: a table for analysis tools"));
    auto *indented = new QHBoxLayout;
    indented->addSpacing(3 * metrics::Unit);
    indented->addWidget(m_shownOnly);
    layout->insertLayout(layout->indexOf(m_formats->button(static_cast<int>(exchange::Format::Parquet))), indented);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *go = buttons->addButton(tr("Choose file\u2026"), QDialogButtonBox::AcceptRole);
    go->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addSpacing(metrics::Unit);
    layout->addWidget(buttons);
    connect(m_formats, &QButtonGroup::idToggled, this,
        [this] { m_shownOnly->setEnabled(m_formats->checkedId() == static_cast<int>(exchange::Format::Csv)); });
    setFormat(exchange::Format::NdJson);
}

void ExportDialog::setFormat(exchange::Format format)
{
    m_formats->button(static_cast<int>(format))->setChecked(true);
    m_shownOnly->setEnabled(format == exchange::Format::Csv);
}

exchange::ExportOptions ExportDialog::options() const
{
    exchange::ExportOptions options;
    options.format = static_cast<exchange::Format>(m_formats->checkedId());
    if (options.format == exchange::Format::Csv && m_shownOnly->isChecked()) {
        options.fields = m_shownPaths;
    }
    return options;
}

QString ExportDialog::suffix() const
{
    switch (options().format) {
    case exchange::Format::Csv:
        return QStringLiteral("csv");
    case exchange::Format::Json:
        return QStringLiteral("json");
    case exchange::Format::NdJson:
        return QStringLiteral("ndjson");
    case exchange::Format::Parquet:
        return QStringLiteral("parquet");
    }
    return {};
}

} // namespace octotrail::ui
