// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/ConnectionCheck.h"
#include "secrets/Vault.h"
#include "store/Records.h"
#include "ui/sources/SourceField.h"

#include <QMap>
#include <QWidget>

class QVBoxLayout;

namespace octotrail::ui {

class CheckRow;
class Note;

/// Tries the connection of a source that is set up, and shows what came of it.
class SourceTest : public QWidget
{
    Q_OBJECT

public:
    explicit SourceTest(QWidget *parent = nullptr);

    void start(const store::SourceConfig &source, secrets::Vault &vault);
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void finished(bool ok);
    void mendRequested(octotrail::ui::SourceField field, const QString &fault);

private:
    void startWith(const QByteArray &secret, const QByteArray &proxyPassword);
    void showStep(const okta::CheckStep &step);

    store::SourceConfig m_source;
    okta::ConnectionCheck m_check;
    QMap<okta::CheckStep::Id, CheckRow *> m_rows;
    Note *m_problem;
    QVBoxLayout *m_layout;
    quint64 m_run = 0;
    bool m_running = false;
};

} // namespace octotrail::ui
