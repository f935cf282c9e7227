// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/DetectionView.h"

#include "detect/OwnRules.h"
#include "store/Alerts.h"
#include "store/OldestEvent.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/RulePane.h"
#include "ui/editor/RuleEditor.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <cmath>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int noiseDays = 30;

} // namespace

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
    , m_banners(new BannerArea(this))
    , m_pages(new QStackedWidget(this))
    , m_editor(new RuleEditor(m_store, this))
    , m_documents(m_store)
{
    m_search->setPlaceholderText(tr("Search the rules"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(30 * metrics::Unit);
    m_search->setAccessibleName(tr("Search the rules"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Detection rules"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(DetectionModel::Name, QHeaderView::Stretch);
    m_tree->header()->resizeSection(DetectionModel::Severity, 14 * metrics::Unit);
    m_tree->header()->resizeSection(DetectionModel::Techniques, 16 * metrics::Unit);
    m_tree->header()->resizeSection(DetectionModel::Alerts, 15 * metrics::Unit);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({784, 424});
    m_alertsDue.setSingleShot(true);
    m_alertsDue.setInterval(2s);
    makeActions();
    makeLayout();
    connectParts();
    updateActions();
    readSources();
}

void DetectionView::makeLayout()
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    bar->addWidget(m_search);
    bar->addSpacing(metrics::Unit);
    bar->addWidget(m_status, 1);
    for (QAction *action : {m_actions.newRule, m_actions.edit, m_actions.copy, m_actions.remove, m_actions.showAlerts,
             m_actions.addFolder, m_actions.removeFolder, m_actions.reload}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        const bool isWorded = action == m_actions.newRule || action == m_actions.edit || action == m_actions.copy
            || action == m_actions.addFolder;
        button->setToolButtonStyle(isWorded ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        bar->addWidget(button);
    }
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_banners);
    column->addWidget(m_splitter, 1);
    m_pages->addWidget(list);
    m_pages->addWidget(m_editor);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    setFirstFocus(this, m_tree);
}

void DetectionView::connectParts()
{
    connect(&m_alertsDue, &QTimer::timeout, this, &DetectionView::readAlerts);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setSearch(text);
        m_tree->expandAll();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &DetectionView::showCurrent);
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (m_model->ruleAt(index) || m_model->brokenAt(index)) {
            m_actions.edit->trigger();
        }
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &DetectionView::showCurrent);
    connect(m_pane, &RulePane::eventsRequested, this, &DetectionView::eventsRequested);
    connect(m_editor, &RuleEditor::eventsRequested, this, &DetectionView::eventsRequested);
    connect(m_editor, &RuleEditor::exportRequested, this, &DetectionView::exportDraft);
    connect(m_editor, &RuleEditor::closed, this, [this] {
        m_pages->setCurrentIndex(0);
        m_tree->setFocus(Qt::OtherFocusReason);
    });
    connect(m_editor, &RuleEditor::saved, this, [this] {
        m_wanted = m_editor->ruleId();
        m_wantedFile = m_editor->origin().kind == RuleOrigin::Kind::Case ? detect::ownFile(m_editor->origin().place)
                                                                         : m_editor->origin().place;
    });
    connect(m_store.get(), &store::Store::sourcesChanged, this, &DetectionView::readSources);
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
    connect(m_actions.reload, &QAction::triggered, m_engine, &detect::Engine::reload);
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
    const detect::RulePtr before = m_model->ruleAt(m_tree->currentIndex());
    m_model->setPacks(m_packs);
    m_editor->setHelpers(detect::helpersOf(*m_packs));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex pack = m_model->index(row, 0);
        m_tree->setExpanded(pack, m_model->isOn(*m_model->packAt(pack)));
    }
    // The choice stays where it was, or goes to the rule that was just saved.
    if ((!m_wanted.isEmpty() && showRule(m_wanted)) || (!m_wantedFile.isEmpty() && showFile(m_wantedFile))) {
        m_wanted.clear();
        m_wantedFile.clear();
    } else if (before) {
        showRule(before->id);
    }
    showFolder();
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
    updateActions();
    if (!pack) {
        m_pane->showNothing();
    } else if (const detect::RulePtr rule = m_model->ruleAt(current)) {
        m_pane->showRule(m_packs, *pack, rule);
        showNoise();
    } else if (const DetectionModel::Broken *broken = m_model->brokenAt(current)) {
        m_pane->showBroken(
            broken->title, detect::ownDocument(broken->file) ? QString() : broken->file, broken->reasons);
    } else {
        m_pane->showPack(*pack);
    }
}

void DetectionView::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        QStringList packs;
        bool hasArchives = false;
        for (const store::SourceConfig &source : sources.value_or(std::vector<store::SourceConfig>())) {
            packs += source.packs;
            hasArchives = hasArchives || (!source.collects && source.packs.isEmpty());
        }
        m_model->setPacksOfSources(packs, hasArchives);
    });
}

void DetectionView::readAlerts()
{
    store::AlertQuery query;
    query.range.since = event::now() - std::chrono::days(noiseDays);
    query.limit = 100'000;
    whenFinished(store::oldestEvent(*m_store), this,
        [this](const event::Result<std::optional<event::Timestamp>> &oldest) { m_oldest = oldest.value_or(m_oldest); });
    whenFinished(m_alerts->list(query), this, [this](const event::Result<store::AlertList> &list) {
        if (!list) {
            return;
        }
        const auto now = event::now();
        const auto report = detect::reportOf(list->alerts, detect::ReportBy::Rule,
            now - std::chrono::days(noiseDays - 1), now, std::chrono::days(1), m_oldest);
        m_observed = static_cast<int>(std::lround(std::min(report.days(), double{noiseDays})));
        QHash<QString, int> counts;
        m_noise.clear();
        for (const detect::AlertSeries &one : report.series) {
            counts.insert(one.key, static_cast<int>(one.total));
            m_noise.insert(one.key, one);
        }
        m_hasNoise = true;
        m_model->setAlertCounts(counts);
        showNoise();
    });
}

void DetectionView::showNoise()
{
    const detect::RulePtr rule = m_model->ruleAt(m_tree->currentIndex());
    if (rule && m_hasNoise) {
        const auto found = m_noise.constFind(rule->id);
        m_pane->setNoise(found == m_noise.cend() ? std::nullopt : std::optional(*found), m_observed);
    }
}

void DetectionView::saveState(QSettings &settings) const
{
    settings.setValue("detections/splitter", m_splitter->saveState());
    m_editor->saveState(settings);
}

void DetectionView::restoreState(QSettings &settings)
{
    m_splitter->restoreState(settings.value("detections/splitter").toByteArray());
    m_editor->restoreState(settings);
}

} // namespace octotrail::ui
