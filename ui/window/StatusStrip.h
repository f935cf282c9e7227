// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"

#include <QHash>
#include <QWidget>
#include <optional>

class QHBoxLayout;
class QLabel;

namespace octotrail::ui {

class SourceStatusButton;

/// The status bar's content: what each source is doing, and how much the store holds.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    StatusStrip(collect::Supervisor &supervisor, const QString &storeFile, QWidget *parent = nullptr);

    void setTotal(qint64 events);
    /// Nobody collects.
    void setReadOnly();

Q_SIGNALS:
    void sourceChosen(octotrail::store::SourceId source);

private:
    void updateSources();

    collect::Supervisor &m_supervisor;
    QString m_file;
    QHBoxLayout *m_sources;
    QHash<store::SourceId, SourceStatusButton *> m_buttons;
    QLabel *m_none;
    QLabel *m_store;
};

} // namespace octotrail::ui
