// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Retention.h"
#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QDialog>
#include <QTimer>
#include <functional>
#include <map>

class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace octotrail::ui {

/// How long the events of each source are kept, and what that would remove now. Deletes itself when closed.
class RetentionDialog : public QDialog
{
    Q_OBJECT

public:
    using Clock = std::function<event::Timestamp()>;
    /// clock: by which events are old; this computer's may be wrong.
    RetentionDialog(
        std::shared_ptr<store::Store> store, const TimeDisplay &time, Clock clock, QWidget *parent = nullptr);

private:
    void readSources();
    void readPolicies();
    void showPolicy();
    store::SourceId source() const;
    store::RetentionPolicy policy() const;
    void preview();
    void showPreview(const event::Result<store::PurgeReport> &report);
    void save();
    void purge();
    void setPurging(bool purging);

    std::shared_ptr<store::Store> m_store;
    store::Retention m_retention;
    TimeDisplay m_time;
    Clock m_clock;
    QComboBox *m_sources;
    QSpinBox *m_days;
    QDoubleSpinBox *m_gigabytes;
    QLabel *m_preview;
    QDialogButtonBox *m_buttons;
    QPushButton *m_save;
    QPushButton *m_purge;
    QPushButton *m_confirm; ///< stands in for m_purge once that was clicked
    QTimer m_previewDelay;
    int m_asked = 0; ///< previews asked for: older answers are dropped
    std::map<store::SourceId, store::RetentionPolicy> m_policies;
    store::PurgeReport m_report;
};

} // namespace octotrail::ui
