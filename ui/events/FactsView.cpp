// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FactsView.h"

#include "ui/entities/EntityText.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStringTokenizer>
#include <QStyle>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int longValue = 26 * metrics::Unit; ///< what is shorter stays in one line
constexpr int longWord = 36 * metrics::Unit; ///< what is longer is cut where there is no room for it

/// What a value needs so as not to be cut.
int neededWidth(const QString &text, const QFontMetrics &metrics)
{
    const int whole = metrics.horizontalAdvance(text.left(200)) + 1;
    if (whole <= longValue) {
        return whole;
    }
    int widest = longValue;
    for (const QStringView word : QStringTokenizer(QStringView(text), u' ')) {
        widest = std::max(widest, metrics.horizontalAdvance(word.left(200).toString()) + 1);
    }
    return widest;
}

/// A value that wraps between words. A single word that is wider than there is room is cut with dots.
class ValueLabel : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        const int room = contentsRect().width();
        if (text().contains(u' ') || fontMetrics().horizontalAdvance(text()) <= room) {
            QLabel::paintEvent(event);
            return;
        }
        QPainter painter(this);
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, room);
        style()->drawItemText(
            &painter, contentsRect(), Qt::AlignVCenter, palette(), isEnabled(), shown, foregroundRole());
    }
};

} // namespace

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
    m_grid = new QGridLayout(page);
    m_grid->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit + metrics::HalfUnit, metrics::Unit);
    m_grid->setHorizontalSpacing(3 * metrics::Unit);
    m_grid->setVerticalSpacing(metrics::Unit + metrics::HalfUnit);
    m_groups.clear();
    for (const EventFactGroup &group : groups) {
        m_groups << makeGroup(group);
    }
    m_columns = 0;
    arrange();
    setWidget(page); // deletes the one before
}

QWidget *FactsView::makeGroup(const EventFactGroup &group)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(metrics::Unit + metrics::HalfUnit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 9 * metrics::Unit);
    auto *heading = new QLabel(group.title);
    heading->setTextFormat(Qt::PlainText);
    heading->setFont(scaledFont(TextSize::Small, QFont::DemiBold));
    heading->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const EventFact &fact : group.facts) {
        auto *label = new QLabel(fact.label);
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
        auto *value = new ValueLabel(fact.text);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        const int needed = neededWidth(fact.text, value->fontMetrics());
        value->setMinimumWidth(needed <= longWord ? needed : longValue);
        if (needed > longWord) {
            value->setToolTip(ui::toolTip(fact.text));
        }
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
    grid->setRowStretch(row, 1);
    return box;
}

void FactsView::arrange()
{
    if (!m_grid || m_groups.isEmpty()) {
        return;
    }
    // As many columns as the widest words leave room for.
    constexpr int columnWidth = 33 * metrics::Unit;
    const auto fit = [this](int columns) {
        const QMargins margins = m_grid->contentsMargins();
        int width = margins.left() + margins.right() + (columns - 1) * m_grid->horizontalSpacing();
        for (int column = 0; column < columns; ++column) {
            int widest = 0;
            for (int i = column; i < m_groups.size(); i += columns) {
                widest = std::max(widest, m_groups[i]->minimumSizeHint().width());
            }
            width += widest;
        }
        return width <= viewport()->width();
    };
    int columns = std::clamp(viewport()->width() / columnWidth, 1, static_cast<int>(m_groups.size()));
    while (columns > 1 && !fit(columns)) {
        --columns;
    }
    if (columns == m_columns) {
        return;
    }
    m_columns = columns;
    for (int i = 0; i < m_groups.size(); ++i) {
        m_grid->addWidget(m_groups[i], i / columns, i % columns);
    }
    for (int column = 0; column < m_groups.size(); ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    }
    m_grid->setRowStretch(static_cast<int>(m_groups.size()), 1);
}

void FactsView::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
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
        if (const auto entity = store::entityOf(fact.path.toStdString(), fact.value.toStdString())) {
            connect(menu->addAction(icon(entityIconName(entity->kind)), actionText(openEntityText(*entity))),
                &QAction::triggered, this, [this, entity] { Q_EMIT entityRequested(*entity); });
        }
        menu->addSeparator();
    }
    connect(menu->addAction(icon(u"copy"), tr("Copy")), &QAction::triggered, this,
        [fact] { QGuiApplication::clipboard()->setText(fact.value.isEmpty() ? fact.text : fact.value); });
    menu->popup(globalPosition);
}

} // namespace octotrail::ui
