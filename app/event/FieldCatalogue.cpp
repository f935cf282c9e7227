// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/FieldCatalogue.h"

#include <algorithm>
#include <cctype>

namespace octotrail::event {

namespace {

constexpr std::array catalogue{
    Field{"uuid", FieldType::Text, "UUID"},
    Field{"published", FieldType::Time, "Time"},
    Field{"eventType", FieldType::Text, "Event type"},
    Field{"version", FieldType::Text, "Version"},
    Field{"severity", FieldType::Text, "Severity"},
    Field{"displayMessage", FieldType::Text, "Message"},
    Field{"legacyEventType", FieldType::Text, "Legacy event type"},
    Field{"actor.id", FieldType::Text, "Actor ID"},
    Field{"actor.type", FieldType::Text, "Actor type"},
    Field{"actor.alternateId", FieldType::Text, "Actor"},
    Field{"actor.displayName", FieldType::Text, "Actor name"},
    Field{"client.ipAddress", FieldType::Text, "Client IP"},
    Field{"client.geographicalContext.city", FieldType::Text, "City"},
    Field{"client.geographicalContext.state", FieldType::Text, "State"},
    Field{"client.geographicalContext.country", FieldType::Text, "Country"},
    Field{"outcome.result", FieldType::Text, "Outcome"},
    Field{"outcome.reason", FieldType::Text, "Reason"},
    Field{"client.geographicalContext.postalCode", FieldType::Text, "Postal code"},
    Field{"client.geographicalContext.geolocation.lat", FieldType::Number, "Latitude"},
    Field{"client.geographicalContext.geolocation.lon", FieldType::Number, "Longitude"},
    Field{"client.id", FieldType::Text, "Client ID"},
    Field{"client.zone", FieldType::Text, "Zone"},
    Field{"client.device", FieldType::Text, "Client device"},
    Field{"client.userAgent.rawUserAgent", FieldType::Text, "User agent"},
    Field{"client.userAgent.os", FieldType::Text, "OS"},
    Field{"client.userAgent.browser", FieldType::Text, "Browser"},
    Field{"device.id", FieldType::Text, "Device ID"},
    Field{"device.name", FieldType::Text, "Device name"},
    Field{"device.os_platform", FieldType::Text, "Device platform"},
    Field{"authenticationContext.authenticationProvider", FieldType::Text, "Authentication provider"},
    Field{"authenticationContext.credentialProvider", FieldType::Text, "Credential provider"},
    Field{"authenticationContext.credentialType", FieldType::Text, "Credential type"},
    Field{"authenticationContext.interface", FieldType::Text, "Interface"},
    Field{"authenticationContext.issuer.id", FieldType::Text, "Issuer ID"},
    Field{"authenticationContext.externalSessionId", FieldType::Text, "Session ID"},
    Field{"authenticationContext.rootSessionId", FieldType::Text, "Root session ID"},
    Field{"securityContext.asNumber", FieldType::Integer, "AS number"},
    Field{"securityContext.asOrg", FieldType::Text, "AS organization"},
    Field{"securityContext.isp", FieldType::Text, "ISP"},
    Field{"securityContext.domain", FieldType::Text, "Network domain"},
    Field{"securityContext.isProxy", FieldType::Boolean, "Proxy"},
    Field{"securityContext.risk.level", FieldType::Text, "Risk level"},
    Field{"transaction.id", FieldType::Text, "Transaction ID"},
    Field{"transaction.type", FieldType::Text, "Transaction type"},
    Field{"transaction.detail.requestApiTokenId", FieldType::Text, "API token ID"},
    Field{"debugContext.debugData.requestUri", FieldType::Text, "Request URI"},
    Field{"debugContext.debugData.url", FieldType::Text, "URL"},
    Field{"debugContext.debugData.requestId", FieldType::Text, "Request ID"},
    Field{"debugContext.debugData.risk", FieldType::Text, "Risk"},
    Field{"debugContext.debugData.behaviors", FieldType::Text, "Behaviors"},
    Field{"debugContext.debugData.threatSuspected", FieldType::Text, "Threat suspected"},
    Field{"debugContext.debugData.threatDetections", FieldType::Text, "Threat detections"},
    Field{"debugContext.debugData.dtHash", FieldType::Text, "Device token hash"},
    Field{"debugContext.debugData.deviceFingerprint", FieldType::Text, "Device fingerprint"},
    Field{"debugContext.debugData.factor", FieldType::Text, "Factor"},
    Field{"debugContext.debugData.privilegeGranted", FieldType::Text, "Privilege granted"},
    Field{"debugContext.debugData.logOnlySecurityData", FieldType::Text, "Security data"},
};

static_assert(catalogue[field::OutcomeReason].path == "outcome.reason");
static_assert(catalogue[field::ClientCountry].path == "client.geographicalContext.country");
static_assert(catalogue[field::ActorDisplayName].path == "actor.displayName");

bool equalIgnoringAsciiCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

std::span<const Field> fields()
{
    return catalogue;
}

std::optional<FieldId> fieldByPath(std::string_view path)
{
    for (FieldId id = 0; id < catalogue.size(); ++id) {
        if (equalIgnoringAsciiCase(catalogue[id].path, path)) {
            return id;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::event
