// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfileDetails.h"

#include "store/ProfileFacts.h"
#include "ui/events/FactsView.h"
#include "ui/models/JsonDocument.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/models/ProfileHistoryModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/JsonTreeView.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/RawView.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QEvent>
#include <QFuture>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::ProfileKind;

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int relatedTab = 2;

struct Read
{
    JsonDocument document;
    ProfileFacts facts;
};

} // namespace

ProfileDetails::ProfileDetails(std::shared_ptr<store::Store> store, ProfileKind kind, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_kind(kind)
    , m_mark(new QLabel(this))
    , m_name(new QLabel(this))
    , m_status(new QLabel(this))
    , m_buttons(new QWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_facts(new FactsView(this))
    , m_history(new QTableView(this))
    , m_changes(new ProfileHistoryModel(this))
    , m_related(new QListWidget(this))
    , m_tree(new JsonTreeView(this))
    , m_raw(new RawView(this))
{
    const bool users = kind == ProfileKind::User;
    setObjectName(users ? u"userDetails"_s : u"deviceDetails"_s);
    setAccessibleName(users ? tr("User details") : tr("Device details"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    for (QLabel *label : {m_name, m_status}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_name->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_facts->setAccessibleName(users ? tr("Fields of the user") : tr("Fields of the device"));

    m_history->setModel(m_changes);
    m_history->setAccessibleName(tr("History"));
    m_history->setShowGrid(false);
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setWordWrap(false);
    m_history->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_history->setSelectionMode(QAbstractItemView::SingleSelection);
    m_history->setTabKeyNavigation(false);
    m_history->verticalHeader()->hide();
    m_history->verticalHeader()->setDefaultSectionSize(
        std::max(metrics::RowHeight, fontMetrics().height() + metrics::Unit));
    QHeaderView *header = m_history->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const QList<int> widths{160, 112, 80, 80};
    for (int column = 0; column < widths.size(); ++column) {
        header->resizeSection(column, widths[column]);
    }

    m_related->setFrameShape(QFrame::NoFrame);
    m_related->setAccessibleName(users ? tr("Devices of the user") : tr("Users of the device"));
    m_related->setIconSize({metrics::IconSize, metrics::IconSize});
    connect(m_related, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        const ProfileKind other = m_kind == ProfileKind::User ? ProfileKind::Device : ProfileKind::User;
        if (const QString id = item->data(IdRole).toString(); !id.isEmpty()) {
            Q_EMIT profileRequested(other, id);
        }
    });

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_facts, tr("Profile"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->addTab(m_related, users ? tr("Devices") : tr("Users"));
    m_tabs->addTab(m_tree, tr("JSON"));
    m_tabs->addTab(m_raw, tr("Raw"));
    m_tree->setAccessibleName(tr("JSON of the profile"));

    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::Unit);
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addWidget(m_name, 1);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins({});
    head->addWidget(m_buttons, 0, Qt::AlignTop);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit, metrics::Unit);
    top->setSpacing(metrics::HalfUnit);
    top->addLayout(head);
    top->addWidget(m_status);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_tabs, 1);
    connect(m_facts, &FactsView::filterRequested, this, &ProfileDetails::filterRequested);
    connect(m_tree, &JsonTreeView::filterRequested, this, &ProfileDetails::filterRequested);
}

ProfileDetails::~ProfileDetails() = default;

void ProfileDetails::addAction(QAction *action)
{
    auto *button = new QPushButton(action->icon(), action->text(), m_buttons);
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
    m_buttons->layout()->addWidget(button);
}

void ProfileDetails::showProfile(const store::Profile *profile, const QString &source)
{
    m_source = source;
    const quint64 job = ++m_job;
    if (!profile) {
        m_profile.reset();
        m_known.clear();
        m_name->clear();
        m_status->clear();
        m_mark->clear();
        m_facts->setGroups({});
        m_changes->setChanges({});
        m_related->clear();
        m_tree->jsonModel()->clear();
        m_raw->clear();
        return;
    }
    m_profile = *profile;
    showHead();
    auto reading = QtConcurrent::run([bytes = profile->bytes] {
        return Read{JsonDocument::read(bytes), store::profileFacts(bytes)};
    });
    whenFinished(reading, this, [this, job](Read read) {
        if (job != m_job) {
            return;
        }
        m_known = std::move(read.facts);
        showGroups();
        m_tree->jsonModel()->setDocument(read.document.tree);
        m_tree->openUsual();
        m_raw->setDocument(std::move(read.document));
    });
    readMore();
}

void ProfileDetails::refresh()
{
    if (m_profile) {
        readMore();
    }
}

void ProfileDetails::readMore()
{
    const quint64 job = m_job;
    store::Profiles profiles(*m_store);
    whenFinished(profiles.history(m_profile->source, m_kind, m_profile->id), this,
        [this, job](event::Result<std::vector<store::ProfileChange>> changes) {
            if (job == m_job && changes) {
                m_changes->setChanges(std::move(*changes));
            }
        });
    whenFinished(
        profiles.related(*m_profile), this, [this, job](const event::Result<std::vector<store::Profile>> &related) {
            if (job == m_job && related) {
                showRelated(*related);
            }
        });
}

void ProfileDetails::showHead()
{
    if (!m_profile) {
        return;
    }
    m_name->setText(profileTitle(*m_profile));
    const ProfileMark mark = profileMark(*m_profile);
    const QSize size(metrics::IconSize + metrics::HalfUnit, metrics::IconSize + metrics::HalfUnit);
    m_mark->setPixmap(icon(mark.iconName, mark.tone).pixmap(size, devicePixelRatioF()));
    m_mark->setAccessibleName(tr("Status %1").arg(profileStatusText(*m_profile)));
    QString status = profileStatusText(*m_profile);
    if (m_profile->deleted) {
        status
            = tr("%1: not in Okta's listing since %2. Deleted there, or out of the credential's sight; kept here as it "
                 "was.")
                  .arg(status, m_time.seconds(*m_profile->deleted));
    } else if (!m_profile->login.isEmpty()) {
        status = tr("%1 \u2013 %2").arg(singleLine(m_profile->login), status);
    }
    m_status->setText(status);
    setAccessibleDescription(m_name->text() + u", "_s + status);
}

void ProfileDetails::showGroups()
{
    if (m_profile) {
        m_facts->setGroups(profileGroups(*m_profile, m_known, m_source, m_time));
    }
}

void ProfileDetails::showRelated(const std::vector<store::Profile> &related)
{
    m_related->clear();
    const bool users = m_kind == ProfileKind::User;
    m_tabs->setTabText(
        relatedTab, users ? tr("Devices (%1)").arg(related.size()) : tr("Users (%1)").arg(related.size()));
    for (const store::Profile &profile : related) {
        const ProfileMark mark = profileMark(profile);
        QString text = profileTitle(profile);
        if (!profile.login.isEmpty() && profile.login != profile.name) {
            text += u" \u00b7 "_s + singleLine(profile.login);
        }
        text += u" \u00b7 "_s + profileStatusText(profile);
        auto *item = new QListWidgetItem(icon(users ? u"device" : u"user", mark.tone), text, m_related);
        item->setData(IdRole, profile.id);
        item->setToolTip(ui::toolTip(tr("Enter shows it")));
    }
    if (related.empty()) {
        auto *item = new QListWidgetItem(
            users ? tr("No device of this user is known.") : tr("No user of this device is known."), m_related);
        item->setFlags(Qt::NoItemFlags);
    }
}

void ProfileDetails::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_changes->setTimeDisplay(time);
    showHead();
    showGroups();
}

void ProfileDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showHead();
    }
}

} // namespace octotrail::ui
