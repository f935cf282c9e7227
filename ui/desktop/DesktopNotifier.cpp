// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/DesktopNotifier.h"

#include "ui/alerts/AlertLook.h"
#include "ui/widgets/PlainText.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::AlertSeverity;

namespace {

/// QDBusConnection connects by name alone; the first character tells that it is a slot's.
constexpr const char *invoked = "1onActionInvoked(uint,QString)";

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
        u"org.freedesktop.Notifications"_s, method);
}

} // namespace

DesktopNotifier::DesktopNotifier(store::Alerts &alerts, QObject *parent)
    : QObject(parent)
{
    connect(&alerts, &store::Alerts::changed, this, &DesktopNotifier::take);
    m_gathering.setSingleShot(true);
    m_gathering.setInterval(std::chrono::seconds(1));
    connect(&m_gathering, &QTimer::timeout, this, &DesktopNotifier::tell);
    QDBusConnection::sessionBus().connect(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
        u"org.freedesktop.Notifications"_s, u"ActionInvoked"_s, this, invoked);
}

DesktopNotifier::Message DesktopNotifier::messageFor(const std::vector<store::Alert> &alerts)
{
    if (alerts.empty()) {
        return {};
    }
    const store::Alert &gravest = *std::ranges::max_element(alerts, {}, &store::Alert::severity);
    const QString severity = alertLook(gravest.severity).word;
    if (alerts.size() == 1) {
        return {tr("%1 alert").arg(severity), singleLine(gravest.title, 200), gravest.severity, gravest.id};
    }
    constexpr std::size_t named = 3;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(alerts.size(), named); ++i) {
        lines << singleLine(alerts[i].title, 100);
    }
    if (alerts.size() > named) {
        lines << tr("and %1 more").arg(QLocale().toString(static_cast<qint64>(alerts.size() - named)));
    }
    return {tr("%1 new alerts, the gravest %2")
                .arg(QLocale().toString(static_cast<qint64>(alerts.size())), severity.toLower()),
        lines.join(u'\n'), gravest.severity, gravest.id};
}

void DesktopNotifier::take(const store::AlertChange &change)
{
    for (const store::Alert &alert : change.raised) {
        if (alert.state != store::AlertState::Recorded
            && m_preferences.notify.at(static_cast<std::size_t>(alert.severity))) {
            m_gathered.push_back(alert);
        }
    }
    if (!m_gathered.empty() && !m_gathering.isActive()) {
        m_gathering.start();
    }
}

void DesktopNotifier::tell()
{
    const Message message = messageFor(std::exchange(m_gathered, {}));
    const QDBusConnection bus = QDBusConnection::sessionBus();
    Q_EMIT told(message);
    if (!bus.isConnected()) {
        if (m_fallback) {
            m_fallback(message.title, message.text);
        }
        return;
    }
    // A service that reads markup is given it escaped; any other shows the text as it is.
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call(u"GetCapabilities"_s)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, message] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isError()) {
            if (m_fallback) {
                m_fallback(message.title, message.text);
            }
            return;
        }
        send(message, reply.value().contains(u"body-markup"_s));
    });
}

void DesktopNotifier::send(const Message &message, bool bodyHasMarkup)
{
    QVariantMap hints{{u"desktop-entry"_s, u"org.octotrail.Octotrail"_s}, {u"category"_s, u"network"_s},
        {u"suppress-sound"_s, !m_preferences.sound},
        {u"urgency"_s, QVariant::fromValue<uchar>(message.severity == AlertSeverity::Critical ? 2 : 1)}};
    if (m_preferences.sound) {
        hints.insert(u"sound-name"_s, u"dialog-warning"_s);
    }
    QDBusMessage notify = call(u"Notify"_s);
    notify.setArguments({u"Octotrail"_s, m_last, u"org.octotrail.Octotrail"_s, message.title,
        bodyHasMarkup ? message.text.toHtmlEscaped() : message.text, QStringList{u"default"_s, tr("Show")}, hints, -1});
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(notify), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, message] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            if (m_fallback) {
                m_fallback(message.title, message.text);
            }
            return;
        }
        m_last = reply.value(); // the next one takes its place
        m_lastAlert = message.alert;
    });
}

void DesktopNotifier::onActionInvoked(uint id, const QString &action)
{
    if (id == m_last && m_last != 0 && action == "default"_L1) {
        Q_EMIT alertRequested(m_lastAlert);
    }
}

} // namespace octotrail::ui
