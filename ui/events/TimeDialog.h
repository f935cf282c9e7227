// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "ui/models/TimeDisplay.h"

#include <QDialog>

class QDateTimeEdit;

namespace octotrail::ui {

/// Asks for a moment to go to, in the zone that the table shows. Shown with open().
class TimeDialog : public QDialog
{
    Q_OBJECT

public:
    TimeDialog(const TimeDisplay &time, event::Timestamp first, QWidget *parent = nullptr);

    event::Timestamp moment() const;

private:
    TimeDisplay m_time;
    QDateTimeEdit *m_edit;
};

} // namespace octotrail::ui
