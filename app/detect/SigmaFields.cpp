// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaFields.h"

#include "filter/Tree.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace octotrail::detect {

namespace {

/// Keys of debugData that Okta writes and that have no column of their own.
constexpr std::string_view debugDataKeys[]{"appname", "audience", "authMethodFirstEnrollment", "authMethodFirstType",
    "authMethodFirstVerificationTime", "authMethodSecondEnrollment", "authMethodSecondType",
    "authMethodSecondVerificationTime", "authnRequestId", "changedAttributes", "changeDetails", "clientAuthType",
    "clientSecret", "factorIntent", "grantedScopes", "grantType", "initiationType", "keyTypeUsedForAuthentication",
    "loginResult", "oktaUserAgentExtended", "operationRateLimitScopeType", "operationRateLimitSecondsToReset",
    "operationRateLimitSubtype", "operationRateLimitThreshold", "operationRateLimitTimeSpan",
    "operationRateLimitTimeUnit", "operationRateLimitType", "operationType", "origin", "originalPrincipal",
    "privilegeRevoked", "promptingPolicyTypes", "proxyType", "pushOnlyResponseType",
    "pushWithNumberChallengeResponseType", "rateLimitBucketUuid", "rateLimitSecondsToReset", "rateLimitTimeSpan",
    "rateLimitTimeUnit", "redirectUri", "requestedScopes", "responseTime", "signOnMode", "smsProvider", "subject",
    "threshold", "timeSpan", "timeUnit", "tokenLifetime", "traceId", "tunnels", "userId", "warningPercent"};

/// Other paths of Okta's schema.
constexpr std::string_view otherPaths[]{"actor.detailEntry", "authenticationContext.authenticationStep",
    "authenticationContext.issuer.type", "client.geographicalContext", "client.geographicalContext.geolocation",
    "debugContext.debugData", "device.device_integrator", "device.disk_encryption_type", "device.jailbreak",
    "device.managed", "device.os_version", "device.registered", "device.screen_lock_type",
    "device.secure_hardware_present", "device.status", "request.ipChain.ip", "request.ipChain.version",
    "request.ipChain.source", "request.ipChain.geographicalContext.city", "request.ipChain.geographicalContext.country",
    "request.ipChain.geographicalContext.geolocation.lat", "request.ipChain.geographicalContext.geolocation.lon",
    "request.ipChain.geographicalContext.postalCode", "request.ipChain.geographicalContext.state",
    "target.changeDetails", "target.changeDetails.from", "target.changeDetails.to", "target.detailEntry",
    "target.detailEntry.methodTypeUsed", "target.detailEntry.methodUsedVerifiedProperties",
    "target.detailEntry.policyRuleFactorMode", "target.detailEntry.policyType",
    "target.detailEntry.signOnModeEvaluationResult", "target.detailEntry.signOnModeType", "transaction.detail"};

/// What public rules call a field that Okta calls otherwise.
constexpr std::pair<std::string_view, std::string_view> otherNames[]{
    {"target.user.display.name", "target.displayName"},
};

std::string lower(std::string_view ascii)
{
    std::string text(ascii);
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

const std::unordered_map<std::string, std::string> &knownPaths()
{
    static const auto paths = [] {
        std::unordered_map<std::string, std::string> map;
        for (const auto key : debugDataKeys) {
            const std::string path = std::string(event::debugDataPrefix) + std::string(key);
            map.emplace(lower(path), path);
        }
        for (const auto path : otherPaths) {
            map.emplace(lower(path), path);
        }
        return map;
    }();
    return paths;
}

/// Without the marks of lists that Splunk and others write: target{}.id, target[].id.
std::string withoutListMarks(std::string_view name)
{
    std::string text(name);
    for (const std::string_view mark : {"{}", "[]", "[*]"}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
            text.erase(at, mark.size());
        }
    }
    return text;
}

} // namespace

std::optional<FieldName> sigmaField(std::string_view name)
{
    std::string path = withoutListMarks(name);
    const auto other
        = std::ranges::find(otherNames, lower(path), &std::pair<std::string_view, std::string_view>::first);
    filter::Comparison comparison;
    comparison.path = event::FieldPath(other == std::end(otherNames) ? path : other->second);
    if (!comparison.path.isValid()) {
        return std::nullopt;
    }
    const auto before = comparison.path;
    filter::tree::recogniseField(comparison);
    const auto &segments = comparison.path.segments();
    const bool isMember = segments.size() == 2 && segments[0] == "target"
        && std::ranges::find(event::targetMembers, segments[1]) != event::targetMembers.end();
    if (comparison.field || isMember || filter::tree::timePart(comparison.path)) {
        return FieldName{comparison.path, filter::Reach::Exact};
    }
    const auto known = knownPaths().find(lower(before.toString()));
    if (known != knownPaths().end()) {
        return FieldName{event::FieldPath(known->second), filter::Reach::Exact};
    }
    return FieldName{before, filter::Reach::AnyCase};
}

} // namespace octotrail::detect
