// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FirstFocus.h"

#include <QFocusEvent>
#include <QPointer>
#include <QWidget>

namespace octotrail::ui {

namespace {

/// A child of the container.
class FirstFocus : public QObject
{
public:
    FirstFocus(QWidget *container, QWidget *child)
        : QObject(container)
        , m_child(child)
    {
        container->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FocusIn && m_child) {
            m_child->setFocus(static_cast<QFocusEvent *>(event)->reason());
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QPointer<QWidget> m_child;
};

} // namespace

void setFirstFocus(QWidget *container, QWidget *child)
{
    new FirstFocus(container, child);
}

} // namespace octotrail::ui
