// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/TransferBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace octotrail::ui {

TransferBar::TransferBar(TransferJob *job, QWidget *parent)
    : QWidget(parent)
    , m_job(job)
    , m_sentence(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    m_job->setParent(this);
    setObjectName(QStringLiteral("transferBar"));
    setAccessibleName(m_job->title());
    auto *title = new QLabel(singleLine(m_job->title(), 120), this);
    title->setTextFormat(Qt::PlainText);
    m_sentence->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(metrics::Unit);
    m_progress->setMinimumWidth(16 * metrics::Unit);
    m_progress->setAccessibleName(m_job->title());
    auto *cancel = new QPushButton(icon(u"stop"), tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelTransfer"));
    connect(cancel, &QPushButton::clicked, this, [this, cancel] {
        cancel->setEnabled(false);
        m_job->cancel();
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::Unit + metrics::HalfUnit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    layout->addWidget(title);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_sentence);
    layout->addWidget(cancel);
    connect(m_job, &TransferJob::progressed, this, &TransferBar::showProgress);
}

void TransferBar::showProgress(const TransferJob::Progress &progress)
{
    m_sentence->setText(progress.sentence);
    if (progress.fraction < 0) {
        m_progress->setRange(0, 0);
        return;
    }
    m_progress->setRange(0, 1000);
    m_progress->setValue(static_cast<int>(progress.fraction * 1000));
}

void TransferBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(0, 0, width(), 1, palette().color(QPalette::Mid));
}

} // namespace octotrail::ui
