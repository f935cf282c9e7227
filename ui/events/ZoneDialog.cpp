// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/ZoneDialog.h"

#include "ui/models/ZoneModel.h"
#include "ui/style/Metrics.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

ZoneDialog::ZoneDialog(const QByteArray &current, QWidget *parent)
    : QDialog(parent)
    , m_find(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_found(new QSortFilterProxyModel(this))
{
    setObjectName(u"zoneDialog"_s);
    setWindowTitle(tr("Time zone"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(46 * metrics::Unit, 54 * metrics::Unit);
    auto *zones = new ZoneModel(this);
    m_found->setSourceModel(zones);
    m_found->setFilterRole(ZoneModel::SearchRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_find->setObjectName(u"zoneFind"_s);
    m_find->setAccessibleName(tr("Find a time zone"));
    m_find->setPlaceholderText(tr("Find, e.g. Berlin or New York"));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_list->setObjectName(u"zoneList"_s);
    m_list->setAccessibleName(tr("Time zones"));
    m_list->setModel(m_found);
    m_list->setUniformItemSizes(true);
    m_list->setCurrentIndex(m_found->mapFromSource(zones->index(zones->rowOf(current))));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Use this zone"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_find);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_find, &QLineEdit::textChanged, this, &ZoneDialog::find);
    connect(m_list, &QListView::activated, this, &ZoneDialog::choose);
    connect(buttons, &QDialogButtonBox::accepted, this, &ZoneDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_list->scrollTo(m_list->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void ZoneDialog::find(const QString &text)
{
    m_found->setFilterFixedString(QString(text).replace(u'_', u' ').trimmed());
    m_list->setCurrentIndex(m_found->index(0, 0));
}

void ZoneDialog::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid()) {
        Q_EMIT chosen(index.data(ZoneModel::IdRole).toByteArray());
        accept();
    }
}

bool ZoneDialog::eventFilter(QObject *watched, QEvent *event)
{
    // From the field the list is moved in.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace octotrail::ui
