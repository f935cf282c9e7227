// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/StatusStrip.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/SourceStatusButton.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

StatusStrip::StatusStrip(collect::Supervisor &supervisor, const QString &storeFile, QWidget *parent)
    : QWidget(parent)
    , m_supervisor(supervisor)
    , m_file(storeFile)
    , m_sources(new QHBoxLayout)
    , m_none(new QLabel(tr("No source"), this))
    , m_store(new QLabel(this))
{
    setObjectName(QStringLiteral("statusStrip"));
    const QFont small = scaledFont(TextSize::Small);
    setFont(small);
    m_none->setContentsMargins(metrics::Unit, 0, 0, 0);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_store->setObjectName(QStringLiteral("storeStatus"));
    m_store->setTextFormat(Qt::PlainText);
    m_store->setForegroundRole(QPalette::PlaceholderText);
    m_store->setToolTip(ui::toolTip(m_file));
    m_store->setText(singleLine(QFileInfo(m_file).fileName(), 60));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::HalfUnit, 0, metrics::Unit, 0);
    layout->setSpacing(metrics::HalfUnit);
    m_sources->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_none);
    layout->addLayout(m_sources);
    layout->addStretch(1);
    layout->addWidget(m_store);
    connect(&m_supervisor, &collect::Supervisor::sourcesChanged, this, &StatusStrip::updateSources);
    connect(&m_supervisor, &collect::Supervisor::statusChanged, this, [this](const collect::SourceStatus &status) {
        if (SourceStatusButton *button = m_buttons.value(status.source)) {
            button->setStatus(status);
        }
    });
    updateSources();
}

void StatusStrip::setTotal(qint64 events)
{
    const QString number = QLocale().toString(events);
    m_store->setText((events == 1 ? tr("%1: %2 event") : tr("%1: %2 events"))
                         .arg(singleLine(QFileInfo(m_file).fileName(), 60), number));
    m_store->setAccessibleName(m_store->text());
}

void StatusStrip::setReadOnly()
{
    m_none->setText(tr("Open for reading only"));
}

void StatusStrip::updateSources()
{
    const QList<store::SourceConfig> sources = m_supervisor.sources();
    QHash<store::SourceId, SourceStatusButton *> kept;
    for (const store::SourceConfig &source : sources) {
        if (!source.collects) {
            continue;
        }
        SourceStatusButton *button = m_buttons.take(source.id);
        if (!button) {
            button = new SourceStatusButton(source.name, this);
            button->setFont(font());
            connect(button, &QToolButton::clicked, this, [this, id = source.id] { Q_EMIT sourceChosen(id); });
            m_sources->addWidget(button);
        }
        button->setName(source.name);
        button->setStatus(m_supervisor.status(source.id));
        kept.insert(source.id, button);
    }
    qDeleteAll(m_buttons);
    m_buttons = kept;
    m_none->setVisible(m_buttons.isEmpty());
}

} // namespace octotrail::ui
