// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/DetectionView.h"

#include "store/Alerts.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/RulePane.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSettings>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

DetectionView::DetectionView(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_alerts(std::make_unique<store::Alerts>(m_store))
    , m_model(new DetectionModel(this))
    , m_search(new QLineEdit(this))
    , m_status(new QLabel(this))
    , m_tree(new QTreeView(this))
    , m_pane(new RulePane(m_store, this))
    , m_splitter(new QSplitter(this))
    , m_addFolder(new QAction(icon(u"plus"), tr("&Add a folder of rules\u2026"), this))
    , m_removeFolder(new QAction(icon(u"trash"), tr("Re&move this folder"), this))
    , m_reload(new QAction(icon(u"refresh"), tr("&Read the rules again"), this))
{
    m_search->setPlaceholderText(tr("Search the rules"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(40 * metrics::Unit);
    m_search->setAccessibleName(tr("Search the rules"));
    m_status->setTextFormat(Qt::PlainText);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Detection rules"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(DetectionModel::Name, QHeaderView::Stretch);
    m_tree->header()->resizeSection(DetectionModel::Severity, 12 * metrics::Unit);
    m_tree->header()->resizeSection(DetectionModel::Techniques, 16 * metrics::Unit);
    m_tree->header()->resizeSection(DetectionModel::Alerts, 15 * metrics::Unit);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({700, 500});

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    bar->addWidget(m_search);
    bar->addWidget(m_status, 1);
    m_removeFolder->setEnabled(false);
    for (QAction *action : {m_addFolder, m_removeFolder, m_reload}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(action == m_addFolder ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        bar->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
    setFirstFocus(this, m_tree);

    m_alertsDue.setSingleShot(true);
    m_alertsDue.setInterval(2s);
    connect(&m_alertsDue, &QTimer::timeout, this, &DetectionView::readAlerts);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setSearch(text);
        m_tree->expandAll();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &DetectionView::showCurrent);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DetectionView::showCurrent);
    connect(m_pane, &RulePane::eventsRequested, this, &DetectionView::eventsRequested);
    connect(m_addFolder, &QAction::triggered, this, &DetectionView::addFolder);
    connect(m_removeFolder, &QAction::triggered, this, &DetectionView::removeFolder);
    connect(m_store.get(), &store::Store::sourcesChanged, this, &DetectionView::readSources);
    readSources();
}

DetectionView::~DetectionView()
{
    m_store->disconnect(this);
}

void DetectionView::setEngine(detect::Engine *engine)
{
    m_engine = engine;
    connect(m_engine, &detect::Engine::packsChanged, this, &DetectionView::showPacks);
    connect(m_engine, &detect::Engine::statusChanged, this, &DetectionView::showStatus);
    connect(m_model, &DetectionModel::choicesChanged, m_engine, &detect::Engine::setChoices);
    connect(m_reload, &QAction::triggered, m_engine, &detect::Engine::reload);
    showPacks();
    showStatus(m_engine->status());
    m_alertsDue.start();
}

void DetectionView::showPacks()
{
    m_model->setChoices(m_engine->choices());
    if (m_packs == m_engine->packs()) {
        return;
    }
    m_packs = m_engine->packs();
    m_model->setPacks(m_packs);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex pack = m_model->index(row, 0);
        m_tree->setExpanded(pack, m_model->isOn(*m_model->packAt(pack)));
    }
}

void DetectionView::showStatus(const detect::EngineStatus &status)
{
    if (!status.trouble.isEmpty()) {
        m_status->setText(status.trouble);
    } else if (!status.isRunning) {
        m_status->setText(tr("Starting…"));
    } else if (status.isBehind) {
        m_status->setText(tr("%1 rules are on. Catching up with %2 events.")
                              .arg(status.rules)
                              .arg(QLocale().toString(static_cast<qlonglong>(status.newest - status.cursor))));
    } else {
        m_status->setText(tr("Rules that are on and watch new events: %1").arg(status.rules));
    }
    if (!m_alertsDue.isActive()) {
        m_alertsDue.start();
    }
}

void DetectionView::showCurrent()
{
    const QModelIndex current = m_tree->currentIndex();
    const detect::Pack *pack = m_model->packAt(current);
    m_removeFolder->setEnabled(pack && !pack->isBundled);
    if (!pack) {
        m_pane->showNothing();
    } else if (const detect::RulePtr rule = m_model->ruleAt(current)) {
        m_pane->showRule(m_packs, *pack, rule);
    } else {
        m_pane->showPack(*pack);
    }
}

void DetectionView::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        QStringList packs;
        for (const store::SourceConfig &source : sources.value_or(std::vector<store::SourceConfig>())) {
            packs += source.packs;
        }
        m_model->setPacksOfSources(packs);
    });
}

void DetectionView::readAlerts()
{
    store::AlertQuery query;
    query.range.since = event::now() - std::chrono::days(30);
    whenFinished(m_alerts->list(query), this, [this](const event::Result<store::AlertList> &list) {
        if (!list) {
            return;
        }
        QHash<QString, int> counts;
        for (const store::Alert &alert : list->alerts) {
            ++counts[alert.ruleId];
        }
        m_model->setAlertCounts(counts);
    });
}

void DetectionView::addFolder()
{
    auto *dialog = new QFileDialog(this, tr("Add a folder of rules"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        detect::RuleChoices choices = m_engine->choices();
        QStringList folders = choices.folders();
        if (!folders.contains(folder)) {
            choices.setFolders(folders << folder);
            m_engine->setChoices(choices);
        }
    });
    dialog->open();
}

void DetectionView::removeFolder()
{
    const detect::Pack *pack = m_model->packAt(m_tree->currentIndex());
    if (!pack || pack->isBundled) {
        return;
    }
    detect::RuleChoices choices = m_engine->choices();
    QStringList folders = choices.folders();
    folders.removeIf(
        [&](const QString &folder) { return pack->folder == folder || pack->folder.startsWith(folder + u'/'); });
    choices.setFolders(folders);
    m_engine->setChoices(choices);
}

void DetectionView::saveState(QSettings &settings) const
{
    settings.setValue("detections/splitter", m_splitter->saveState());
}

void DetectionView::restoreState(QSettings &settings)
{
    m_splitter->restoreState(settings.value("detections/splitter").toByteArray());
}

} // namespace octotrail::ui
