// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Appearance.h"

#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/OctotrailStyle.h"
#include "ui/style/Tones.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QMetaEnum>
#include <QPixmapCache>
#include <QSettings>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

Appearance::Appearance(QApplication &application)
    : QObject(&application)
    , m_application(application)
    , m_platformIsDark(isDark(QApplication::palette()))
{
    QApplication::setStyle(new OctotrailStyle); // the application owns it
    QApplication::setFont(applicationFont());
    QApplication::setWindowIcon(applicationIcon());
    m_application.installEventFilter(this);
    connect(&m_application, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) {
            askPortal();
        }
    });
    askPortal();
    apply();
}

Appearance::~Appearance() = default;

void Appearance::setChoice(Choice choice)
{
    if (choice == m_choice) {
        return;
    }
    m_choice = choice;
    apply();
}

void Appearance::save() const
{
    QSettings().setValue(
        "window/appearance", QString::fromLatin1(QMetaEnum::fromType<Choice>().valueToKey(int(m_choice))));
}

void Appearance::restore()
{
    const QByteArray name = QSettings().value("window/appearance").toString().toLatin1();
    bool known = false;
    const int choice = QMetaEnum::fromType<Choice>().keyToValue(name.constData(), &known);
    setChoice(known ? static_cast<Choice>(choice) : Choice::System);
}

bool Appearance::isDarkNow() const
{
    switch (m_choice) {
    case Choice::Light:
        return false;
    case Choice::Dark:
        return true;
    case Choice::System:
        break;
    }
    return m_portal == Scheme::Unknown ? m_platformIsDark : m_portal == Scheme::Dark;
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    // A palette that is not ours comes from the platform theme, which the desktop has just changed.
    if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange && !m_applying) {
        const QPalette palette = QApplication::palette();
        if (palette.color(QPalette::Window) != lightPalette().color(QPalette::Window)
            && palette.color(QPalette::Window) != darkPalette().color(QPalette::Window)) {
            m_platformIsDark = isDark(palette);
            QMetaObject::invokeMethod(this, &Appearance::apply, Qt::QueuedConnection);
        }
    }
    return QObject::eventFilter(watched, event);
}

void Appearance::askPortal()
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return; // else Qt would try to start a bus
    }
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
        u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s, u"Read"_s);
    call.setArguments({u"org.freedesktop.appearance"_s, u"color-scheme"_s});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isValid()) {
            return;
        }
        QVariant value = reply.value().variant();
        if (value.canConvert<QDBusVariant>()) {
            value = value.value<QDBusVariant>().variant();
        }
        const uint scheme = value.toUInt(); // 0: no preference
        const Scheme portal = scheme == 1 ? Scheme::Dark : scheme == 2 ? Scheme::Light : Scheme::Unknown;
        if (portal != m_portal) {
            m_portal = portal;
            apply();
        }
    });
}

void Appearance::apply()
{
    m_applying = true;
    QPixmapCache::clear();
    QApplication::setPalette(isDarkNow() ? darkPalette() : lightPalette());
    m_applying = false;
    Q_EMIT changed();
}

} // namespace octotrail::ui
