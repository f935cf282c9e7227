// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfileView.h"

#include "store/Profiles.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/style/Icons.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFuture>
#include <QSettings>
#include <QTabWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

ProfileView::ProfileView(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_tabs(new QTabWidget(this))
    , m_users(new ProfilePage(m_store, store::ProfileKind::User, this))
    , m_devices(new ProfilePage(m_store, store::ProfileKind::Device, this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_users, icon(u"user"), tr("Users"));
    m_tabs->addTab(m_devices, icon(u"device"), tr("Devices"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs);
    setFirstFocus(this, m_tabs);
    connect(m_users, &ProfilePage::eventsRequested, this, &ProfileView::eventsRequested);
    connect(m_devices, &ProfilePage::eventsRequested, this, &ProfileView::eventsRequested);
    connect(m_users, &ProfilePage::profileRequested, this, &ProfileView::showProfile);
    connect(m_devices, &ProfilePage::profileRequested, this, &ProfileView::showProfile);
    connect(m_store.get(), &store::Store::sourcesChanged, this, &ProfileView::readSources);
    readSources();
}

ProfileView::~ProfileView()
{
    m_store->disconnect(this);
}

ProfilePage *ProfileView::currentPage() const
{
    return m_tabs->currentWidget() == m_devices ? m_devices : m_users;
}

void ProfileView::readSources()
{
    whenFinished(m_store->sources(), this, [this](const event::Result<std::vector<store::SourceConfig>> &sources) {
        if (sources) {
            m_users->setSources(*sources);
            m_devices->setSources(*sources);
        }
    });
}

void ProfileView::showProfile(store::ProfileKind kind, const QString &id)
{
    using Found = event::Result<std::vector<store::Profile>>;
    auto finding = store::Profiles(*m_store).find(kind, {id.toStdString()});
    whenFinished(finding, this, [this, kind, id](const Found &found) {
        if (!found) {
            Q_EMIT notFound(found.error().sentence);
        } else if (found->empty()) {
            Q_EMIT notFound(kind == store::ProfileKind::User
                    ? tr("No user profile with the ID %1 is in the store. Profiles are fetched by sources with user "
                         "profiles enabled.")
                          .arg(singleLine(id, 60))
                    : tr("No device profile with the ID %1 is in the store. Profiles are fetched by sources with "
                         "device profiles enabled.")
                          .arg(singleLine(id, 60)));
        } else {
            ProfilePage *page = kind == store::ProfileKind::User ? m_users : m_devices;
            m_tabs->setCurrentWidget(page);
            page->showId(id);
            Q_EMIT profileShown();
        }
    });
}

void ProfileView::setTimeDisplay(const TimeDisplay &time)
{
    m_users->setTimeDisplay(time);
    m_devices->setTimeDisplay(time);
}

void ProfileView::saveState(QSettings &settings) const
{
    settings.beginGroup("profiles");
    settings.setValue("tab", m_tabs->currentIndex());
    m_users->saveState(settings);
    m_devices->saveState(settings);
    settings.endGroup();
}

void ProfileView::restoreState(QSettings &settings)
{
    settings.beginGroup("profiles");
    m_tabs->setCurrentIndex(settings.value("tab", 0).toInt());
    m_users->restoreState(settings);
    m_devices->restoreState(settings);
    settings.endGroup();
}

} // namespace octotrail::ui
