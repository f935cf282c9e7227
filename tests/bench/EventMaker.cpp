// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"

#include "EventTypes.h"
#include "event/Timestamp.h"

#include <array>
#include <chrono>

namespace octotrail::bench {

namespace {

constexpr std::size_t peopleCount = 8000;
constexpr std::size_t appCount = 180;
constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t firstMoment = 1'735'689'600 * second; // 2025-01-01

struct City
{
    const char *city, *state, *country, *postalCode, *lat, *lon;
};
constexpr std::array cities{
    City{"San Francisco", "California", "United States", "94105", "37.7852", "-122.3874"},
    City{"New York", "New York", "United States", "10013", "40.7185", "-74.0025"},
    City{"Austin", "Texas", "United States", "78701", "30.2713", "-97.7426"},
    City{"London", "England", "United Kingdom", "EC2A", "51.5225", "-0.0838"},
    City{"Dublin", "Leinster", "Ireland", "D02", "53.3382", "-6.2591"},
    City{"Berlin", "Land Berlin", "Germany", "10117", "52.5170", "13.3889"},
    City{"Zürich", "Zurich", "Switzerland", "8001", "47.3667", "8.5500"},
    City{"Paris", "Île-de-France", "France", "75002", "48.8674", "2.3419"},
    City{"Bengaluru", "Karnataka", "India", "560001", "12.9753", "77.5910"},
    City{"Tokyo", "Tokyo", "Japan", "100-0001", "35.6857", "139.7527"},
    City{"Sydney", "New South Wales", "Australia", "2000", "-33.8715", "151.2006"},
    City{"São Paulo", "São Paulo", "Brazil", "01310", "-23.5631", "-46.6544"},
};

struct Network
{
    int number;
    const char *organization, *provider, *domain;
};
constexpr std::array networks{
    Network{7922, "comcast", "comcast cable communications llc", "comcast.net"},
    Network{7018, "att", "att services inc.", "att.com"},
    Network{5607, "sky uk limited", "sky uk limited", "sky.com"},
    Network{3320, "deutsche telekom ag", "deutsche telekom ag", "t-ipconnect.de"},
    Network{3215, "orange s.a.", "orange s.a.", "orange.fr"},
    Network{16509, "amazon", "amazon.com inc.", "amazonaws.com"},
    Network{9829, "bsnl", "national internet backbone", "bsnl.in"},
    Network{13335, "cloudflare", "cloudflare inc.", "cloudflare.com"},
};

struct System
{
    const char *os, *platform, *browser, *device, *agent, *version;
};
constexpr std::array systems{
    System{"Mac OS 14.5.0 (Sonoma)", "OSX", "CHROME", "Computer",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1", "14.5.0"},
    System{"Windows 11", "WINDOWS", "EDGE", "Computer",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Edg/1", "10.0.22631"},
    System{"Linux", "LINUX", "FIREFOX", "Computer", "Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/20100101 Firefox/1",
        "6.1"},
    System{"iOS 17.5", "IOS", "SAFARI", "Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/6", "17.5"},
};

constexpr std::array givenNames{"Alice", "Bruno", "Chiara", "Dmitri", "Élodie", "Farid", "Grace", "Hiro", "Ines",
    "Jonas", "Kavya", "Liam", "Mei", "Nadia", "Oscar", "Priya", "Quentin", "Rosa", "Søren", "Tariq"};
constexpr std::array familyNames{"Smith", "García", "Müller", "Okafor", "Tanaka", "Rossi", "Kowalski", "Nguyen",
    "Dubois", "Ivanov", "Silva", "Khan", "Larsen", "Novak", "Patel", "Cohen", "Moreau", "Haddad", "Brown", "Yilmaz"};
constexpr std::array appNames{"Salesforce.com", "Slack", "Google Workspace", "GitHub Enterprise Cloud", "Workday",
    "Zoom", "Atlassian Jira Cloud", "AWS IAM Identity Center", "ServiceNow UD", "Office 365", "Box", "Datadog"};
constexpr std::array behaviors{
    "New Geo-Location", "New Device", "New IP", "New State", "New Country", "Velocity", "New City"};

std::string lowered(std::string text)
{
    for (char &c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

/// The first letter, which is two bytes long outside of ASCII.
std::string initial(const std::string &name)
{
    return lowered(name.substr(0, static_cast<unsigned char>(name.front()) < 0x80 ? 1 : 2));
}

void member(std::string &json, const char *key, std::string_view value)
{
    json += '"';
    json += key;
    json += "\":\"";
    json += value;
    json += '"';
}

} // namespace

EventMaker::EventMaker(std::uint64_t seed)
    : EventMaker(seed, event::Timestamp(std::chrono::microseconds(firstMoment)))
{ }

EventMaker::EventMaker(std::uint64_t seed, event::Timestamp start)
    : m_state(seed * 0x9e3779b97f4a7c15ULL + 1)
    , m_now(start.time_since_epoch().count())
{
    for (std::size_t i = 0; i < peopleCount; ++i) {
        Person person;
        const std::string given = givenNames[below(givenNames.size())];
        const std::string family = familyNames[below(familyNames.size())];
        person.id = "00u" + token(17);
        person.name = given + " " + family;
        person.login = lowered("user" + std::to_string(i) + "." + std::string(familyNames[i % 3])) + "@example.com";
        person.ip = std::to_string(11 + below(200)) + "." + std::to_string(below(256)) + "."
            + std::to_string(below(256)) + "." + std::to_string(1 + below(254));
        person.device = "guo" + token(17);
        person.city = below(cities.size());
        person.network = below(networks.size());
        person.system = below(systems.size());
        person.deviceName = initial(given) + "-" + systems[person.system].platform + "-" + std::to_string(i);
        person.agent = systems[person.system].agent + std::to_string(20 + below(6)) + ".0.0.0";
        person.fingerprint = hex(32);
        person.tokenHash = hex(64);
        m_people.push_back(std::move(person));
    }
    for (std::size_t i = 0; i < appCount; ++i) {
        const std::string name = appNames[i % appNames.size()];
        m_apps.push_back({"0oa" + token(17), i < appNames.size() ? name : name + " " + std::to_string(i), name});
    }
}

std::uint64_t EventMaker::random()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::size_t EventMaker::below(std::size_t limit)
{
    return random() % limit;
}

bool EventMaker::chance(double probability)
{
    return static_cast<double>(random() >> 11) * 0x1.0p-53 < probability;
}

std::string EventMaker::token(std::size_t length)
{
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string text(length, ' ');
    for (char &c : text) {
        c = alphabet[below(alphabet.size())];
    }
    return text;
}

std::string EventMaker::hex(std::size_t length)
{
    std::string text(length, ' ');
    for (char &c : text) {
        c = "0123456789abcdef"[below(16)];
    }
    return text;
}

std::string EventMaker::uuid()
{
    // As Okta's are: version 1, so that the middle stays the same for a while.
    return hex(8) + "-" + hex(4) + "-11ef-" + hex(4) + "-" + hex(12);
}

void EventMaker::writePlace(std::string &json, std::size_t index) const
{
    const City &place = cities[index];
    json += "\"geographicalContext\":{";
    member(json, "city", place.city);
    json += ',';
    member(json, "state", place.state);
    json += ',';
    member(json, "country", place.country);
    json += ',';
    member(json, "postalCode", place.postalCode);
    json += ",\"geolocation\":{\"lat\":";
    json += place.lat;
    json += ",\"lon\":";
    json += place.lon;
    json += "}}";
}

void EventMaker::next(std::string &json)
{
    m_now += static_cast<std::int64_t>(below(16)) * second / 2 + static_cast<std::int64_t>(below(1000)) * 1000;
    // A few people do most of what happens.
    Person &person = m_people[chance(0.7) ? below(peopleCount / 10) : below(peopleCount)];
    const EventType &type = eventTypes()[typeFor(random())];
    if (person.sessionUntil < m_now) {
        person.session = "102" + token(22);
        person.sessionUntil = m_now + static_cast<std::int64_t>(4 + below(9)) * 3600 * second;
    }
    const bool traveling = chance(0.02);
    const std::size_t city = traveling ? below(cities.size()) : person.city;
    const Network &network = networks[traveling ? below(networks.size()) : person.network];
    const System &system = systems[person.system];
    const std::string ip
        = traveling ? std::to_string(11 + below(200)) + "." + std::to_string(below(256)) + ".7.9" : person.ip;
    const bool failed = chance(type.failing);
    const App &app = m_apps[chance(0.6) ? below(12) : below(appCount)];
    const std::string published
        = event::formatTimestamp(event::Timestamp(std::chrono::microseconds(m_now / 1000 * 1000)));

    json.clear();
    json += R"({"actor":{)";
    member(json, "id", person.id);
    json += R"(,"type":"User",)";
    member(json, "alternateId", person.login);
    json += ',';
    member(json, "displayName", person.name);
    json += R"(,"detailEntry":null},"client":{"userAgent":{)";
    member(json, "rawUserAgent", person.agent);
    json += ',';
    member(json, "os", system.os);
    json += ',';
    member(json, "browser", system.browser);
    json += R"(},"zone":"null",)";
    member(json, "device", system.device);
    json += R"(,"id":null,)";
    member(json, "ipAddress", ip);
    json += ',';
    writePlace(json, city);
    json += "},";
    if (type.device) {
        json += R"("device":{)";
        member(json, "id", person.device);
        json += ',';
        member(json, "name", person.deviceName);
        json += ',';
        member(json, "os_platform", system.platform);
        json += ',';
        member(json, "os_version", system.version);
        json
            += R"(,"managed":true,"registered":true,"device_integrator":null,"disk_encryption_type":"ALL_INTERNAL_VOLUMES","screen_lock_type":"BIOMETRIC","jailbreak":null,"secure_hardware_present":true},)";
    } else {
        json += R"("device":null,)";
    }
    json += R"("authenticationContext":{"authenticationProvider":)";
    json += type.factor ? "\"FACTOR_PROVIDER\"" : "null";
    json += R"(,"credentialProvider":)";
    json += type.factor ? "\"OKTA_CREDENTIAL_PROVIDER\"" : "null";
    json += R"(,"credentialType":)";
    json += type.factor ? "\"OTP\"" : "null";
    json += R"(,"issuer":null,"interface":null,"authenticationStep":0,)";
    member(json, "rootSessionId", person.session);
    json += ',';
    member(json, "externalSessionId", person.session);
    json += "},";
    member(json, "displayMessage", type.message);
    json += ',';
    member(json, "eventType", type.name);
    json += R"(,"outcome":{)";
    member(json, "result", failed ? type.failure : type.success);
    json += failed ? R"(,"reason":"INVALID_CREDENTIALS"},)" : R"(,"reason":null},)";
    member(json, "published", published);
    json += R"(,"securityContext":{"asNumber":)" + std::to_string(network.number) + ',';
    member(json, "asOrg", network.organization);
    json += ',';
    member(json, "isp", network.provider);
    json += ',';
    member(json, "domain", network.domain);
    json += chance(0.01) ? R"(,"isProxy":true},)" : R"(,"isProxy":false},)";
    member(json, "severity", failed ? "WARN" : type.severity);
    const std::string request = hex(32);
    json += R"(,"debugContext":{"debugData":{)";
    member(json, "requestId", request);
    json += ',';
    member(json, "dtHash", person.tokenHash);
    json += ',';
    member(json, "deviceFingerprint", person.fingerprint);
    json += ',';
    member(json, "requestUri", type.uri);
    json += ',';
    member(json, "url", std::string(type.uri) + "?stateToken=" + token(8));
    json += R"(,"threatSuspected":"false",)";
    const char *risk = failed || traveling ? (chance(0.5) ? "HIGH" : "MEDIUM") : "LOW";
    if (type.risk) {
        member(json, "risk", std::string("{level=") + risk + (traveling ? ", reasons=Anomalous Location}" : "}"));
        std::string text;
        std::string inner;
        for (const char *behavior : behaviors) {
            const char *result = traveling && chance(0.5) ? "POSITIVE" : "NEGATIVE";
            text += std::string(text.empty() ? "{" : ", ") + behavior + "=" + result;
            inner += std::string(inner.empty() ? "" : ",") + "\\\"" + behavior + "\\\":\\\"" + result + "\\\"";
        }
        json += ',';
        member(json, "behaviors", text + "}");
        json += R"(,"logOnlySecurityData":"{\"risk\":{\"level\":\")" + std::string(risk) + R"(\"},\"behaviors\":{)"
            + inner + R"(}}",)";
    }
    if (type.factor) {
        member(json, "factor", "OKTA_VERIFY_PUSH");
        json += R"(,"factorIntent":"AUTHENTICATION","pushOnlyResponseType":"OV_RESPONSE_ALLOW",)";
        member(json, "authnRequestId", hex(32));
        json += ',';
    }
    member(json, "authMethodFirstVerificationTime", published);
    json
        += R"(,"targetEventHookIds":"","tunnels":"null","promptingPolicyTypes":"OKTA_SIGN_ON, AUTHENTICATION"}},"legacyEventType":)";
    json += type.legacy ? "\"" + std::string(type.legacy) + "\"" : "null";
    json += R"(,"transaction":{"type":"WEB",)";
    member(json, "id", request);
    json += R"(,"detail":{}},)";
    member(json, "uuid", uuid());
    json += R"(,"version":"0","request":{"ipChain":[{)";
    member(json, "ip", ip);
    json += ',';
    writePlace(json, city);
    json += R"(,"version":"V4","source":null}]},"target":[)";
    if (type.app) {
        json += '{';
        member(json, "id", app.id);
        json += R"(,"type":"AppInstance",)";
        member(json, "alternateId", app.instance);
        json += ',';
        member(json, "displayName", app.name);
        json += R"(,"detailEntry":{"signOnModeType":"SAML_2_0"}},{)";
        member(json, "id", "0ua" + token(17));
        json += R"(,"type":"AppUser",)";
        member(json, "alternateId", person.login);
        json += ',';
        member(json, "displayName", person.name);
        json += R"(,"detailEntry":null})";
    } else {
        const Person &other = type.other ? m_people[below(peopleCount)] : person;
        json += '{';
        member(json, "id", other.id);
        json += R"(,"type":"User",)";
        member(json, "alternateId", other.login);
        json += ',';
        member(json, "displayName", other.name);
        json += R"(,"detailEntry":null})";
    }
    json += "]}";
}

} // namespace octotrail::bench
