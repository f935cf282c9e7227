// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/StatusStrip.h"

#include "store/Cases.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/SourceStatusButton.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

StatusStrip::StatusStrip(std::shared_ptr<store::Store> store, collect::Supervisor &supervisor, QWidget *parent)
    : QWidget(parent)
    , m_caseStore(std::move(store))
    , m_supervisor(supervisor)
    , m_file(m_caseStore->file())
    , m_sources(new QHBoxLayout)
    , m_none(new QLabel(this))
    , m_store(new QLabel(this))
{
    setObjectName(QStringLiteral("statusStrip"));
    const QFont small = scaledFont(TextSize::Small);
    setFont(small);
    m_none->setContentsMargins(metrics::Unit, 0, 0, 0);
    m_none->setObjectName(QStringLiteral("sourcesInWords"));
    m_none->setTextFormat(Qt::PlainText);
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
    connect(m_caseStore.get(), &store::Store::sourcesChanged, this, &StatusStrip::readSources);
    updateSources();
    describe();
    readSources();
}

StatusStrip::~StatusStrip()
{
    m_caseStore->disconnect(this);
}

void StatusStrip::readSources()
{
    whenFinished(m_caseStore->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (sources) {
            m_known = *sources;
            describe();
        }
    });
}

/// Where the events are from, if nobody collects any.
void StatusStrip::describe()
{
    constexpr std::size_t mostNames = 3;
    const bool isReadOnly = store::isReadOnly(*m_caseStore);
    QStringList names;
    bool areImported = true;
    for (const store::SourceConfig &source : m_known) {
        names << singleLine(source.name, 40);
        areImported = areImported && !source.collects;
    }
    m_none->setToolTip(names.isEmpty() ? QString() : ui::toolTip(names.join(u'\n')));
    const auto more = names.size() - static_cast<qsizetype>(mostNames);
    const QString some = names.mid(0, mostNames).join(QStringLiteral(", "));
    const QString listed = more > 0 ? tr("%1 and %2 more").arg(some).arg(more) : some;
    QString text = names.isEmpty() ? tr("No source") : areImported ? tr("Imported: %1").arg(listed) : listed;
    if (isReadOnly) {
        text = names.isEmpty() ? tr("Open for reading only") : tr("Open for reading only \u00b7 %1").arg(text);
    }
    m_none->setText(text);
}

void StatusStrip::setTotal(qint64 events)
{
    const QString number = QLocale().toString(events);
    m_store->setText((events == 1 ? tr("%1: %2 event") : tr("%1: %2 events"))
                         .arg(singleLine(QFileInfo(m_file).fileName(), 60), number));
    m_store->setAccessibleName(m_store->text());
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
