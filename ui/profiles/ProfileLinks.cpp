// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfileLinks.h"

#include "event/Json.h"
#include "ui/profiles/ProfileSummary.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFuture>
#include <QGridLayout>
#include <QToolButton>
#include <algorithm>
#include <array>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::ProfileKind;

namespace {

constexpr std::size_t mostLinks = 4;
constexpr int roomForTwo = 90 * metrics::Unit;

/// A value of a profile, without a word for none.
QString valueOf(const store::Profile &profile, std::string_view path)
{
    QString value;
    event::visitValues(profile.bytes, event::FieldPath(path), [&value](std::string_view text, event::JsonKind) {
        value = singleLine(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), 60);
        return false;
    });
    return value;
}

} // namespace

ProfileLinks::ProfileLinks(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_layout(new QGridLayout(this))
{
    setObjectName(u"profileLinks"_s);
    setAccessibleName(tr("Profiles of whom this event speaks"));
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    hide();
}

void ProfileLinks::setEvent(const event::LogEvent *event)
{
    ++m_job;
    std::vector<Party> parties;
    const auto add = [&parties](ProfileKind kind, std::string_view id, const QString &role) {
        const bool isKnown = std::ranges::find(parties, id, &Party::id) != parties.end();
        if (!id.empty() && !isKnown && parties.size() < 4 * mostLinks) {
            parties.push_back({kind, std::string(id), role});
        }
    };
    if (event) {
        add(ProfileKind::User, event->text(event::field::ActorId).value_or(std::string_view()), tr("Actor"));
        for (const auto &target : event->targets()) {
            add(ProfileKind::User, target.id.value_or(std::string_view()), tr("Target"));
        }
        if (const auto device = event::fieldByPath("device.id")) {
            add(ProfileKind::Device, event->text(*device).value_or(std::string_view()), tr("Device"));
        }
    }
    find(parties);
}

void ProfileLinks::find(const std::vector<Party> &parties)
{
    std::vector<std::string> users;
    std::vector<std::string> devices;
    for (const Party &party : parties) {
        (party.kind == ProfileKind::User ? users : devices).push_back(party.id);
    }
    if (parties.empty()) {
        showFound({}, {});
        return;
    }
    store::Profiles profiles(*m_store);
    whenFinished(profiles.find(ProfileKind::User, std::move(users)), this,
        [this, job = m_job, parties, devices = std::move(devices)](Found found) {
            if (job != m_job) {
                return;
            }
            auto known = found.value_or(std::vector<store::Profile>());
            if (devices.empty()) {
                showFound(parties, known);
                return;
            }
            store::Profiles more(*m_store);
            whenFinished(more.find(ProfileKind::Device, devices), this,
                [this, job, parties, known = std::move(known)](Found others) mutable {
                    if (job != m_job) {
                        return;
                    }
                    for (store::Profile &device : others.value_or(std::vector<store::Profile>())) {
                        known.push_back(std::move(device));
                    }
                    showFound(parties, known);
                });
        });
}

void ProfileLinks::showFound(const std::vector<Party> &parties, const std::vector<store::Profile> &found)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const Party &party : parties) {
        const QString id = QString::fromStdString(party.id);
        const auto profile = std::ranges::find(found, id, &store::Profile::id);
        if (profile == found.end() || m_buttons.size() >= static_cast<qsizetype>(mostLinks)) {
            continue;
        }
        const bool isUser = party.kind == ProfileKind::User;
        QStringList parts{profileTitle(*profile)};
        for (const std::string_view path : isUser
                ? std::array<std::string_view, 2>{"profile.title", "profile.department"}
                : std::array<std::string_view, 2>{"profile.model", "profile.osVersion"}) {
            if (const QString value = valueOf(*profile, path); !value.isEmpty()) {
                parts << value;
            }
        }
        const ProfileMark mark = profileMark(*profile);
        if (mark.tone != Tone::Good) {
            parts << profileStatusText(*profile);
        }
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(icon(isUser ? u"user" : u"device", mark.tone));
        QString text = party.role + u": "_s + parts.join(u" \u00b7 "_s);
        button->setText(text.replace(u'&', u"&&"_s));
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setToolTip(ui::toolTip(tr("Show the profile of %1").arg(profileTitle(*profile))));
        button->setAccessibleName(tr("Profile of %1").arg(parts.join(u", "_s)));
        connect(
            button, &QToolButton::clicked, this, [this, kind = party.kind, id] { Q_EMIT profileRequested(kind, id); });
        m_buttons << button;
    }
    arrange();
    setVisible(!m_buttons.isEmpty());
}

/// Two beside each other, where each has room for its text.
void ProfileLinks::arrange()
{
    const int columns = width() >= roomForTwo ? 2 : 1;
    m_columns = columns;
    for (int i = 0; i < m_buttons.size(); ++i) {
        m_layout->addWidget(m_buttons[i], i / columns, i % columns);
    }
    m_layout->setColumnStretch(0, 1);
    m_layout->setColumnStretch(1, columns - 1);
}

void ProfileLinks::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_columns != (width() >= roomForTwo ? 2 : 1)) {
        arrange();
    }
}

} // namespace octotrail::ui
