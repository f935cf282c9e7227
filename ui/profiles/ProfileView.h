// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <memory>

class QSettings;
class QTabWidget;

namespace octotrail::ui {

class ProfilePage;

/// The profiles that the sources have fetched: users and devices.
class ProfileView : public QWidget
{
    Q_OBJECT

public:
    explicit ProfileView(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~ProfileView() override;

    ProfilePage *users() const { return m_users; }
    ProfilePage *devices() const { return m_devices; }
    ProfilePage *currentPage() const;
    /// Shows a user or device; if the store has none with this id, notFound() says so.
    void showProfile(store::ProfileKind kind, const QString &id);
    void setTimeDisplay(const TimeDisplay &time);
    void saveState(QSettings &settings) const;
    void restoreState(QSettings &settings);

Q_SIGNALS:
    void eventsRequested(const QString &comparison);
    /// Someone is there, and shown.
    void profileShown();
    void notFound(const QString &sentence);

private:
    void readSources();

    std::shared_ptr<store::Store> m_store;
    QTabWidget *m_tabs;
    ProfilePage *m_users;
    ProfilePage *m_devices;
};

} // namespace octotrail::ui
