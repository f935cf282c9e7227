// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfilePage.h"

#include "filter/TermList.h"
#include "ui/events/CellMenu.h"
#include "ui/events/FilterEdit.h"
#include "ui/models/ProfileTableModel.h"
#include "ui/profiles/ProfileDetails.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
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
    , m_details(new ProfileDetails(m_store, kind, this))
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
    setUpColumns();
    header->setSortIndicator(ProfileTableModel::Name, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);

    m_empty->addAction(m_clear);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_pages->setAutoFillBackground(true);
    m_pages->setBackgroundRole(QPalette::Base);

    m_details->addAction(m_showEvents);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_details->setMinimumWidth(30 * metrics::Unit);
    m_splitter->setSizes({760, 440});

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
    setFirstFocus(this, m_table);

    m_reload.setSingleShot(true);
    m_reload.setInterval(std::chrono::milliseconds(500));
    connect(&m_reload, &QTimer::timeout, m_model, &ProfileTableModel::reload);
    m_detailsDelay.setSingleShot(true);
    m_detailsDelay.setInterval(std::chrono::milliseconds(40));
    connect(&m_detailsDelay, &QTimer::timeout, this, &ProfilePage::showProfile);
    connect(m_edit, &FilterEdit::applied, this, &ProfilePage::applyFilter);
    connect(m_edit, &FilterEdit::validated, this, [this](const std::optional<event::Error> &error) {
        if (!error) {
            m_edit->clearError();
            m_error->hide();
        } else if (m_edit->text() != m_applied) {
            showError(*error, m_edit->isUnfinished(*error));
        }
    });
    connect(m_edit, &FilterEdit::leaveRequested, this, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_edit, &QLineEdit::textChanged, m_error, &QWidget::hide);
    connect(m_model, &ProfileTableModel::loadingChanged, this, &ProfilePage::showState);
    connect(
        m_model, &ProfileTableModel::failed, this, [this](const event::Error &error) { m_failure = error.sentence; });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_failure.clear();
        restorePlace();
        m_detailsDelay.start();
    });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { m_detailsDelay.start(); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProfilePage::showMenu);
    connect(m_table, &QAbstractItemView::activated, m_showEvents, &QAction::trigger);
    connect(
        m_store.get(), &store::Store::profilesChanged, this, [this, kind](store::SourceId, store::ProfileKind changed) {
            if (changed == kind && !m_reload.isActive()) {
                // A listing of many tells of itself page by page.
                constexpr int many = 5000;
                m_reload.setInterval(std::chrono::milliseconds(m_model->rowCount() > many ? 5000 : 500));
                m_reload.start();
            }
        });
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const store::Profile *profile = m_model->profile(m_table->currentIndex().row());
        if (m_wanted.isEmpty() && profile) {
            m_kept = profile->id;
        }
        m_scroll = m_table->verticalScrollBar()->value();
    });
    connect(m_details, &ProfileDetails::profileRequested, this, &ProfilePage::profileRequested);
    connect(m_details, &ProfileDetails::filterRequested, this,
        [this](
            const QString &path, const QString &value, bool exclude) { narrow(comparisonFor(path, value, exclude)); });
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
    m_filterTo = new QAction(icon(u"filter"), tr("Filter to this value"), this);
    m_exclude = new QAction(icon(u"exclude"), tr("Exclude this value"), this);
    for (QAction *action : {m_filterTo, m_exclude}) {
        connect(action, &QAction::triggered, this, [this, exclude = action == m_exclude] {
            const QModelIndex index = m_table->currentIndex();
            if (const QString path = m_model->filterPath(index.column()); !path.isEmpty()) {
                narrow(comparisonFor(path, index.data(ProfileTableModel::RawValueRole).toString(), exclude));
            }
        });
    }
    m_clear = new QAction(icon(u"clear"), tr("Clear the filter"), this);
    connect(m_clear, &QAction::triggered, this, [this] {
        m_edit->clear();
        applyFilter();
    });
}

void ProfilePage::setUpColumns()
{
    const QList<int> widths{160, 192, 176, 120, 168, 136, 152, 152, 120};
    QHeaderView *header = m_table->horizontalHeader();
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (int column = 0; column < widths.size(); ++column) {
        header->resizeSection(column, widths[column]);
        auto *action = new QAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), this);
        action->setCheckable(true);
        // One column always stays.
        connect(action, &QAction::toggled, this, [header, action, column](bool shown) {
            if (!shown && !header->isSectionHidden(column) && header->hiddenSectionCount() + 1 >= header->count()) {
                action->setChecked(true);
                return;
            }
            header->setSectionHidden(column, !shown);
        });
        action->setChecked(true);
        m_columnActions << action;
        header->addAction(action);
    }
    m_columnActions[ProfileTableModel::Seen]->setChecked(false);
}

void ProfilePage::showId(const QString &id)
{
    m_wanted = id;
    if (!m_model->isLoading() && m_model->rowOf(id) >= 0) {
        restorePlace();
        m_detailsDelay.start();
    } else if (m_applied.trimmed().isEmpty()) {
        m_model->reload();
    } else {
        m_clear->trigger(); // the filter hides them
    }
    m_table->setFocus(Qt::OtherFocusReason);
}

/// The wanted profile becomes the current one, or else the one that was, or the first.
void ProfilePage::restorePlace()
{
    if (m_model->rowCount() == 0) {
        return;
    }
    const bool isWanted = !m_wanted.isEmpty();
    const int row = m_model->rowOf(isWanted ? m_wanted : m_kept);
    const int column = std::max(0, m_table->currentIndex().column());
    m_table->setCurrentIndex(m_model->index(std::max(0, row), column));
    if (isWanted && row >= 0) {
        m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
        m_wanted.clear();
    } else if (row >= 0) {
        m_table->verticalScrollBar()->setValue(m_scroll);
    }
}

void ProfilePage::narrow(const QString &comparison)
{
    const std::string before = filter::expressionText(m_applied.toStdString(), filter::Schema::Profile);
    m_edit->setText(QString::fromStdString(filter::conjunctionText(before, comparison.toStdString())));
    applyFilter();
}

/// Something that is not written to its end is no mistake yet.
void ProfilePage::showError(const event::Error &error, bool isUnfinished)
{
    const QString sentence
        = error.column > 0 ? tr("Column %1: %2").arg(error.column).arg(error.sentence) : error.sentence;
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, toneColor(isUnfinished ? Tone::Muted : Tone::Bad, palette()));
    if (!isUnfinished) {
        m_edit->showError(error);
    }
    m_error->setText(sentence);
    m_error->setPalette(colors);
    m_error->show();
}

void ProfilePage::applyFilter()
{
    const QString text = m_edit->text();
    const auto input = filter::parseInput(text.toStdString(), filter::Schema::Profile);
    if (!input) {
        showError(input.error(), false);
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
    m_details->showProfile(profile, profile ? m_model->sourceName(profile->source) : QString());
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
    const bool comparable = !m_model->filterPath(index.column()).isEmpty();
    m_filterTo->setEnabled(comparable);
    m_exclude->setEnabled(comparable);
    menu->addAction(m_filterTo);
    menu->addAction(m_exclude);
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
    m_details->setTimeDisplay(time);
}

void ProfilePage::saveState(QSettings &settings) const
{
    const QString key = m_model->kind() == store::ProfileKind::User ? u"users"_s : u"devices"_s;
    settings.setValue(key + "Columns2"_L1, m_table->horizontalHeader()->saveState());
    settings.setValue(key + "Splitter"_L1, m_splitter->saveState());
    settings.setValue(key + "Tab"_L1, m_details->tabs()->currentIndex());
    settings.setValue(key + "History"_L1, m_edit->history().entries());
}

void ProfilePage::restoreState(const QSettings &settings)
{
    const QString key = m_model->kind() == store::ProfileKind::User ? u"users"_s : u"devices"_s;
    QHeaderView *header = m_table->horizontalHeader();
    header->restoreState(settings.value(key + "Columns2"_L1).toByteArray());
    for (int column = 0; column < m_columnActions.size(); ++column) {
        m_columnActions[column]->setChecked(!header->isSectionHidden(column));
    }
    m_splitter->restoreState(settings.value(key + "Splitter"_L1).toByteArray());
    m_details->tabs()->setCurrentIndex(settings.value(key + "Tab"_L1, 0).toInt());
    m_edit->history().setEntries(settings.value(key + "History"_L1).toStringList());
}

} // namespace octotrail::ui
