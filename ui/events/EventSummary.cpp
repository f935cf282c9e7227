// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventSummary.h"

#include "ui/widgets/PlainText.h"

#include <QCoreApplication>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using event::FieldId;
using event::LogEvent;

namespace {

constexpr std::size_t maxTargets = 12;

QString tr(const char *text)
{
    return QCoreApplication::translate("EventSummary", text);
}

QString whole(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

class Reader
{
public:
    explicit Reader(const LogEvent &event)
        : m_event(event)
    { }

    QString raw(FieldId id) const
    {
        // Okta writes "null" as text where some fields have no value.
        const auto text = m_event.text(id);
        return text && *text != "null" ? whole(*text) : QString();
    }
    QString raw(std::string_view path) const
    {
        const auto id = event::fieldByPath(path);
        return id ? raw(*id) : QString();
    }
    QString shown(FieldId id, qsizetype limit = 100) const { return singleLine(raw(id), limit); }

    /// Adds the field to the facts, if the event has it.
    void add(QList<EventFact> &facts, const QString &label, std::string_view path) const
    {
        const QString value = raw(path);
        if (!value.isEmpty()) {
            facts.append({label, singleLine(value, 1000), whole(path), value});
        }
    }

private:
    const LogEvent &m_event;
};

QString nameAndLogin(const QString &name, const QString &login)
{
    if (name.isEmpty() || name == login) {
        return login;
    }
    // Okta writes unknown where there is none.
    return login.isEmpty() || login == "unknown"_L1 ? name : u"%1 (%2)"_s.arg(name, login);
}

QString text(const std::optional<std::string_view> &view)
{
    return view ? singleLine(whole(*view), 100) : QString();
}

QString targetText(const LogEvent::Target &target)
{
    const QString name = nameAndLogin(text(target.displayName), text(target.alternateId));
    return name.isEmpty() ? text(target.id) : name;
}

QString place(const Reader &read)
{
    QStringList parts;
    for (const FieldId id : {event::field::ClientCity, event::field::ClientState, event::field::ClientCountry}) {
        if (!read.shown(id).isEmpty()) {
            parts << read.shown(id);
        }
    }
    return parts.join(u", "_s);
}

QString makeSentence(const LogEvent &event, const Reader &read)
{
    const QString actor
        = nameAndLogin(read.shown(event::field::ActorDisplayName), read.shown(event::field::ActorAlternateId));
    QString sentence = actor.isEmpty() ? tr("Someone unnamed") : actor;
    QStringList targets;
    const auto all = event.targets();
    for (std::size_t i = 0; i < all.size() && i < 3; ++i) {
        if (const QString target = targetText(all[i]); !target.isEmpty() && target != actor) {
            targets << target;
        }
    }
    if (!targets.isEmpty()) {
        sentence += u" \u2192 "_s + targets.join(u", "_s);
        if (all.size() > 3) {
            sentence += tr(" and %1 more").arg(all.size() - 3);
        }
    }
    const QString address = read.shown(event::field::ClientIpAddress);
    const QString where = place(read);
    if (!address.isEmpty() || !where.isEmpty()) {
        sentence += tr(", from %1")
                        .arg(address.isEmpty()    ? where
                                : where.isEmpty() ? address
                                                  : address + u" ("_s + where + u')');
    }
    const QString outcome = read.shown(event::field::OutcomeResult);
    if (!outcome.isEmpty()) {
        const QString reason = read.shown(event::field::OutcomeReason);
        sentence += u". "_s + (reason.isEmpty() ? outcome : outcome + u": "_s + reason);
    }
    return shortWords(sentence + u'.');
}

} // namespace

EventSummary summarize(const LogEvent &event, const QString &source, const TimeDisplay &time)
{
    const Reader read(event);
    EventSummary summary;
    summary.eventType = read.shown(event::field::EventType);
    const QString message = read.shown(event::field::DisplayMessage, 200);
    summary.title = shortWords(!message.isEmpty() ? message
            : summary.eventType.isEmpty()         ? tr("An event without a type")
                                                  : summary.eventType);
    summary.outcome = read.shown(event::field::OutcomeResult);
    summary.severity = read.shown(event::field::Severity);
    summary.time = event.published() ? time.full(*event.published()) : tr("no time");
    summary.sentence = makeSentence(event, read);
    summary.defects = singleLine(event.defects(), 1000);

    const auto addGroup = [&summary](const QString &title, QList<EventFact> facts) {
        if (!facts.isEmpty()) {
            summary.groups.append({title, std::move(facts)});
        }
    };

    QList<EventFact> what;
    what.append({tr("Time"), summary.time, {}, {}});
    read.add(what, tr("Event type"), "eventType");
    read.add(what, tr("Severity"), "severity");
    read.add(what, tr("Outcome"), "outcome.result");
    read.add(what, tr("Reason"), "outcome.reason");
    what.append({tr("Source"), singleLine(source), {}, {}});
    addGroup(tr("What"), what);

    QList<EventFact> who;
    read.add(who, tr("Login"), "actor.alternateId");
    read.add(who, tr("Name"), "actor.displayName");
    read.add(who, tr("Type"), "actor.type");
    read.add(who, tr("ID"), "actor.id");
    addGroup(tr("Who"), who);

    QList<EventFact> whom;
    const auto targets = event.targets();
    for (std::size_t i = 0; i < targets.size() && i < maxTargets; ++i) {
        const LogEvent::Target &target = targets[i];
        const QString label = target.type ? singleLine(whole(*target.type), 40) : tr("Target");
        const bool byLogin = target.alternateId.has_value();
        const auto value = byLogin ? target.alternateId : target.id;
        whom.append({label, targetText(target), byLogin ? u"target.alternateId"_s : u"target.id"_s,
            value ? whole(*value) : QString()});
    }
    if (targets.size() > maxTargets) {
        whom.append({{}, tr("and %1 more, see JSON").arg(targets.size() - maxTargets), {}, {}});
    }
    addGroup(tr("To whom"), whom);

    QList<EventFact> where;
    read.add(where, tr("IP address"), "client.ipAddress");
    if (const QString location = place(read); !location.isEmpty()) {
        where.append(
            {tr("Location"), location, u"client.geographicalContext.city"_s, read.raw(event::field::ClientCity)});
    }
    read.add(where, tr("AS organization"), "securityContext.asOrg");
    read.add(where, tr("ISP"), "securityContext.isp");
    read.add(where, tr("Proxy"), "securityContext.isProxy");
    read.add(where, tr("Zone"), "client.zone");
    read.add(where, tr("Device"), "device.name");
    read.add(where, tr("Client device"), "client.device");
    read.add(where, tr("OS"), "client.userAgent.os");
    read.add(where, tr("Browser"), "client.userAgent.browser");
    read.add(where, tr("User agent"), "client.userAgent.rawUserAgent");
    addGroup(tr("From where"), where);

    QList<EventFact> how;
    read.add(how, tr("Factor"), "debugContext.debugData.factor");
    read.add(how, tr("Credential"), "authenticationContext.credentialType");
    read.add(how, tr("Provider"), "authenticationContext.authenticationProvider");
    read.add(how, tr("Risk"), "debugContext.debugData.risk");
    read.add(how, tr("Behaviors"), "debugContext.debugData.behaviors");
    read.add(how, tr("Threat suspected"), "debugContext.debugData.threatSuspected");
    read.add(how, tr("Request"), "debugContext.debugData.requestUri");
    read.add(how, tr("Session"), "authenticationContext.externalSessionId");
    read.add(how, tr("Transaction"), "transaction.id");
    addGroup(tr("How"), how);
    return summary;
}

} // namespace octotrail::ui
