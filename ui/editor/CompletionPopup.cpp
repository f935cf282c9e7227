// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/CompletionPopup.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QHeaderView>
#include <QScreen>
#include <QScrollBar>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int mostRows = 10;

} // namespace

CompletionPopup::CompletionPopup(QWidget *editor)
    : QFrame(editor, Qt::ToolTip)
    , m_list(new QTreeWidget(this))
{
    // The frame is what shows of it around the list.
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Mid);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_ShowWithoutActivating);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Completion"));
    m_list->header()->setStretchLastSection(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    layout->addWidget(m_list);
    connect(m_list, &QTreeWidget::itemClicked, this,
        [this](QTreeWidgetItem *item) { Q_EMIT chosen(m_list->indexOfTopLevelItem(item)); });
}

void CompletionPopup::offer(const std::vector<RuleCandidate> &candidates, const QRect &word)
{
    m_list->clear();
    const QFont code = codeFont();
    const QFont small = scaledFont(TextSize::Small);
    const QColor muted = toneColor(Tone::Muted, palette());
    int textWidth = 0;
    int descriptionWidth = 0;
    for (const RuleCandidate &candidate : candidates) {
        auto *item = new QTreeWidgetItem(m_list, {candidate.text, candidate.description});
        item->setFont(0, code);
        item->setFont(1, small);
        item->setForeground(1, muted);
        textWidth = std::max(textWidth, QFontMetrics(code).horizontalAdvance(candidate.text));
        descriptionWidth = std::max(descriptionWidth, QFontMetrics(small).horizontalAdvance(candidate.description));
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
    textWidth += 3 * metrics::Unit;
    descriptionWidth += 2 * metrics::Unit;
    m_list->setColumnWidth(0, textWidth);
    const int rows = std::min(static_cast<int>(candidates.size()), mostRows);
    const int rowHeight = std::max(m_list->sizeHintForRow(0), 20);
    const int width
        = std::clamp(textWidth + descriptionWidth + m_list->verticalScrollBar()->sizeHint().width() + 4, 200, 640);
    resize(width, rows * rowHeight + 4);
    QPoint place = word.bottomLeft() + QPoint(0, 2);
    if (const QScreen *screen = parentWidget()->screen()) {
        const QRect area = screen->availableGeometry();
        if (place.y() + height() > area.bottom()) {
            place.setY(word.top() - height() - 2);
        }
        place.setX(std::max(area.left(), std::min(place.x(), area.right() - width)));
    }
    QFrame::move(place);
    show();
}

QStringList CompletionPopup::texts() const
{
    QStringList all;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        all << m_list->topLevelItem(row)->text(0);
    }
    return all;
}

int CompletionPopup::current() const
{
    return m_list->indexOfTopLevelItem(m_list->currentItem());
}

void CompletionPopup::move(int rows)
{
    const int count = m_list->topLevelItemCount();
    if (count > 0) {
        const int wanted = current() + rows;
        // One step leads around, a page does not.
        const int row = std::abs(rows) == 1 ? (wanted + count) % count : std::clamp(wanted, 0, count - 1);
        m_list->setCurrentItem(m_list->topLevelItem(row));
    }
}

} // namespace octotrail::ui
