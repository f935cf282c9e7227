// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/EventWriter.h"

#include "simulator/JsonWriter.h"

#include <array>

namespace octotrail::simulator {

namespace {

/// Which of Okta's known departures from its own schema this event has.
struct Oddities
{
    bool any = false;
    int shape = 0;
    bool is(int wanted) const { return any && shape == wanted; }
};
constexpr int oddShapes = 8;

void writeParty(JsonWriter &json, const Party &party)
{
    json.beginObject().member("id", party.id).member("type", party.type);
    json.member("alternateId", party.alternateId).member("displayName", party.displayName);
    json.key("detailEntry");
    party.detail.empty() ? json.null() : json.raw(party.detail);
    if (!party.changedTo.empty()) {
        json.key("changeDetails").beginObject().key("from").raw(party.changedFrom).key("to").raw(party.changedTo);
        json.endObject();
    }
    json.endObject();
}

void writePlace(JsonWriter &json, const Place *place, const Oddities &odd)
{
    json.key("geographicalContext");
    if (!place) {
        json.null();
        return;
    }
    json.beginObject().member("city", place->city).member("state", place->state).member("country", place->country);
    json.key("postalCode");
    odd.is(1) ? json.integer(10013) : json.textOrNull(place->postalCode);
    json.key("geolocation").beginObject().key("lat").number(place->latitude).key("lon").number(place->longitude);
    json.endObject().endObject();
}

void writeClient(JsonWriter &json, const Client *client, const Oddities &odd)
{
    json.key("client").beginObject();
    if (!client) {
        json.key("userAgent").null().key("zone").null().key("device").null().key("id").null();
        json.key("ipAddress").null().key("geographicalContext").null().endObject();
        return;
    }
    json.key("userAgent").beginObject();
    json.member("rawUserAgent", client->browser ? client->browser->userAgent : std::string_view(client->userAgent));
    json.member("os", client->browser ? client->browser->os : "Unknown");
    json.member("browser", client->browser ? client->browser->name : "UNKNOWN").endObject();
    json.member("zone", client->location.zone.empty() ? "null" : client->location.zone);
    json.member("device", client->browser ? client->browser->device : "Unknown");
    json.member("id", client->oauthClientId);
    json.member("ipAddress", odd.is(2) ? std::string_view("null") : std::string_view(client->location.ip));
    writePlace(json, client->location.place, odd);
    json.endObject();
}

void writeDevice(JsonWriter &json, const Device *device)
{
    json.key("device");
    if (!device) {
        json.null();
        return;
    }
    json.beginObject().member("id", device->id).member("name", device->name);
    json.member("os_platform", device->platform == "MACOS" ? "OSX" : device->platform);
    json.member("os_version", device->osVersion).key("managed").boolean(device->managed);
    json.key("registered").boolean(true).key("device_integrator").null();
    json.member("disk_encryption_type", device->isPhone() ? "FULL" : "ALL_INTERNAL_VOLUMES");
    json.member("screen_lock_type", device->isPhone() ? "BIOMETRIC" : "PASSCODE");
    json.key("jailbreak");
    device->isPhone() ? json.boolean(false) : json.null();
    json.key("secure_hardware_present").boolean(true).endObject();
}

void writeAuthentication(JsonWriter &json, const EventDraft &draft)
{
    json.key("authenticationContext").beginObject();
    json.member("authenticationProvider", draft.authenticationProvider);
    json.member("credentialProvider", draft.credentialProvider).member("credentialType", draft.credentialType);
    json.key("issuer");
    if (draft.issuerId.empty()) {
        json.null();
    } else {
        json.beginObject().member("id", draft.issuerId).member("type", "AUTHORIZATION_SERVER").endObject();
    }
    json.key("interface").null().key("authenticationStep").integer(0);
    json.member("rootSessionId", draft.sessionId);
    json.member("externalSessionId", draft.sessionId.empty() && draft.client ? "unknown" : draft.sessionId);
    json.endObject();
}

void writeSecurity(JsonWriter &json, const EventDraft &draft)
{
    json.key("securityContext").beginObject();
    const Network *network = draft.client ? draft.client->location.network : nullptr;
    if (!network) {
        json.key("asNumber").null().key("asOrg").null().key("isp").null().key("domain").null();
        json.key("isProxy").null().endObject();
        return;
    }
    json.key("asNumber").integer(network->asNumber).member("asOrg", network->asOrg).member("isp", network->isp);
    json.member("domain", network->domain).key("isProxy").boolean(network->proxy);
    if (draft.risk) {
        json.key("risk").beginObject().member("level", draft.risk->level).endObject();
    }
    json.endObject();
}

std::string_view sign(bool positive)
{
    return positive ? "POSITIVE" : "NEGATIVE";
}

/// The risk engine's findings, as the Java map and as the JSON that Okta both writes as text.
void writeRisk(JsonWriter &json, const RiskView &risk)
{
    const std::array<std::pair<std::string_view, bool>, 7> behaviors{{{"New Geo-Location", risk.newPlace},
        {"New Device", risk.newDevice}, {"New IP", risk.newIp}, {"New State", risk.newPlace},
        {"New Country", risk.newPlace}, {"Velocity", risk.velocity}, {"New City", risk.newPlace}}};
    std::string map = "{";
    JsonWriter object;
    object.beginObject().key("risk").beginObject().member("level", risk.level).endObject();
    object.key("behaviors").beginObject();
    for (const auto &[name, positive] : behaviors) {
        map += (map.size() > 1 ? ", " : "") + std::string(name) + '=' + std::string(sign(positive));
        object.member(name, sign(positive));
    }
    object.endObject().endObject();
    json.member("behaviors", map + '}');
    json.member("risk",
        risk.reasons.empty() ? "{level=" + std::string(risk.level) + '}'
                             : "{reasons=" + std::string(risk.reasons) + ", level=" + std::string(risk.level) + '}');
    json.member("logOnlySecurityData", object.take());
}

void writeDebugData(JsonWriter &json, const EventDraft &draft, const Oddities &odd)
{
    json.key("debugContext").beginObject().key("debugData").beginObject();
    if (draft.client && !draft.requestUri.empty()) {
        json.member("requestId", draft.transactionId);
        if (!draft.client->deviceToken.empty()) {
            json.member("dtHash", draft.client->deviceToken);
        }
        if (draft.risk) {
            writeRisk(json, *draft.risk);
        }
        json.member("requestUri", draft.requestUri);
        json.member("url", std::string(draft.requestUri) + '?');
        json.key("threatSuspected");
        odd.is(3) ? json.boolean(false) : json.text("false");
        if (const Network *network = draft.client->location.network; network && network->proxy) {
            json.member("tunnels",
                R"([{"anonymous":true,"operator":")" + std::string(network->proxyOperator) + R"(","type":")"
                    + (network->proxyOperator == "TOR" ? "TOR" : "VPN") + R"("}])");
        }
    }
    for (const auto &[name, value] : draft.debugData) {
        json.member(name, value);
    }
    if (odd.is(4)) {
        json.key("rateLimitThreshold").integer(50).key("nested").beginObject().member("b.c", "d").endObject();
        json.key("list").beginArray().text("one").integer(2).null().endArray();
    }
    json.endObject().endObject();
}

void writeRequest(JsonWriter &json, const EventDraft &draft, const Oddities &odd)
{
    json.key("request").beginObject().key("ipChain").beginArray();
    if (draft.client) {
        json.beginObject().member("ip", draft.client->location.ip);
        writePlace(json, draft.client->location.place, odd);
        json.member("version", "V4").key("source").null().endObject();
    }
    json.endArray().endObject();
}

} // namespace

EventWriter::Written EventWriter::write(const EventDraft &draft, Random &random) const
{
    const Oddities odd{random.chance(m_faults.oddFields), random.below(oddShapes)};
    const bool nullTarget = random.chance(m_faults.nullTarget);
    const bool bad = random.chance(m_faults.badEvent);
    Written written{random.uuid(), {}};

    JsonWriter json;
    json.beginObject().key("actor");
    writeParty(json, draft.actor);
    writeClient(json, draft.client, odd);
    writeDevice(json, draft.client ? draft.client->device : nullptr);
    writeAuthentication(json, draft);
    json.member("displayMessage", draft.kind.message).member("eventType", draft.kind.type);
    json.key("outcome");
    if (draft.result.empty()) {
        json.null();
    } else {
        json.beginObject().member("result", draft.result).member("reason", draft.reason).endObject();
    }
    json.member("published", event::formatTimestamp(draft.published));
    writeSecurity(json, draft);
    json.member("severity", draft.kind.severity);
    writeDebugData(json, draft, odd);
    if (!odd.is(5)) {
        json.member("legacyEventType", draft.kind.legacyType);
    }
    json.key("transaction").beginObject().member("type", draft.transactionType).member("id", draft.transactionId);
    json.key("detail").beginObject();
    if (!draft.apiTokenId.empty()) {
        json.member("requestApiTokenId", draft.apiTokenId);
    }
    json.endObject().endObject();
    json.member("uuid", written.uuid).key("version");
    odd.is(0) ? json.integer(0) : json.text("0");
    if (odd.is(6)) {
        json.key("experimentalContext").beginObject().key("stage").integer(2).endObject();
    }
    if (bad) {
        json.key("checksum").raw("+-1e"); // no JSON, yet it leaves brackets and quotes as they were
    }
    writeRequest(json, draft, odd);
    json.key("target");
    if (nullTarget || odd.is(7)) {
        json.null();
    } else {
        json.beginArray();
        for (const Party &target : draft.targets) {
            writeParty(json, target);
        }
        json.endArray();
    }
    json.endObject();
    written.line = json.take();
    return written;
}

} // namespace octotrail::simulator
