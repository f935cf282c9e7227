// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "store/Store.h"

#include <QHash>
#include <QWidget>
#include <memory>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace octotrail::ui {

class SourceStatusButton;

/// The status bar's content: what each source is doing, and how much the store holds.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    StatusStrip(std::shared_ptr<store::Store> store, collect::Supervisor &supervisor, QWidget *parent = nullptr);
    ~StatusStrip() override;

    void setTotal(qint64 events);

Q_SIGNALS:
    void sourceChosen(octotrail::store::SourceId source);

private:
    void updateSources();
    void readSources();
    void describe();

    std::shared_ptr<store::Store> m_caseStore;
    collect::Supervisor &m_supervisor;
    std::vector<store::SourceConfig> m_known; ///< also those that collect nothing
    QString m_file;
    QHBoxLayout *m_sources;
    QHash<store::SourceId, SourceStatusButton *> m_buttons;
    QLabel *m_none;
    QLabel *m_store;
};

} // namespace octotrail::ui
