// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SaveSearchDialog.h"

#include "ui/searches/SavedSearches.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

SaveSearchDialog::SaveSearchDialog(
    SavedSearches &searches, const BarState &state, const TimeDisplay &time, const QString &id, QWidget *parent)
    : QDialog(parent)
    , m_searches(searches)
    , m_state(state)
    , m_name(new QLineEdit(this))
    , m_folder(new QComboBox(this))
    , m_note(new QLabel(this))
{
    setObjectName(u"saveSearch"_s);
    setWindowTitle(tr("Save search"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(56 * metrics::Unit);
    m_name->setObjectName(u"searchName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(exchange::longestDocumentName);
    m_folder->setObjectName(u"searchFolder"_s);
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->addItem({});
    m_folder->addItems(searches.folders());
    m_folder->lineEdit()->setPlaceholderText(tr("None; \u201cPhishing/Week 3\u201d makes folders"));
    const SavedSearch *open = searches.find(id);
    m_name->setText(open ? open->document.name : proposedName(state));
    m_folder->setCurrentText(open ? open->document.folder : QString());
    m_name->selectAll();
    auto *what = new QLabel(this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    QStringList lines{state.filter.isEmpty() ? tr("No filter") : singleLine(state.filter, 400)};
    if (!state.disabled.empty()) {
        lines << tr("%1 conditions that are switched off").arg(state.disabled.size());
    }
    lines << TimeRangeChoice::titleOf(state.time, time);
    lines << (state.sources.empty() ? tr("All sources") : tr("%1 sources").arg(state.sources.size()));
    what->setText(lines.join(u'\n'));
    m_note->setObjectName(u"saveNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(u"saveSearchButton"_s);
    m_save->setDefault(true);

    auto *form = new QFormLayout(this);
    form->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Folder"), m_folder);
    form->addRow(tr("Search"), what);
    form->addRow(m_note);
    form->addRow(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &SaveSearchDialog::update);
    connect(m_folder, &QComboBox::editTextChanged, this, &SaveSearchDialog::update);
    connect(buttons, &QDialogButtonBox::accepted, this, &SaveSearchDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    update();
}

void SaveSearchDialog::update()
{
    const QString name = m_name->text().simplified();
    const bool replaces = m_searches.findByName(tidyFolder(m_folder->currentText()), name) != nullptr;
    m_save->setEnabled(!name.isEmpty());
    m_save->setText(replaces ? tr("Replace") : tr("Save"));
    m_note->setText(replaces ? tr("The search of that name is replaced. That can be undone.") : QString());
}

void SaveSearchDialog::save()
{
    Q_EMIT saved(m_searches.save(m_folder->currentText(), m_name->text(), m_state));
    accept();
}

} // namespace octotrail::ui
