// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiles/ProfileSummary.h"

#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestFact = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("ProfileSummary", text);
}

struct Known
{
    std::string_view path;
    const char *label;
};

constexpr std::array identity{Known{"profile.displayName", QT_TRANSLATE_NOOP("ProfileSummary", "Name")},
    Known{"profile.firstName", QT_TRANSLATE_NOOP("ProfileSummary", "First name")},
    Known{"profile.lastName", QT_TRANSLATE_NOOP("ProfileSummary", "Last name")},
    Known{"profile.login", QT_TRANSLATE_NOOP("ProfileSummary", "Login")},
    Known{"profile.email", QT_TRANSLATE_NOOP("ProfileSummary", "Email")},
    Known{"profile.secondEmail", QT_TRANSLATE_NOOP("ProfileSummary", "Second email")},
    Known{"profile.mobilePhone", QT_TRANSLATE_NOOP("ProfileSummary", "Mobile phone")},
    Known{"profile.platform", QT_TRANSLATE_NOOP("ProfileSummary", "Platform")},
    Known{"profile.osVersion", QT_TRANSLATE_NOOP("ProfileSummary", "OS version")},
    Known{"profile.manufacturer", QT_TRANSLATE_NOOP("ProfileSummary", "Manufacturer")},
    Known{"profile.model", QT_TRANSLATE_NOOP("ProfileSummary", "Model")},
    Known{"profile.serialNumber", QT_TRANSLATE_NOOP("ProfileSummary", "Serial number")},
    Known{"id", QT_TRANSLATE_NOOP("ProfileSummary", "ID")}};

constexpr std::array work{Known{"profile.title", QT_TRANSLATE_NOOP("ProfileSummary", "Title")},
    Known{"profile.department", QT_TRANSLATE_NOOP("ProfileSummary", "Department")},
    Known{"profile.division", QT_TRANSLATE_NOOP("ProfileSummary", "Division")},
    Known{"profile.costCenter", QT_TRANSLATE_NOOP("ProfileSummary", "Cost center")},
    Known{"profile.organization", QT_TRANSLATE_NOOP("ProfileSummary", "Organization")},
    Known{"profile.manager", QT_TRANSLATE_NOOP("ProfileSummary", "Manager")},
    Known{"profile.managerId", QT_TRANSLATE_NOOP("ProfileSummary", "Manager's ID")},
    Known{"profile.employeeNumber", QT_TRANSLATE_NOOP("ProfileSummary", "Employee number")},
    Known{"profile.userType", QT_TRANSLATE_NOOP("ProfileSummary", "User type")},
    Known{"profile.city", QT_TRANSLATE_NOOP("ProfileSummary", "City")},
    Known{"profile.state", QT_TRANSLATE_NOOP("ProfileSummary", "State")},
    Known{"profile.zipCode", QT_TRANSLATE_NOOP("ProfileSummary", "Postal code")},
    Known{"profile.countryCode", QT_TRANSLATE_NOOP("ProfileSummary", "Country")},
    Known{"users", QT_TRANSLATE_NOOP("ProfileSummary", "Users")},
    Known{"profile.managed", QT_TRANSLATE_NOOP("ProfileSummary", "Managed")},
    Known{"profile.registered", QT_TRANSLATE_NOOP("ProfileSummary", "Registered")},
    Known{"profile.secureHardwarePresent", QT_TRANSLATE_NOOP("ProfileSummary", "Secure hardware")},
    Known{"profile.diskEncryptionType", QT_TRANSLATE_NOOP("ProfileSummary", "Disk encryption")},
    Known{"profile.integrityJailbreak", QT_TRANSLATE_NOOP("ProfileSummary", "Jailbroken")}};

constexpr std::array account{Known{"status", QT_TRANSLATE_NOOP("ProfileSummary", "Status")},
    Known{"created", QT_TRANSLATE_NOOP("ProfileSummary", "Created")},
    Known{"activated", QT_TRANSLATE_NOOP("ProfileSummary", "Activated")},
    Known{"statusChanged", QT_TRANSLATE_NOOP("ProfileSummary", "Status changed")},
    Known{"lastLogin", QT_TRANSLATE_NOOP("ProfileSummary", "Last sign-in")},
    Known{"passwordChanged", QT_TRANSLATE_NOOP("ProfileSummary", "Password changed")},
    Known{"lastUpdated", QT_TRANSLATE_NOOP("ProfileSummary", "Last updated")}};

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A time is shown as every other one in the window.
QString shown(std::string_view path, const std::string &text, const TimeDisplay &time)
{
    const bool isTime = std::ranges::find(account, path, &Known::path) != account.end() && path != "status";
    if (const auto at = isTime ? event::parseTimestamp(text) : std::nullopt) {
        return time.full(*at);
    }
    return singleLine(qString(text), longestFact);
}

/// Takes the known ones out of the facts.
EventFactGroup take(const QString &title, std::span<const Known> known, ProfileFacts &facts, const TimeDisplay &time)
{
    EventFactGroup group{title, {}};
    for (const Known &field : known) {
        const auto fact = std::ranges::find(facts, field.path, &ProfileFacts::value_type::first);
        if (fact != facts.end()) {
            // Of the users of a device there is no one path to compare with.
            const QString path = field.path == "users" ? QString() : qString(field.path);
            group.facts.append({tr(field.label), shown(field.path, fact->second, time), path, qString(fact->second)});
            facts.erase(fact);
        }
    }
    return group;
}

} // namespace

QList<EventFactGroup> profileGroups(
    const store::Profile &profile, const ProfileFacts &all, const QString &source, const TimeDisplay &time)
{
    const bool isUser = profile.kind == store::ProfileKind::User;
    ProfileFacts facts = all;
    QList<EventFactGroup> groups;
    groups << take(isUser ? tr("Who") : tr("What"), identity, facts, time);
    groups << take(isUser ? tr("Work") : tr("Use and protection"), work, facts, time);
    EventFactGroup life = take(isUser ? tr("Account") : tr("Life"), account, facts, time);
    const auto add = [&](const QString &label, const std::optional<event::Timestamp> &at) {
        if (at) {
            life.facts.append({label, time.full(*at), {}, {}});
        }
    };
    add(tr("Missing since"), profile.deleted);
    add(tr("First received"), profile.firstSeen);
    add(tr("Last received"), profile.seen);
    life.facts.append({tr("Source"), singleLine(source), {}, {}});
    groups << life;
    EventFactGroup rest{tr("More"), {}};
    for (const auto &[path, text] : facts) {
        QString label = qString(path);
        if (label.startsWith("profile."_L1)) {
            label = label.sliced(8);
        }
        rest.facts.append(
            {singleLine(label, 60), singleLine(qString(text), longestFact), qString(path), qString(text)});
    }
    groups << rest;
    groups.removeIf([](const EventFactGroup &group) { return group.facts.isEmpty(); });
    return groups;
}

ProfileMark profileMark(const store::Profile &profile)
{
    const QString &status = profile.status;
    if (profile.deleted) {
        return {u"trash", Tone::Muted};
    }
    if (status == "DEPROVISIONED"_L1 || status == "DEACTIVATED"_L1) {
        return {u"deny", Tone::Muted};
    }
    if (status == "LOCKED_OUT"_L1 || status == "SUSPENDED"_L1) {
        return {u"pause", Tone::Warning};
    }
    if (status == "ACTIVE"_L1) {
        return {u"check", Tone::Good};
    }
    if (status == "PASSWORD_EXPIRED"_L1 || status == "RECOVERY"_L1) {
        return {u"warning", Tone::Warning};
    }
    return {u"circle", Tone::Muted};
}

QString profileStatusText(const store::Profile &profile)
{
    const QString status = singleLine(profile.status, 60);
    if (!profile.deleted) {
        return status;
    }
    return status.isEmpty() ? tr("deleted") : tr("%1, deleted").arg(status);
}

QString profileTitle(const store::Profile &profile)
{
    for (const QString &text : {profile.name, profile.login, profile.id}) {
        if (!text.isEmpty()) {
            return singleLine(text);
        }
    }
    return tr("Nameless");
}

} // namespace octotrail::ui
