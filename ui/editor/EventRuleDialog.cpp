// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/EventRuleDialog.h"

#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

EventRuleDialog::EventRuleDialog(event::LogEvent event, QWidget *parent)
    : QDialog(parent)
    , m_event(std::move(event))
    , m_traits(detect::traitsOf(m_event))
    , m_search(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setWindowTitle(tr("New rule from this event"));
    resize(720, 520);
    auto *question = new QLabel(tr("Which of these does an event have to have for the rule to fire?"), this);
    question->setWordWrap(true);
    m_search->setPlaceholderText(tr("Search fields and values"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(m_search->placeholderText());
    m_list->setHeaderLabels({tr("Field"), tr("Value"), tr("Path")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("What the event has"));
    m_list->header()->resizeSection(0, 22 * metrics::Unit);
    m_list->header()->resizeSection(1, 30 * metrics::Unit);
    for (const detect::EventTrait &trait : m_traits) {
        auto *item = new QTreeWidgetItem(
            m_list, {singleLine(trait.caption, 80), singleLine(trait.value, 200), QString::fromStdString(trait.path)});
        item->setCheckState(0, trait.isUsual ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(1, ui::toolTip(trait.value));
    }
    tint();
    m_list->setCurrentItem(m_list->topLevelItem(0));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_make = buttons->button(QDialogButtonBox::Ok);
    m_make->setText(tr("&Make the rule"));
    const auto update = [this] { m_make->setEnabled(!chosenTraits().empty()); };
    update();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_list, &QTreeWidget::itemChanged, this, update);
    connect(m_search, &QLineEdit::textChanged, this, &EventRuleDialog::search);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(detect::draftFromEvent(m_event, chosenTraits()));
        accept();
    });
    m_list->setFocus(Qt::OtherFocusReason);
}

void EventRuleDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        tint();
    }
}

/// Paths are for those who look for them.
void EventRuleDialog::tint()
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        m_list->topLevelItem(row)->setForeground(2, toneColor(Tone::Muted, palette()));
    }
}

std::vector<detect::EventTrait> EventRuleDialog::chosenTraits() const
{
    std::vector<detect::EventTrait> chosen;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->checkState(0) == Qt::Checked) {
            chosen.push_back(m_traits[static_cast<std::size_t>(row)]);
        }
    }
    return chosen;
}

void EventRuleDialog::search(const QString &text)
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const bool isFound = item->text(0).contains(text, Qt::CaseInsensitive)
            || item->text(1).contains(text, Qt::CaseInsensitive) || item->text(2).contains(text, Qt::CaseInsensitive);
        item->setHidden(!isFound);
    }
}

} // namespace octotrail::ui
