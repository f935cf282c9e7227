// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"

#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;
using store::AlertSeverity;

namespace {

template <class T>
T awaited(const QFuture<event::Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000) || !future.result()) {
        qFatal("%s", future.isFinished() ? qPrintable(future.result().error().sentence) : "no result in time");
    }
    return *future.result();
}

QString idOf(const QString &rule)
{
    return u"sample."_s + rule.toLower().replace(u' ', u'_');
}

} // namespace

store::AlertId AlertSamples::raise(const QString &rule, const QString &actor, AlertSeverity severity, int events)
{
    const int first = m_next;
    m_next += events;
    std::vector<std::string> jsons;
    store::Finding finding;
    for (int n = first; n < m_next; ++n) {
        SampleEvent event;
        event.n = n;
        event.actor = actor.section(u'@', 0, 0).toStdString(); // it adds the rest
        jsons.push_back(event.json());
        finding.uuids.emplace_back(event::LogEvent::fromBytes(jsons.back()).uuid());
    }
    const store::Seq seq = m_file.append(jsons);
    for (int i = 0; i < events; ++i) {
        finding.seqs.push_back(seq + i);
    }
    finding.ruleId = idOf(rule);
    finding.ruleTitle = rule;
    finding.title = u"%1: %2"_s.arg(rule, actor);
    finding.dedupKey = u"%1 %2"_s.arg(actor).arg(first);
    finding.severity = severity;
    finding.description = u"Somebody did what <b>%1</b> is about.\nIt is worth a look."_s.arg(rule);
    finding.runbook = u"Ask the person.\nReset the sessions.\nLook for the same address elsewhere."_s;
    finding.reference = u"https://attack.mitre.org/techniques/T1110/"_s;
    finding.tags = {u"attack.credential_access"_s, u"attack.t1110.003"_s};
    finding.context = uR"({"client":{"ipAddress":"192.0.2.7","country":"Norway"},"failures":14})"_s;
    finding.actor = actor;
    finding.source = m_file.source();
    finding.first = sampleTime(first);
    finding.last = sampleTime(m_next - 1);
    return awaited(m_alerts.commit({{finding}, ++m_cursor, u"samples"_s})).raised.front();
}

void AlertSamples::raiseMany()
{
    raise(u"Password spray"_s, u"system@example.com"_s, AlertSeverity::High, 24);
    raise(u"Administrator role granted"_s, u"maya.lindqvist@example.com"_s, AlertSeverity::High);
    raise(u"MFA factor reset by help desk"_s, u"tomas.ferreira@example.com"_s, AlertSeverity::Medium, 2);
    raise(u"First sign-in from a new country"_s, u"priya.raman@example.com"_s, AlertSeverity::Medium);
    raise(u"Session used from two networks"_s, u"maya.lindqvist@example.com"_s, AlertSeverity::Critical, 6);
    raise(u"API token created"_s, u"svc-ci@example.com"_s, AlertSeverity::Low);
    raise(u"Policy rule weakened"_s, u"tomas.ferreira@example.com"_s, AlertSeverity::High, 3);
    raise(u"Push bombing"_s, u"priya.raman@example.com"_s, AlertSeverity::High, 11);
    raise(u"Dormant account used"_s, u"old.admin@example.com"_s, AlertSeverity::Low);
    raise(u"Network zone changed"_s, u"maya.lindqvist@example.com"_s, AlertSeverity::Info);
}

std::vector<store::Alert> AlertSamples::list(const store::AlertQuery &query)
{
    return awaited(m_alerts.list(query)).alerts;
}
