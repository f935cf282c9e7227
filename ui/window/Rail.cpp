// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/Rail.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/RailButton.h"

#include <QAction>
#include <QActionGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace octotrail::ui {

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_views(new QActionGroup(this))
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Views"));
    setFixedWidth(metrics::RailWidth + 1);
    m_layout->setContentsMargins(0, metrics::HalfUnit, 1, metrics::HalfUnit);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
    connect(m_views, &QActionGroup::triggered, this,
        [this](QAction *action) { Q_EMIT viewChosen(static_cast<int>(m_views->actions().indexOf(action))); });
}

QAction *Rail::addView(QStringView iconName, const QString &title, const QKeySequence &shortcut)
{
    auto *action = new QAction(icon(iconName), title, this);
    action->setCheckable(true);
    action->setShortcut(shortcut);
    action->setToolTip(ui::toolTip(
        QString(title).remove(u'&') + QStringLiteral(" (") + shortcut.toString(QKeySequence::NativeText) + u')'));
    m_views->addAction(action);
    m_buttons << new RailButton(action, this);
    m_layout->insertWidget(m_layout->count() - 1, m_buttons.last());
    return action;
}

void Rail::setCurrent(int view)
{
    if (QAction *action = m_views->actions().value(view)) {
        action->setChecked(true);
    }
}

void Rail::setBadge(int view, qint64 number, Tone tone)
{
    if (RailButton *button = m_buttons.value(view)) {
        button->setBadge(number, tone);
    }
}

int Rail::current() const
{
    return static_cast<int>(m_views->actions().indexOf(m_views->checkedAction()));
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(width() - 1, 0, 1, height(), lineColor(palette()));
}

} // namespace octotrail::ui
