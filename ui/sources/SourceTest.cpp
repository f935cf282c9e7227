// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceTest.h"

#include "ui/sources/CheckRow.h"
#include "ui/sources/Note.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/WhenFinished.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

SourceTest::SourceTest(QWidget *parent)
    : QWidget(parent)
    , m_problem(new Note(this))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(metrics::HalfUnit);
    m_layout->addWidget(m_problem);
    auto *close = new QToolButton(this);
    close->setObjectName(u"closeTest"_s);
    close->setText(tr("Close the test"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, [this] {
        ++m_run;
        m_running = false;
        m_check.cancel();
        hide();
    });
    m_layout->addWidget(close, 0, Qt::AlignLeft);
    connect(&m_check, &okta::ConnectionCheck::stepChanged, this, &SourceTest::showStep);
    connect(&m_check, &okta::ConnectionCheck::finished, this, [this](bool ok) {
        for (const okta::CheckStep &step : m_check.steps()) {
            showStep(step);
        }
        m_running = false;
        Q_EMIT finished(ok);
    });
    hide();
}

void SourceTest::start(const store::SourceConfig &source, secrets::Vault &vault)
{
    m_source = source;
    m_check.cancel();
    m_running = true;
    m_problem->hide();
    qDeleteAll(m_rows);
    m_rows.clear();
    show();
    ++m_run;
    if (source.authentication != store::SourceConfig::Authentication::ApiToken) {
        // What the vault has of it is a private key, which is never sent anywhere.
        m_problem->setText(
            Tone::Accent, tr("The connection of a service app is tested in the source's form: choose Edit."));
        m_problem->show();
        m_running = false;
        Q_EMIT finished(true);
        return;
    }
    whenFinished(vault.read(source.vaultKey()), this, [this, run = m_run](const event::Result<QByteArray> &secret) {
        if (run != m_run) {
            return;
        }
        if (secret) {
            startWith(*secret);
            return;
        }
        m_problem->setText(Tone::Bad, secret.error().sentence);
        m_problem->show();
        m_running = false;
        Q_EMIT finished(false);
    });
}

void SourceTest::startWith(const QByteArray &secret)
{
    okta::ConnectionCheck::Request request;
    request.origin = m_source.origin;
    request.apiToken = secret;
    request.users = m_source.users;
    request.devices = m_source.devices;
    request.filter = m_source.filter;
    m_check.start(request);
    for (const okta::CheckStep &step : m_check.steps()) {
        showStep(step);
    }
}

void SourceTest::showStep(const okta::CheckStep &step)
{
    CheckRow *&row = m_rows[step.id];
    if (!row) {
        row = new CheckRow(this);
        row->setObjectName(u"test%1"_s.arg(int(step.id)));
        m_layout->insertWidget(m_layout->count() - 1, row);
        connect(row, &CheckRow::mendRequested, this,
            [this, row](SourceField field) { Q_EMIT mendRequested(field, row->sentence()); });
    }
    row->setStep(step);
    row->setMend(fieldToMend(step, m_source));
}

} // namespace octotrail::ui
