// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Faults.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <limits>

namespace octotrail::simulator {

using namespace Qt::StringLiterals;
using event::ErrorKind;
using event::failure;
using Kind = RequestFault::Kind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("octotrail::simulator::Faults", text);
}

std::optional<RequestFault> requestFault(const QString &name)
{
    static const QHash<QString, RequestFault> named{
        {u"429-bare"_s, {Kind::BareStatus, 429}},
        {u"429-past"_s, {Kind::PastReset, 429}},
        {u"429-double"_s, {Kind::DoubledHeaders, 429}},
        {u"429-concurrent"_s, {Kind::Concurrency, 429}},
        {u"unauthorized"_s, {Kind::Status, 401}},
        {u"forbidden"_s, {Kind::Status, 403}},
        {u"drop"_s, {Kind::Drop}},
        {u"reset"_s, {Kind::Reset}},
        {u"truncate"_s, {Kind::Truncate}},
        {u"badjson"_s, {Kind::BadJson}},
        {u"badgzip"_s, {Kind::BadGzip}},
        {u"html"_s, {Kind::Html}},
        {u"empty-page"_s, {Kind::EmptyPage}},
        {u"nolink"_s, {Kind::NoLink}},
        {u"otherhost"_s, {Kind::OtherHost}},
        {u"otherport"_s, {Kind::OtherPort}},
        {u"selflink"_s, {Kind::SelfLink}},
        {u"looplink"_s, {Kind::LoopLink}},
        {u"joined-links"_s, {Kind::JoinedLinks}},
        {u"redirect"_s, {Kind::Redirect}},
        {u"hang"_s, {Kind::Hang}},
        {u"slow"_s, {Kind::Slow}},
        {u"dead-cursor"_s, {Kind::DeadCursor, 400}},
    };
    bool isNumber = false;
    const int status = name.toInt(&isNumber);
    if (isNumber) {
        return status >= 400 && status < 600 ? std::optional(RequestFault{Kind::Status, status}) : std::nullopt;
    }
    const auto found = named.constFind(name);
    return found == named.cend() ? std::nullopt : std::optional(*found);
}

std::optional<Endpoint> endpointNamed(const QString &name)
{
    static const QHash<QString, Endpoint> named{{QString(), Endpoint::Logs}, {u"logs"_s, Endpoint::Logs},
        {u"users"_s, Endpoint::Users}, {u"devices"_s, Endpoint::Devices}, {u"org"_s, Endpoint::Organization},
        {u"token"_s, Endpoint::Token}, {u"me"_s, Endpoint::Identity}};
    const auto found = named.constFind(name);
    return found == named.cend() ? std::nullopt : std::optional(*found);
}

} // namespace

event::Result<Faults> Faults::parse(const QString &specification, quint64 seed)
{
    Faults faults;
    faults.m_random = Random(seed, 0xfa017);
    const QStringList rules = specification.split(u',', Qt::SkipEmptyParts);
    for (const QString &rule : rules) {
        if (const QString text = rule.trimmed(); !text.isEmpty()) {
            if (const event::Status added = faults.add(text); !added) {
                return tl::unexpected(added.error());
            }
        }
    }
    return faults;
}

event::Status Faults::add(const QString &text)
{
    static const QRegularExpression form(
        uR"(^(?:(\w+):)?([a-z0-9-]+)(?:@(\d{1,9}))?(\*(\d{1,9})?)?(?:=(-?[0-9.]+))?$)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return failure(ErrorKind::InvalidInput,
            tr("The fault \"%1\" is not understood. Write a name, and where it strikes: 500@5, 429*3 or late=0.02.")
                .arg(text));
    }
    const QString name = match.captured(2);
    const bool hasPlace = match.hasCaptured(3) || match.hasCaptured(4);
    const bool hasValue = match.hasCaptured(6);
    bool isNumber = !hasValue;
    const double value = hasValue ? match.captured(6).toDouble(&isNumber) : 0;
    const auto endpoint = endpointNamed(match.captured(1));
    if (!endpoint) {
        return failure(ErrorKind::InvalidInput,
            tr("The fault \"%1\" names an unknown endpoint: logs, users, devices and org can be named.").arg(text));
    }
    if (!isNumber || (hasValue && hasPlace)) {
        return failure(ErrorKind::InvalidInput,
            tr("The fault \"%1\" needs either a request (@5, *3) or one number after =.").arg(text));
    }
    if (name == u"clock"_s) {
        if (!hasValue || value != static_cast<int>(value)) {
            return failure(
                ErrorKind::InvalidInput, tr("The fault \"%1\" needs a number of seconds: clock=-600.").arg(text));
        }
        m_clockOffset = static_cast<int>(value);
        return {};
    }
    if (hasValue && (value < 0 || value > 1)) {
        return failure(ErrorKind::InvalidInput, tr("The share in \"%1\" must be between 0 and 1.").arg(text));
    }

    const QHash<QString, double *> shares{{u"late"_s, &m_log.late}, {u"very-late"_s, &m_log.veryLate},
        {u"behind"_s, &m_log.behind}, {u"reorder"_s, &m_log.reorder}, {u"null-target"_s, &m_log.nullTarget},
        {u"odd-fields"_s, &m_log.oddFields}, {u"bad-event"_s, &m_log.badEvent}, {u"duplicate"_s, &m_duplicates}};
    if (const auto share = shares.constFind(name); share != shares.cend()) {
        if (hasPlace || match.hasCaptured(1)) {
            return failure(ErrorKind::InvalidInput,
                tr("The fault \"%1\" is about events: give their share, as in %2=0.02.").arg(text, name));
        }
        constexpr double usualShare = 0.1;
        **share = hasValue ? value : usualShare;
        return {};
    }

    const auto fault = requestFault(name);
    if (!fault) {
        return failure(ErrorKind::InvalidInput, tr("There is no fault called \"%1\".").arg(name));
    }
    Rule rule;
    rule.endpoint = *endpoint;
    rule.fault = *fault;
    rule.first = match.hasCaptured(3) ? match.captured(3).toLongLong() : 1;
    rule.count = !match.hasCaptured(4) ? 1
        : match.hasCaptured(5)         ? match.captured(5).toLongLong()
                                       : std::numeric_limits<qint64>::max();
    rule.share = hasValue ? value : -1;
    if (rule.first < 1) {
        return failure(ErrorKind::InvalidInput, tr("Requests are counted from 1, so \"%1\" never strikes.").arg(text));
    }
    m_rules.push_back(rule);
    return {};
}

std::optional<RequestFault> Faults::forRequest(Endpoint endpoint, qint64 number)
{
    for (const Rule &rule : m_rules) {
        if (rule.endpoint == endpoint && rule.share < 0 && number >= rule.first && number - rule.first < rule.count) {
            return rule.fault;
        }
    }
    for (const Rule &rule : m_rules) {
        if (rule.endpoint == endpoint && rule.share >= 0 && m_random.chance(rule.share)) {
            return rule.fault;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::simulator
