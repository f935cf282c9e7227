// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/NewRuleDialog.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace octotrail::ui {

NewRuleDialog::NewRuleDialog(QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
    , m_description(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("New rule"));
    resize(860, 520);
    m_list->setAccessibleName(tr("Templates"));
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    m_description->setMinimumHeight(5 * metrics::Unit);
    m_description->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_text->setReadOnly(true);
    m_text->setFont(codeFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("The template's text"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Begin with it"));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    auto *right = new QWidget(this);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(metrics::Unit, 0, 0, 0);
    column->addWidget(m_description);
    column->addWidget(m_text, 1);
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_list);
    splitter->addWidget(right);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({300, 560});
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &NewRuleDialog::showCurrent);
    connect(m_list, &QListWidget::itemActivated, this, &NewRuleDialog::choose);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewRuleDialog::choose);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    whenFinished(QtConcurrent::run(&detect::ruleTemplates), this,
        [this](const std::vector<detect::RuleTemplate> &templates) { fill(templates); });
}

void NewRuleDialog::fill(const std::vector<detect::RuleTemplate> &templates)
{
    m_templates = templates;
    for (const detect::RuleTemplate &one : m_templates) {
        m_list->addItem(singleLine(one.title, 100));
    }
    if (m_templates.empty()) {
        m_description->setText(tr("The templates that belong to Octotrail are not where it was installed."));
    } else {
        m_list->setCurrentRow(0);
        m_list->setFocus(Qt::OtherFocusReason);
    }
}

void NewRuleDialog::showCurrent()
{
    const int row = m_list->currentRow();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(row >= 0);
    if (row < 0) {
        return;
    }
    const detect::RuleTemplate &one = m_templates[static_cast<std::size_t>(row)];
    m_description->setText(one.description);
    m_text->setPlainText(one.draft.format == detect::Rule::Format::Panther
            ? one.draft.python + QStringLiteral("\n") + one.draft.yaml
            : one.draft.yaml);
}

void NewRuleDialog::choose()
{
    if (const int row = m_list->currentRow(); row >= 0) {
        Q_EMIT chosen(m_templates[static_cast<std::size_t>(row)].draft.withNewIds());
        accept();
    }
}

} // namespace octotrail::ui
