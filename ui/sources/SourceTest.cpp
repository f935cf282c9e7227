// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceTest.h"

#include "collect/SourceAccess.h"
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
    const auto start = [this, &vault, run = ++m_run](const event::Result<QByteArray> &secret) {
        if (run != m_run) {
            return;
        }
        if (secret && collect::hasProxyPassword(m_source)) {
            whenFinished(vault.read(collect::proxyVaultKey(m_source)), this,
                [this, run, secret](const event::Result<QByteArray> &password) {
                    if (run == m_run) {
                        startWith(*secret, password.value_or(QByteArray()));
                    }
                });
            return;
        }
        if (secret) {
            startWith(*secret, {});
            return;
        }
        m_problem->setText(Tone::Bad, secret.error().sentence);
        m_problem->show();
        m_running = false;
        Q_EMIT finished(false);
    };
    whenFinished(vault.read(source.vaultKey()), this, start);
}

void SourceTest::startWith(const QByteArray &secret, const QByteArray &proxyPassword)
{
    okta::ConnectionCheck::Request request;
    request.origin = m_source.origin;
    request.credentials = collect::credentialsOf(m_source, secret);
    request.route = collect::routeOf(m_source, proxyPassword);
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
