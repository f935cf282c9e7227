// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimeDialog.h"

#include "ui/style/Metrics.h"

#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace octotrail::ui {

TimeDialog::TimeDialog(const TimeDisplay &time, event::Timestamp first, QWidget *parent)
    : QDialog(parent)
    , m_time(time)
    , m_edit(new QDateTimeEdit(this))
{
    setObjectName(QStringLiteral("timeDialog"));
    setWindowTitle(tr("Go to a time"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_edit->setObjectName(QStringLiteral("timeEdit"));
    m_edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_edit->setCalendarPopup(true);
    // Shown as it is in that zone, whatever the editor makes of zones.
    const QDateTime there = toDateTime(first, m_time.timeZone());
    m_edit->setTimeSpec(Qt::UTC);
    m_edit->setDateTime(QDateTime(there.date(), there.time(), Qt::UTC));
    m_edit->setCurrentSection(QDateTimeEdit::HourSection);
    auto *label = new QLabel(tr("&Time, in %1:").arg(m_time.zoneName()), this);
    label->setBuddy(m_edit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(label);
    layout->addWidget(m_edit);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_edit->setFocus();
}

event::Timestamp TimeDialog::moment() const
{
    const QDateTime written = m_edit->dateTime();
    return toTimestamp(QDateTime(written.date(), written.time(), m_time.timeZone()));
}

} // namespace octotrail::ui
