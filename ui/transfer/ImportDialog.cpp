// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ImportDialog.h"

#include "ui/style/Metrics.h"
#include "ui/transfer/ImportPreviewPane.h"
#include "ui/widgets/PlainText.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace octotrail::ui {

ImportDialog::ImportDialog(
    const QStringList &files, const QStringList &sourceNames, const QString &storeFile, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_name(new QLineEdit(this))
    , m_preview(new ImportPreviewPane(files, storeFile, this))
    , m_start(new QPushButton(tr("Import"), this))
{
    setWindowTitle(tr("Import archive"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(60 * metrics::Unit);
    resize(100 * metrics::Unit, 64 * metrics::Unit);
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
        tr("Events that are in the case already are not added again. You need not wait for the preview."), this);
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
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::updateStart);
    connect(m_preview, &ImportPreviewPane::finished, this, &ImportDialog::updateStart);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->addLayout(form);
    layout->addWidget(m_preview, 1);
    layout->addWidget(note);
    layout->addWidget(buttons);
}

void ImportDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!std::exchange(m_isReading, true)) {
        m_preview->start();
    }
}

void ImportDialog::updateStart()
{
    m_start->setEnabled(!m_name->text().trimmed().isEmpty() && m_preview->isPromising());
}

QString ImportDialog::sourceName() const
{
    return m_name->text().trimmed();
}

} // namespace octotrail::ui
