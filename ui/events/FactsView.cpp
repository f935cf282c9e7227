// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FactsView.h"

#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>

namespace octotrail::ui {

FactsView::FactsView(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("facts"));
    setAccessibleName(tr("Summary of the event"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
}

void FactsView::setGroups(const QList<EventFactGroup> &groups)
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::HalfUnit, metrics::Unit + metrics::HalfUnit, metrics::Unit);
    grid->setHorizontalSpacing(metrics::Unit + metrics::HalfUnit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 12 * metrics::Unit);

    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, toneColor(Tone::Muted, palette()));
    const QFont headingFont = scaledFont(TextSize::Small, QFont::DemiBold);
    int row = 0;
    for (const EventFactGroup &group : groups) {
        auto *heading = new QLabel(group.title, page);
        heading->setTextFormat(Qt::PlainText);
        heading->setFont(headingFont);
        heading->setPalette(muted);
        heading->setContentsMargins(0, row == 0 ? metrics::HalfUnit : metrics::Unit + 2, 0, 0);
        grid->addWidget(heading, row++, 0, 1, 2);
        for (const EventFact &fact : group.facts) {
            auto *label = new QLabel(fact.label, page);
            label->setTextFormat(Qt::PlainText);
            label->setPalette(muted);
            label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
            auto *value = new QLabel(fact.text, page);
            value->setTextFormat(Qt::PlainText);
            value->setWordWrap(true);
            value->setMinimumWidth(1); // long words are cut, not the pane widened
            value->setTextInteractionFlags(Qt::TextSelectableByMouse);
            value->setAccessibleName(fact.label);
            value->setAccessibleDescription(fact.text);
            value->setContextMenuPolicy(Qt::CustomContextMenu);
            connect(value, &QWidget::customContextMenuRequested, this,
                [this, fact, value](const QPoint &position) { showMenu(fact, value->mapToGlobal(position)); });
            grid->addWidget(label, row, 0, Qt::AlignTop);
            grid->addWidget(value, row, 1);
            ++row;
        }
    }
    grid->setRowStretch(row, 1);
    setWidget(page); // deletes the one before
}

void FactsView::showMenu(const EventFact &fact, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!fact.path.isEmpty() && !fact.value.isEmpty()) {
        connect(menu->addAction(icon(u"filter"), tr("Filter to this value")), &QAction::triggered, this,
            [this, fact] { Q_EMIT filterRequested(fact.path, fact.value, false); });
        connect(menu->addAction(icon(u"exclude"), tr("Exclude this value")), &QAction::triggered, this,
            [this, fact] { Q_EMIT filterRequested(fact.path, fact.value, true); });
        menu->addSeparator();
    }
    connect(menu->addAction(icon(u"copy"), tr("Copy")), &QAction::triggered, this,
        [fact] { QGuiApplication::clipboard()->setText(fact.value.isEmpty() ? fact.text : fact.value); });
    menu->popup(globalPosition);
}

} // namespace octotrail::ui
