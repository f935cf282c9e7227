// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ImportDialog.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

ImportDialog::ImportDialog(const QStringList &files, const QStringList &sourceNames, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_name(new QLineEdit(this))
{
    setWindowTitle(tr("Import archive"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(60 * metrics::Unit);
    QStringList names;
    for (const QString &file : files.first(std::min<qsizetype>(files.size(), 4))) {
        names << singleLine(QFileInfo(file).fileName(), 80);
    }
    if (files.size() > names.size()) {
        names << tr("and %1 more").arg(files.size() - names.size());
    }
    auto *chosen = new QLabel(names.join(QStringLiteral(", ")), this);
    chosen->setTextFormat(Qt::PlainText);
    chosen->setWordWrap(true);
    auto *note = new QLabel(
        tr("JSON, NDJSON, gzip or zstd of either. Events that are in the store already are not added again."), this);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_name->setObjectName(QStringLiteral("importSource"));
    m_name->setMaxLength(200);
    m_name->setText(QFileInfo(files.value(0)).completeBaseName());
    m_name->selectAll();
    auto *completer = new QCompleter(sourceNames, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    auto *form = new QFormLayout;
    form->addRow(tr("Files:"), chosen);
    form->addRow(tr("As events of the &source:"), m_name);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *start = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    start->setDefault(true);
    connect(m_name, &QLineEdit::textChanged, start,
        [start](const QString &text) { start->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addSpacing(metrics::Unit);
    layout->addWidget(buttons);
}

QString ImportDialog::sourceName() const
{
    return m_name->text().trimmed();
}

} // namespace octotrail::ui
