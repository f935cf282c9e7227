// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourcesPage.h"

#include "store/Cases.h"
#include "ui/sources/PageArea.h"
#include "ui/sources/SourceCard.h"
#include "ui/sources/SourceWizard.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/WhenFinished.h"

#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace std::chrono_literals;

SourcesPage::SourcesPage(collect::Supervisor &supervisor, secrets::Vault &vault, QWidget *parent)
    : QWidget(parent)
    , m_supervisor(supervisor)
    , m_vault(vault)
{
    build();
    connect(&m_supervisor, &collect::Supervisor::sourcesChanged, this, &SourcesPage::updateSources);
    connect(&m_supervisor, &collect::Supervisor::statusChanged, this, [this](const collect::SourceStatus &status) {
        if (SourceCard *card = m_cards.value(status.source)) {
            card->setStatus(status);
        }
        if (!m_figureDelay.isActive()) {
            m_figureDelay.start(); // what is stored moves them, too
        }
    });
    m_figureDelay.setSingleShot(true);
    m_figureDelay.setInterval(2s);
    connect(&m_figureDelay, &QTimer::timeout, this, &SourcesPage::readFigures);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        for (SourceCard *card : std::as_const(m_cards)) {
            card->updateTimes();
        }
    });
    updateSources();
}

void SourcesPage::build()
{
    auto *heading = new QLabel(tr("Sources"), this);
    heading->setFont(scaledFont(TextSize::Headline, QFont::DemiBold));
    m_add = new QPushButton(tr("&Add source…"), this);
    m_add->setObjectName(QStringLiteral("add"));
    m_add->setAutoDefault(true);
    connect(m_add, &QPushButton::clicked, this, &SourcesPage::addSource);
    auto *header = new QHBoxLayout;
    header->addWidget(heading, 1);
    header->addWidget(m_add);

    m_empty = new QLabel(this);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setObjectName(QStringLiteral("empty"));

    auto *inner = new QWidget;
    m_list = new QVBoxLayout(inner);
    m_list->setContentsMargins(3 * metrics::Unit, 0, 3 * metrics::Unit, 3 * metrics::Unit);
    m_list->setSpacing(2 * metrics::Unit);
    m_list->addWidget(m_empty);
    m_list->addStretch();
    auto *area = new PageArea(this);
    area->setWidget(inner);
    area->setAccessibleName(tr("Sources"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * metrics::Unit);
    header->setContentsMargins(3 * metrics::Unit, 3 * metrics::Unit, 3 * metrics::Unit, 0);
    layout->addLayout(header);
    layout->addWidget(area, 1);
}

void SourcesPage::setTimeDisplay(const TimeDisplay &times)
{
    m_times = times;
    for (SourceCard *card : std::as_const(m_cards)) {
        card->setTimeDisplay(times);
    }
}

void SourcesPage::setSilenceWatch(const collect::SilenceWatch *watch)
{
    m_silence = watch;
    connect(watch, &collect::SilenceWatch::silenceChanged, this, &SourcesPage::showSilence);
    for (auto it = m_cards.constBegin(); it != m_cards.constEnd(); ++it) {
        showSilence(it.key());
    }
}

void SourcesPage::setStore(std::shared_ptr<store::Store> store)
{
    m_store = std::move(store);
    m_isReadOnly = store::isReadOnly(*m_store);
    m_add->setVisible(!m_isReadOnly);
    if (m_isReadOnly) {
        readStored();
    } else {
        readFigures();
    }
}

/// Nobody collects: what the store says of its sources is all there is.
void SourcesPage::readStored()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (!sources) {
            m_empty->setText(sources.error().sentence);
            return;
        }
        m_stored = QList<store::SourceConfig>(sources->begin(), sources->end());
        updateSources();
        for (const store::SourceConfig &source : std::as_const(m_stored)) {
            whenFinished(m_store->counts(source.id), this,
                [this, id = source.id](const event::Result<store::SourceCounts> &counts) {
                    if (SourceCard *card = m_cards.value(id); card && counts) {
                        card->setStored(*counts);
                    }
                });
        }
        readFigures();
    });
}

QList<store::SourceConfig> SourcesPage::sources() const
{
    return m_isReadOnly ? m_stored : m_supervisor.sources();
}

void SourcesPage::readFigures()
{
    if (!m_store || !isVisible()) {
        return;
    }
    for (const store::SourceConfig &source : sources()) {
        if (!source.collects) {
            continue;
        }
        whenFinished(store::Coverage(*m_store).gaps(source.id, m_supervisor.serverNow()), this,
            [this, id = source.id](const event::Result<std::vector<store::Gap>> &gaps) {
                if (SourceCard *card = m_cards.value(id); card && gaps) {
                    card->setGaps(*gaps);
                }
            });
        if (!m_isReadOnly) {
            whenFinished(m_store->counts(source.id), this,
                [this, id = source.id](const event::Result<store::SourceCounts> &counts) {
                    if (SourceCard *card = m_cards.value(id); card && counts) {
                        card->setCounts(*counts);
                    }
                });
        }
    }
}

void SourcesPage::showSilence(store::SourceId id)
{
    if (SourceCard *card = m_cards.value(id); card && m_silence) {
        const auto silence = m_silence->silence(id);
        card->setSilence(silence ? silence->sentence : QString());
    }
}

void SourcesPage::setDetectionPacks(const QList<DetectionPackChoice> &packs)
{
    m_packs = packs;
}

void SourcesPage::addSource()
{
    if (!m_wizard) {
        open(new SourceWizard(m_supervisor, m_vault, this));
    }
}

void SourcesPage::editSource(store::SourceId id)
{
    const auto sources = m_supervisor.sources();
    const auto source = std::ranges::find(sources, id, &store::SourceConfig::id);
    if (source != sources.end() && source->collects && !m_wizard) {
        open(new SourceWizard(m_supervisor, m_vault, *source, this));
    }
}

void SourcesPage::mendSource(store::SourceId id, SourceField field, const QString &fault)
{
    if (m_wizard) {
        return;
    }
    editSource(id);
    if (m_wizard) {
        m_wizard->mend(field, fault);
    }
}

SourceWizard *SourcesPage::open(SourceWizard *wizard)
{
    m_wizard = wizard;
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    wizard->setDetectionPacks(m_packs);
    connect(wizard, &SourceWizard::saved, this, &SourcesPage::sourceSaved);
    wizard->open();
    return wizard;
}

void SourcesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    for (SourceCard *card : std::as_const(m_cards)) {
        card->updateTimes();
    }
    m_clock.start();
    readFigures();
}

void SourcesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
}

void SourcesPage::updateSources()
{
    auto sources = this->sources();
    // Those that collect first, each kind in the order in which they were added.
    std::ranges::stable_sort(sources, [](const store::SourceConfig &a, const store::SourceConfig &b) {
        return a.collects != b.collects ? a.collects : a.id < b.id;
    });
    for (auto it = m_cards.begin(); it != m_cards.end();) {
        if (std::ranges::find(sources, it.key(), &store::SourceConfig::id) == sources.end()) {
            it.value()->deleteLater();
            it.value()->hide();
            it = m_cards.erase(it);
        } else {
            ++it;
        }
    }
    for (int i = 0; i < sources.size(); ++i) {
        const store::SourceConfig &source = sources.at(i);
        SourceCard *&card = m_cards[source.id];
        if (!card) {
            card = makeCard(source.id);
        }
        card->setSource(source);
        if (!m_isReadOnly) {
            card->setStatus(m_supervisor.status(source.id));
        }
        showSilence(source.id);
        if (m_list->indexOf(card) != i) {
            m_list->removeWidget(card);
            m_list->insertWidget(i, card);
        }
    }
    m_empty->setText(m_isReadOnly
            ? tr("This case has no source.")
            : tr("There is no source yet. Add one to collect an Okta organization's audit trail."));
    m_empty->setVisible(sources.isEmpty());
}

SourceCard *SourcesPage::makeCard(store::SourceId id)
{
    auto *card = new SourceCard(m_empty->parentWidget());
    card->setObjectName(QStringLiteral("source%1").arg(id));
    card->setTimeDisplay(m_times);
    if (m_isReadOnly) {
        card->setStored({});
    }
    connect(card, &SourceCard::editRequested, this, [this, id] { editSource(id); });
    connect(card, &SourceCard::mendRequested, this,
        [this, id](SourceField field, const QString &fault) { mendSource(id, field, fault); });
    connect(card, &SourceCard::pauseRequested, this, [this, id] { m_supervisor.pause(id); });
    connect(card, &SourceCard::resumeRequested, this, [this, id] { m_supervisor.resume(id); });
    connect(card, &SourceCard::testRequested, this, [this, card] { card->test(m_vault); });
    connect(card, &SourceCard::pauseBackfillRequested, this, [this, id] { m_supervisor.pauseBackfill(id); });
    connect(card, &SourceCard::resumeBackfillRequested, this, [this, id] { m_supervisor.resumeBackfill(id); });
    connect(card, &SourceCard::cancelBackfillRequested, this, [this, id] { m_supervisor.cancelBackfill(id); });
    connect(card, &SourceCard::fillGapsRequested, this, [this, id] { m_supervisor.fillGaps(id); });
    connect(card, &SourceCard::pollRequested, this, [this, id] { m_supervisor.pollNow(id); });
    connect(card, &SourceCard::removeRequested, this, [this, id](bool withItsEvents) { remove(id, withItsEvents); });
    return card;
}

void SourcesPage::remove(store::SourceId id, bool withItsEvents)
{
    whenFinished(m_supervisor.remove(id, withItsEvents), this, [this, id](const event::Status &status) {
        SourceCard *card = m_cards.value(id);
        if (!status && card) {
            card->showProblem(status.error().sentence);
        }
    });
}

} // namespace octotrail::ui
