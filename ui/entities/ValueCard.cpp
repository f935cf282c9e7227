// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/ValueCard.h"

#include "ui/entities/EntityText.h"
#include "ui/entities/ValueDelegate.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

namespace octotrail::ui {

ValueCard::ValueCard(const QString &title, QWidget *parent)
    : Panel(parent)
    , m_name(title)
    , m_title(new QLabel(title, this))
    , m_count(new QLabel(this))
    , m_none(new QLabel(tr("None in this time"), this))
    , m_view(new QTreeView(this))
{
    m_title->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_count->setFont(scaledFont(TextSize::Small));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_view->setObjectName(QStringLiteral("entityValues"));
    m_view->setAccessibleName(title);
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ValueDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // as tall as its rows
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->setCursor(Qt::PointingHandCursor);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ValueModel::Value, QHeaderView::Stretch);
    header->setSectionResizeMode(ValueModel::Events, QHeaderView::Fixed);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit + metrics::HalfUnit, metrics::Unit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addLayout(head);
    layout->addWidget(m_none);
    layout->addWidget(m_view);
    layout->addStretch(1);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ValueCard::showMenu);
    fit();
}

void ValueCard::setRows(std::vector<ValueModel::Row> rows, qint64 distinct)
{
    const auto shown = static_cast<qint64>(rows.size());
    m_model.setRows(std::move(rows));
    m_count->setText(distinct > shown ? tr("%1 of %2").arg(shown).arg(QLocale().toString(distinct)) : QString());
    m_view->setAccessibleDescription(tr("%1 values. Enter shows the events of one.").arg(QLocale().toString(distinct)));
    fit();
}

void ValueCard::fit()
{
    const int rows = m_model.rowCount();
    m_none->setVisible(rows == 0);
    m_view->setVisible(rows > 0);
    const int height = m_view->fontMetrics().height() + metrics::Unit;
    m_view->setFixedHeight(rows * height + 2);
    int widest = 5 * metrics::Unit;
    for (int row = 0; row < rows; ++row) {
        const QString count = m_model.index(row, ValueModel::Events).data().toString();
        widest = std::max(widest, m_view->fontMetrics().horizontalAdvance(count) + metrics::Unit);
    }
    m_view->header()->resizeSection(ValueModel::Events, widest);
}

void ValueCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange) {
        fit();
    }
    Panel::changeEvent(event);
}

void ValueCard::request(const QModelIndex &index, bool open)
{
    const ValueModel::Row *row = m_model.row(index.row());
    if (!index.isValid() || !row) {
        return;
    }
    const ValueModel::Row chosen = *row; // what is asked for may change the rows
    if (open && chosen.entity) {
        Q_EMIT entityRequested(*chosen.entity);
    } else {
        Q_EMIT filterRequested(chosen.filter);
    }
}

bool ValueCard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            request(m_view->currentIndex(), key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::FocusIn && !m_view->currentIndex().isValid()) {
        m_view->setCurrentIndex(m_model.index(0, 0));
    }
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton || mouse->button() == Qt::MiddleButton) {
            request(m_view->indexAt(mouse->pos()),
                mouse->button() == Qt::MiddleButton || (mouse->modifiers() & Qt::ControlModifier));
        }
    }
    return Panel::eventFilter(watched, event);
}

void ValueCard::showMenu(const QPoint &position)
{
    const QModelIndex at = m_view->indexAt(position);
    const ValueModel::Row *row = m_model.row((at.isValid() ? at : m_view->currentIndex()).row());
    if (!row) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("valueMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(u"filter"), tr("Show the events")), &QAction::triggered, this,
        [this, filter = row->filter] { Q_EMIT filterRequested(filter); });
    if (row->entity) {
        connect(menu->addAction(icon(entityIconName(row->entity->kind)), actionText(openEntityText(*row->entity))),
            &QAction::triggered, this, [this, entity = *row->entity] { Q_EMIT entityRequested(entity); });
    }
    menu->addSeparator();
    connect(menu->addAction(icon(u"copy"), tr("Copy")), &QAction::triggered, this,
        [text = row->copied] { QGuiApplication::clipboard()->setText(text); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace octotrail::ui
