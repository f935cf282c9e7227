// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ProfileWriter.h"

#include "simulator/JsonWriter.h"

namespace octotrail::simulator {

using event::formatTimestamp;

std::string ProfileWriter::user(const Person &person) const
{
    const Place &office = geography::officePlaces()[person.office];
    const bool neverActive = person.status == "STAGED";
    const std::string self = m_origin + "/api/v1/users/" + person.id;
    const auto time = [&](event::Timestamp t) { return neverActive ? std::string() : formatTimestamp(t); };
    JsonWriter json;
    json.beginObject();
    json.member("id", person.id).member("status", person.status).member("created", formatTimestamp(person.created));
    json.member("activated", time(person.created)).member("statusChanged", time(person.passwordChanged));
    json.member("lastLogin", time(person.lastLogin)).member("lastUpdated", formatTimestamp(person.lastUpdated));
    json.member("passwordChanged", time(person.passwordChanged));
    json.key("type").beginObject().member("id", m_company.userTypeId()).endObject();
    json.key("profile").beginObject();
    json.member("firstName", person.firstName).member("lastName", person.lastName);
    json.key("mobilePhone").null().key("secondEmail").null();
    json.member("login", person.login).member("email", person.login).member("displayName", person.displayName());
    json.member("title", person.title).member("department", person.department);
    json.member("organization", m_company.companyName()).member("employeeNumber", person.employeeNumber);
    json.member("userType", "Employee").member("city", office.city).member("state", office.state);
    json.member("countryCode", office.countryCode).member("zipCode", office.postalCode);
    json.member("manager", m_company.people()[person.manager].displayName());
    json.member("managerId", m_company.people()[person.manager].login);
    json.endObject();
    json.key("credentials").beginObject().key("password").beginObject().endObject();
    json.key("provider").beginObject().member("type", "OKTA").member("name", "OKTA").endObject().endObject();
    json.key("_links").beginObject().key("self").beginObject().member("href", self).endObject().endObject();
    json.endObject();
    return json.take();
}

std::string ProfileWriter::device(const Device &device, const Person &owner, Expand expand) const
{
    const std::string self = m_origin + "/api/v1/devices/" + device.id;
    JsonWriter json;
    json.beginObject().member("id", device.id);
    json.member("status", owner.status == "DEPROVISIONED" ? "DEACTIVATED" : "ACTIVE");
    json.member("created", formatTimestamp(device.created)).member("lastUpdated", formatTimestamp(device.lastUpdated));
    json.key("profile").beginObject();
    json.member("displayName", device.name).member("platform", device.platform);
    json.member("manufacturer", device.manufacturer).member("model", device.model);
    json.member("osVersion", device.osVersion).member("serialNumber", device.serialNumber);
    json.member(device.platform == "WINDOWS" ? "sid" : "udid", device.udid);
    json.key("registered").boolean(true).key("managed").boolean(device.managed);
    json.key("secureHardwarePresent").boolean(true);
    json.member("diskEncryptionType", device.isPhone() ? "FULL" : "ALL_INTERNAL_VOLUMES");
    if (device.isPhone()) {
        json.key("integrityJailbreak").boolean(false);
    }
    json.endObject();
    json.member("resourceType", "UDDevice");
    json.key("resourceDisplayName").beginObject().member("value", device.name).key("sensitive").boolean(false);
    json.endObject().key("resourceAlternateId").null().member("resourceId", device.id);
    json.key("_links").beginObject().key("self").beginObject().member("href", self).endObject();
    json.key("users").beginObject().member("href", self + "/users").endObject().endObject();
    if (expand != Expand::Nothing) {
        json.key("_embedded").beginObject().key("users").beginArray().beginObject();
        json.member("managementStatus", device.managed ? "MANAGED" : "NOT_MANAGED");
        json.member("created", formatTimestamp(device.created));
        json.member("screenLockType", device.isPhone() ? "BIOMETRIC" : "PASSCODE");
        if (expand == Expand::User) {
            json.key("user").raw(user(owner));
        } else {
            json.key("user").beginObject().member("id", owner.id).key("profile").beginObject();
            json.member("login", owner.login).member("email", owner.login);
            json.member("firstName", owner.firstName).member("lastName", owner.lastName).endObject().endObject();
        }
        json.endObject().endArray().endObject();
    }
    json.endObject();
    return json.take();
}

} // namespace octotrail::simulator
