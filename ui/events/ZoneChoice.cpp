// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/ZoneChoice.h"

#include "ui/events/ZoneDialog.h"
#include "ui/style/Icons.h"

#include <QMenu>
#include <QSettings>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRecent = 4;

QStringList recentZones()
{
    return QSettings()
        .value("timeZones")
        .toStringList()
        .first(std::min(mostRecent, QSettings().value("timeZones").toStringList().size()));
}

} // namespace

ZoneChoice::ZoneChoice(QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setObjectName(u"timeZone"_s);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(ui::icon(u"globe", Tone::Muted));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("The time zone of every time in this window"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, [this] { fill(m_menu); });
    setTimeDisplay(m_time);
}

void ZoneChoice::fill(QMenu *menu)
{
    menu->clear();
    const auto add = [&](const TimeDisplay &time, const QString &text) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(time == m_time);
        connect(action, &QAction::triggered, this, [this, time] { choose(time); });
    };
    const TimeDisplay local(TimeDisplay::Zone::Local);
    add(TimeDisplay(), u"UTC"_s);
    add(local, tr("Local: %1").arg(local.zoneName()));
    QStringList recent = recentZones();
    if (m_time.zone() == TimeDisplay::Zone::Named && !recent.contains(m_time.id())) {
        recent.prepend(m_time.id());
    }
    for (const QString &id : recent) {
        if (const TimeDisplay time = TimeDisplay::fromId(id); time.zone() == TimeDisplay::Zone::Named) {
            add(time, time.zoneName());
        }
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Another zone\u2026")), &QAction::triggered, this, &ZoneChoice::ask);
}

void ZoneChoice::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    setText(time.zoneName());
    setAccessibleName(tr("Time zone: %1").arg(time.zoneName()));
    if (m_menu->isEmpty()) {
        fill(m_menu);
    }
}

void ZoneChoice::choose(const TimeDisplay &time)
{
    setTimeDisplay(time);
    Q_EMIT chosen(time);
}

void ZoneChoice::ask()
{
    auto *dialog = new ZoneDialog(m_time.timeZone().id(), window());
    connect(dialog, &ZoneDialog::chosen, this, [this](const QByteArray &id) {
        QStringList recent = recentZones();
        recent.removeAll(QString::fromLatin1(id));
        recent.prepend(QString::fromLatin1(id));
        QSettings().setValue("timeZones", recent.first(std::min(mostRecent, recent.size())));
        choose(TimeDisplay(QTimeZone(id)));
    });
    dialog->open();
}

} // namespace octotrail::ui
