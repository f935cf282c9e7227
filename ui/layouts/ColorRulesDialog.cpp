// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts/ColorRulesDialog.h"

#include "ui/events/FilterEdit.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/FocusOrder.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

ColorRulesDialog::ColorRulesDialog(const std::vector<ColorRule> &rules, QWidget *parent)
    : QDialog(parent)
    , m_model(rules)
    , m_list(new QTreeView(this))
    , m_remove(new QPushButton(icon(u"trash"), tr("&Remove"), this))
    , m_up(new QPushButton(icon(u"arrow-up"), tr("&Up"), this))
    , m_down(new QPushButton(icon(u"arrow-down"), tr("&Down"), this))
    , m_name(new QLineEdit(this))
    , m_filter(new FilterEdit(this))
    , m_color(new QComboBox(this))
    , m_error(new QLabel(this))
{
    setObjectName(u"colorRules"_s);
    setWindowTitle(tr("Colour rules"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(92 * metrics::Unit, 62 * metrics::Unit);
    auto *what = new QLabel(tr("An event has the colour of the first rule that matches it. A stripe and the tooltip "
                               "tell which, beside the colour."),
        this);
    what->setWordWrap(true);
    m_list->setObjectName(u"colorRuleList"_s);
    m_list->setAccessibleName(tr("Colour rules"));
    m_list->setModel(&m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setTabKeyNavigation(false);
    m_list->header()->resizeSection(ColorRuleModel::Name, 28 * metrics::Unit);
    m_name->setObjectName(u"colorRuleName"_s);
    m_name->setMaxLength(static_cast<int>(ColorRule::longestName));
    m_name->setPlaceholderText(tr("The filter, if it has no name"));
    m_filter->setObjectName(u"colorRuleFilter"_s);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("For example outcome.result eq \"FAILURE\""));
    m_color->setObjectName(u"colorRuleColor"_s);
    for (const RuleColor &color : ruleColors(palette())) {
        QPixmap swatch(metrics::IconSize, metrics::IconSize);
        swatch.fill(color.stripe);
        m_color->addItem(QIcon(swatch), color.caption);
    }
    m_error->setObjectName(u"colorRuleError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_error->setPalette(bad);

    auto *add = new QPushButton(icon(u"plus"), tr("&Add"), this);
    add->setObjectName(u"addColorRule"_s);
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {add, m_remove, m_up, m_down}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Filter:"), m_filter);
    form->addRow(tr("&Colour:"), m_color);
    form->addRow(QString(), m_error);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addLayout(form);
    layout->addWidget(buttons);
    orderFocus(*this);

    connect(add, &QPushButton::clicked, this, [this] { addRule({}); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (currentRow() >= 0) {
            m_model.remove(currentRow());
            showRule();
        }
    });
    connect(m_up, &QPushButton::clicked, this, [this] { moveBy(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveBy(1); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ColorRulesDialog::showRule);
    connect(m_name, &QLineEdit::textEdited, this, &ColorRulesDialog::takeRule);
    connect(m_filter, &QLineEdit::textChanged, this, &ColorRulesDialog::takeRule);
    connect(m_color, &QComboBox::activated, this, &ColorRulesDialog::takeRule);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ColorRulesDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (m_model.rowCount() > 0) {
        m_list->setCurrentIndex(m_model.index(0, 0));
    }
    showRule();
}

int ColorRulesDialog::currentRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void ColorRulesDialog::addRule(const QString &filter)
{
    ColorRule rule;
    rule.filter = filter;
    rule.name = ColorRule::usualName(filter);
    rule.color = m_model.rowCount() % static_cast<int>(ruleColors(palette()).size());
    m_model.add(rule);
    m_list->setCurrentIndex(m_model.index(m_model.rowCount() - 1, 0));
    showRule();
    m_filter->setFocus();
}

void ColorRulesDialog::moveBy(int by)
{
    if (currentRow() >= 0) {
        const int row = m_model.move(currentRow(), by);
        m_list->setCurrentIndex(m_model.index(row, 0));
        check();
    }
}

void ColorRulesDialog::showRule()
{
    const int row = currentRow();
    const bool has = row >= 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_filter, m_color, m_remove}) {
        widget->setEnabled(has);
    }
    m_showing = true;
    const ColorRule rule = has ? m_model.rules()[static_cast<std::size_t>(row)] : ColorRule();
    m_name->setText(rule.name == ColorRule::usualName(rule.filter) ? QString() : rule.name);
    m_filter->setText(rule.filter);
    m_color->setCurrentIndex(rule.color);
    m_showing = false;
    check();
}

void ColorRulesDialog::takeRule()
{
    if (m_showing || currentRow() < 0) {
        return;
    }
    ColorRule rule = m_model.rules()[static_cast<std::size_t>(currentRow())];
    rule.filter = m_filter->text();
    rule.name = m_name->text().trimmed().isEmpty() ? ColorRule::usualName(rule.filter) : m_name->text().trimmed();
    rule.color = m_color->currentIndex();
    m_model.setRule(currentRow(), rule);
    check();
}

void ColorRulesDialog::check()
{
    const int row = currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model.rowCount());
    m_filter->clearError();
    QString error;
    int wrong = 0;
    for (int other = 0; other < m_model.rowCount(); ++other) {
        const ColorRule &rule = m_model.rules()[static_cast<std::size_t>(other)];
        const QString problem = ColorRuleModel::problemOf(rule);
        wrong += problem.isEmpty() ? 0 : 1;
        if (other == row) {
            error = problem;
        }
    }
    if (row >= 0 && !m_filter->text().trimmed().isEmpty()) {
        if (const auto input = filter::parseInput(m_filter->text().toStdString()); !input) {
            m_filter->showError(input.error());
        }
    }
    m_error->setText(error.isEmpty() && wrong > 0 ? tr("Another rule has a filter that cannot be read.") : error);
    m_ok->setEnabled(wrong == 0);
}

} // namespace octotrail::ui
