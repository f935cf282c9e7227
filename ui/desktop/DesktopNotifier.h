// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "ui/desktop/Preferences.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

namespace octotrail::ui {

/// Tells new alerts on the desktop, by its notification service (org.freedesktop.Notifications), or through a fallback
/// where there is none. Alerts that come together are told together. Without a sound, unless one is wanted.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(store::Alerts &alerts, QObject *parent = nullptr);

    void setPreferences(const Preferences &preferences) { m_preferences = preferences; }
    /// Called with title and text where no service answers.
    void setFallback(std::function<void(const QString &, const QString &)> fallback)
    {
        m_fallback = std::move(fallback);
    }

    struct Message
    {
        QString title;
        QString text;
        store::AlertSeverity severity = store::AlertSeverity::Info;
        store::AlertId alert = 0; ///< to be shown when it is clicked: the gravest one
        bool operator==(const Message &) const = default;
    };
    /// What is said of these alerts, in plain text.
    static Message messageFor(const std::vector<store::Alert> &alerts);

    /// Time in which alerts are gathered.
    void setGathering(std::chrono::milliseconds time) { m_gathering.setInterval(time); }

Q_SIGNALS:
    /// The notification was clicked.
    void alertRequested(octotrail::store::AlertId alert);
    void told(const octotrail::ui::DesktopNotifier::Message &message);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);

private:
    void take(const store::AlertChange &change);
    void tell();
    void send(const Message &message, bool bodyHasMarkup);

    Preferences m_preferences;
    std::function<void(const QString &, const QString &)> m_fallback;
    std::vector<store::Alert> m_gathered;
    QTimer m_gathering;
    uint m_last = 0; ///< of the service
    store::AlertId m_lastAlert = 0;
};

} // namespace octotrail::ui
