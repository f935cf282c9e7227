// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfilePage.h"

#include "filter/Expression.h"
#include "ui/events/CellMenu.h"
#include "ui/events/FilterEdit.h"
#include "ui/models/JsonDocument.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/models/ProfileTableModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/JsonTreeView.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/RawView.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

ProfilePage::ProfilePage(std::shared_ptr<store::Store> store, store::ProfileKind kind, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_model(new ProfileTableModel(m_store, kind, this))
    , m_edit(new FilterEdit(this))
    , m_error(new QLabel(this))
    , m_count(new QLabel(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_empty(new StatePage(this))
    , m_details(new QWidget(this))
    , m_name(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_tree(new JsonTreeView(this))
    , m_raw(new RawView(this))
{
    const bool users = kind == store::ProfileKind::User;
    makeActions();
    m_edit->setObjectName(users ? u"userFilter"_s : u"deviceFilter"_s);
    m_edit->setSchema(filter::Schema::Profile);
    m_edit->setAccessibleName(users ? tr("Filter users") : tr("Filter devices"));
    m_edit->setPlaceholderText(users ? tr("Filter users, e.g. status eq \"ACTIVE\", or words to look for")
                                     : tr("Filter devices, e.g. profile.platform eq \"MACOS\", or words to look for"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();

    m_table->setObjectName(users ? u"userTable"_s : u"deviceTable"_s);
    m_table->setAccessibleName(users ? tr("Users") : tr("Devices"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const int rowHeight = std::max(metrics::RowHeight, fontMetrics().height() + metrics::Unit);
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QList<int> widths{184, 224, 104, 160, 160, 120};
    for (int column = 0; column < widths.size(); ++column) {
        header->resizeSection(column, widths[column]);
    }
    header->setSortIndicator(ProfileTableModel::Name, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);

    m_empty->addAction(m_clear);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_pages->setAutoFillBackground(true);
    m_pages->setBackgroundRole(QPalette::Base);

    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    m_name->setMinimumWidth(1);
    m_name->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_tree, tr("Profile"));
    m_tabs->addTab(m_raw, tr("Raw"));
    m_tree->setAccessibleName(tr("Profile"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit, metrics::Unit);
    head->addWidget(m_name, 1);
    auto *button = new QPushButton(m_showEvents->icon(), m_showEvents->text(), this);
    connect(button, &QPushButton::clicked, m_showEvents, &QAction::trigger);
    head->addWidget(button, 0, Qt::AlignTop);
    auto *detailsLayout = new QVBoxLayout(m_details);
    detailsLayout->setContentsMargins({});
    detailsLayout->setSpacing(0);
    detailsLayout->addLayout(head);
    detailsLayout->addWidget(m_tabs, 1);
    m_details->setBackgroundRole(QPalette::Base);
    m_details->setAutoFillBackground(true);
    m_details->setAccessibleName(users ? tr("User details") : tr("Device details"));

    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_details->setMinimumWidth(30 * metrics::Unit);
    m_splitter->setSizes({760, 420});

    auto *bar = new QHBoxLayout;
    bar->setSpacing(metrics::Unit + metrics::HalfUnit);
    bar->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::HalfUnit);
    bar->addWidget(m_edit, 1);
    bar->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    m_error->setContentsMargins(metrics::Unit, 0, metrics::Unit, metrics::HalfUnit);
    layout->addWidget(m_error);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_table);

    m_reload.setSingleShot(true);
    m_reload.setInterval(std::chrono::milliseconds(500));
    connect(&m_reload, &QTimer::timeout, m_model, &ProfileTableModel::reload);
    m_detailsDelay.setSingleShot(true);
    m_detailsDelay.setInterval(std::chrono::milliseconds(40));
    connect(&m_detailsDelay, &QTimer::timeout, this, &ProfilePage::showProfile);
    connect(m_edit, &FilterEdit::applied, this, &ProfilePage::applyFilter);
    connect(m_edit, &FilterEdit::leaveRequested, this, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_edit, &QLineEdit::textChanged, m_error, &QWidget::hide);
    connect(m_model, &ProfileTableModel::loadingChanged, this, &ProfilePage::showState);
    connect(
        m_model, &ProfileTableModel::failed, this, [this](const event::Error &error) { m_failure = error.sentence; });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_failure.clear();
        if (m_model->rowCount() > 0) {
            m_table->setCurrentIndex(m_model->index(0, 0));
        }
        m_detailsDelay.start();
    });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { m_detailsDelay.start(); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProfilePage::showMenu);
    connect(m_table, &QAbstractItemView::activated, m_showEvents, &QAction::trigger);
    connect(
        m_store.get(), &store::Store::profilesChanged, this, [this, kind](store::SourceId, store::ProfileKind changed) {
            if (changed == kind && !m_reload.isActive()) {
                m_reload.start();
            }
        });
    m_model->reload();
}

ProfilePage::~ProfilePage()
{
    m_store->disconnect(this);
}

void ProfilePage::makeActions()
{
    const bool users = m_model->kind() == store::ProfileKind::User;
    m_showEvents
        = new QAction(icon(u"events"), users ? tr("Show this user's events") : tr("Show this device's events"), this);
    m_showEvents->setEnabled(false);
    connect(m_showEvents, &QAction::triggered, this, [this] {
        if (const QString wanted = comparison(); !wanted.isEmpty()) {
            Q_EMIT eventsRequested(wanted);
        }
    });
    m_copy = new QAction(icon(u"copy"), tr("Copy"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_table->addAction(m_copy);
    connect(m_copy, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(m_table->currentIndex().data(ProfileTableModel::CopyRole).toString());
    });
    m_clear = new QAction(icon(u"clear"), tr("Clear the filter"), this);
    connect(m_clear, &QAction::triggered, this, [this] {
        m_edit->clear();
        applyFilter();
    });
}

void ProfilePage::applyFilter()
{
    const QString text = m_edit->text();
    const auto input = filter::parseInput(text.toStdString(), filter::Schema::Profile);
    if (!input) {
        m_edit->showError(input.error());
        const int column = input.error().column;
        m_error->setText(
            column > 0 ? tr("Column %1: %2").arg(column).arg(input.error().sentence) : input.error().sentence);
        QPalette bad = palette();
        bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
        m_error->setPalette(bad);
        m_error->show();
        return;
    }
    m_error->hide();
    m_edit->clearError();
    m_edit->history().add(text);
    m_applied = text;
    m_model->setFilter(*input);
}

void ProfilePage::showState()
{
    const bool users = m_model->kind() == store::ProfileKind::User;
    const int rows = m_model->rowCount();
    const QString number = QLocale().toString(rows);
    if (!m_model->hasLoaded()) {
        m_count->setText(tr("Reading\u2026"));
    } else {
        m_count->setText(users ? (rows == 1 ? tr("1 user") : tr("%1 users").arg(number))
                               : (rows == 1 ? tr("1 device") : tr("%1 devices").arg(number)));
    }
    if (rows > 0) {
        m_pages->setCurrentWidget(m_table);
    } else if (!m_model->isLoading()) {
        const bool filtered = !m_applied.trimmed().isEmpty();
        m_clear->setVisible(filtered);
        m_empty->setIcon(users ? u"user" : u"device");
        if (!m_failure.isEmpty()) {
            m_empty->setTitle(tr("The profiles could not be read"));
            m_empty->setSentence(m_failure);
        } else if (filtered) {
            m_empty->setTitle(tr("Nothing matches"));
            m_empty->setSentence(users ? tr("No user matches the filter.") : tr("No device matches the filter."));
        } else {
            m_empty->setTitle(users ? tr("No users yet") : tr("No devices yet"));
            m_empty->setSentence(users
                    ? tr("Users appear here when a source with user profiles enabled has fetched them.")
                    : tr("Devices appear here when a source with device profiles enabled has fetched them. They need "
                         "Okta Identity Engine."));
        }
        m_pages->setCurrentWidget(m_empty);
    }
    m_details->setVisible(rows > 0);
}

QString ProfilePage::comparison() const
{
    const store::Profile *profile = m_model->profile(m_table->currentIndex().row());
    if (!profile) {
        return {};
    }
    if (m_model->kind() == store::ProfileKind::Device) {
        return comparisonFor(u"device.id"_s, profile->id, false);
    }
    return profile->login.isEmpty() ? comparisonFor(u"actor.id"_s, profile->id, false)
                                    : comparisonFor(u"actor.alternateId"_s, profile->login, false);
}

void ProfilePage::showProfile()
{
    const store::Profile *profile = m_model->profile(m_table->currentIndex().row());
    m_showEvents->setEnabled(profile != nullptr);
    const quint64 job = ++m_job;
    if (!profile) {
        m_name->clear();
        m_tree->jsonModel()->clear();
        m_raw->clear();
        return;
    }
    m_name->setText(singleLine(profile->name.isEmpty() ? profile->login : profile->name));
    whenFinished(QtConcurrent::run(&JsonDocument::read, profile->bytes), this, [this, job](JsonDocument document) {
        if (job != m_job) {
            return;
        }
        m_tree->jsonModel()->setDocument(document.tree);
        m_tree->openUsual();
        m_raw->setDocument(std::move(document));
    });
}

void ProfilePage::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid()) {
        return;
    }
    m_table->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_showEvents);
    menu->addSeparator();
    menu->addAction(m_copy);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ProfilePage::focusFilter()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void ProfilePage::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_model->setSources(sources);
}

void ProfilePage::setTimeDisplay(const TimeDisplay &time)
{
    m_model->setTimeDisplay(time);
}

void ProfilePage::saveState(QSettings &settings) const
{
    const QString key = m_model->kind() == store::ProfileKind::User ? u"users"_s : u"devices"_s;
    settings.setValue(key + "Columns"_L1, m_table->horizontalHeader()->saveState());
    settings.setValue(key + "Splitter"_L1, m_splitter->saveState());
    settings.setValue(key + "History"_L1, m_edit->history().entries());
}

void ProfilePage::restoreState(const QSettings &settings)
{
    const QString key = m_model->kind() == store::ProfileKind::User ? u"users"_s : u"devices"_s;
    m_table->horizontalHeader()->restoreState(settings.value(key + "Columns"_L1).toByteArray());
    m_splitter->restoreState(settings.value(key + "Splitter"_L1).toByteArray());
    m_edit->history().setEntries(settings.value(key + "History"_L1).toStringList());
}

} // namespace octotrail::ui
