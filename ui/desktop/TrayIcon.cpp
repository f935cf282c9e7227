// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/TrayIcon.h"

#include "ui/style/Icons.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int extent = 64;

/// The application's mark with a badge whose shape tells the state also to those who do not see its colour.
QIcon markedIcon(TrayIcon::State state)
{
    if (state == TrayIcon::State::Quiet) {
        return applicationIcon();
    }
    QPixmap picture = applicationIcon().pixmap(extent, extent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect badge(extent * 3 / 8, extent * 3 / 8, extent * 5 / 8, extent * 5 / 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QGuiApplication::palette().color(QPalette::Base));
    painter.drawEllipse(badge);
    const QIcon mark = state == TrayIcon::State::Paused ? icon(u"pause", Tone::Muted)
        : state == TrayIcon::State::Trouble             ? icon(u"warning", Tone::Warning)
                                                        : icon(u"alerts", Tone::Bad);
    mark.paint(&painter, badge.adjusted(6, 6, -6, -6));
    return QIcon(picture);
}

} // namespace

TrayIcon::TrayIcon(collect::Supervisor &supervisor, QObject *parent)
    : QObject(parent)
    , m_supervisor(supervisor)
    , m_menu(std::make_unique<QMenu>())
    , m_pause(nullptr)
{
    connect(m_menu->addAction(tr("&Open Octotrail")), &QAction::triggered, this, &TrayIcon::openRequested);
    m_menu->addSeparator();
    m_pause = m_menu->addAction(tr("&Pause all sources"));
    connect(m_pause, &QAction::triggered, this, &TrayIcon::pauseOrResume);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitRequested);
    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) {
            Q_EMIT openRequested();
        }
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::openRequested);
    connect(&m_supervisor, &collect::Supervisor::sourcesChanged, this, &TrayIcon::update);
    connect(&m_supervisor, &collect::Supervisor::statusChanged, this, &TrayIcon::update);
    m_icon.setIcon(markedIcon(m_state));
    update();
    // At login an X11 desktop's tray may come later: the icon then comes with it. Elsewhere Qt can only warn.
    if (QSystemTrayIcon::isSystemTrayAvailable() || QGuiApplication::platformName() == "xcb"_L1) {
        m_icon.show();
    }
}

TrayIcon::~TrayIcon() = default;

bool TrayIcon::isThere() const
{
    return QSystemTrayIcon::isSystemTrayAvailable() && m_icon.isVisible();
}

void TrayIcon::setOpenAlerts(const store::AlertCounts &counts)
{
    m_counts = counts;
    update();
}

void TrayIcon::showMessage(const QString &title, const QString &text)
{
    if (isThere()) {
        m_icon.showMessage(title, text, applicationIcon());
    }
}

QString TrayIcon::summary() const
{
    QStringList lines{u"Octotrail"_s};
    for (const store::SourceConfig &source : m_supervisor.sources()) {
        if (source.collects) {
            lines << u"%1: %2"_s.arg(
                singleLine(source.name, 40), singleLine(m_supervisor.status(source.id).sentence, 80));
        }
        constexpr int most = 6;
        if (lines.size() == most) {
            lines << u"\u2026"_s;
            break;
        }
    }
    if (const qint64 open = m_counts.open(); open > 0) {
        lines << (open == 1 ? tr("1 open alert") : tr("%1 open alerts").arg(QLocale().toString(open)));
    }
    return lines.join(u'\n');
}

void TrayIcon::update()
{
    bool trouble = false;
    bool anyRuns = false;
    bool anyCollects = false;
    for (const store::SourceConfig &source : m_supervisor.sources()) {
        if (source.collects) {
            anyCollects = true;
            anyRuns = anyRuns || !source.paused;
            trouble = trouble || m_supervisor.status(source.id).state == collect::State::NeedsAttention;
        }
    }
    const auto highest = m_counts.highest();
    const State state = highest && *highest >= store::AlertSeverity::High ? State::Alerts
        : trouble                                                         ? State::Trouble
        : anyCollects && !anyRuns                                         ? State::Paused
                                                                          : State::Quiet;
    m_pause->setText(anyCollects && !anyRuns ? tr("&Resume all sources") : tr("&Pause all sources"));
    m_pause->setEnabled(anyCollects);
    if (state != m_state) {
        m_state = state;
        m_icon.setIcon(markedIcon(state));
    }
    m_icon.setToolTip(summary());
}

void TrayIcon::pauseOrResume()
{
    const QList<store::SourceConfig> sources = m_supervisor.sources();
    const bool anyRuns = std::ranges::any_of(
        sources, [](const store::SourceConfig &source) { return source.collects && !source.paused; });
    for (const store::SourceConfig &source : sources) {
        if (source.collects && anyRuns) {
            m_supervisor.pause(source.id);
        } else if (source.collects) {
            m_supervisor.resume(source.id);
        }
    }
}

} // namespace octotrail::ui
