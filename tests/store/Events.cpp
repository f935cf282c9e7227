// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Events.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace octotrail::test {

namespace {

constexpr std::array types{"user.session.start", "user.authentication.sso", "policy.evaluate_sign_on",
    "user.mfa.okta_verify.deny_push", "application.user_membership.add"};
constexpr std::array outcomes{"SUCCESS", "FAILURE", "ALLOW", "DENY"};

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

} // namespace

std::string uuidOf(int n)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-0000-11ee-8000-%012x", static_cast<unsigned>(n) * 2654435761U,
        static_cast<unsigned>(n));
    return text.data();
}

event::Timestamp publishedOf(int n)
{
    // Mostly one a second, but every fourth two at once, and some late.
    const std::int64_t second = n % 4 == 3 ? n - 1 : n;
    const std::int64_t late = n % 17 == 0 ? 120 : 0;
    return event::Timestamp(std::chrono::microseconds(firstMoment + (second - late) * 1'000'000));
}

std::string actorOf(int n)
{
    constexpr std::array names{"alice", "Bob", "çelik", "dora", "Émile", "frank"};
    return std::string(names[static_cast<std::size_t>(n) % names.size()]) + number(n % 50) + "@example.com";
}

std::string typeOf(int n)
{
    return types[static_cast<std::size_t>(n * 7 % 13) % types.size()];
}

std::string outcomeOf(int n)
{
    return outcomes[static_cast<std::size_t>(n / 3) % outcomes.size()];
}

std::int64_t asNumberOf(int n)
{
    return 1000 + n % 97;
}

bool hasTargets(int n)
{
    return n % 5 != 0;
}

std::string eventJson(int n)
{
    if (n % 1000 == 999) {
        return R"({"uuid":")" + uuidOf(n) + R"(","published":")" + event::formatTimestamp(publishedOf(n))
            + R"(","eventType":)" + "17, \"target\": \"none\" , \"n\":" + number(n) + "}";
    }
    std::string json = R"({"actor":{"id":"00u)" + number(n % 50) + R"(","type":"User","alternateId":")" + actorOf(n)
        + R"(","displayName":"Person )" + number(n % 50)
        + R"("},"client":{"userAgent":{"rawUserAgent":"Mozilla/5.0 Linux","os":"Linux","browser":"FIREFOX"},)"
          R"("ipAddress":"203.0.113.)"
        + number(n % 200)
        + R"(","geographicalContext":{"city":"Paris","country":"France","geolocation":{"lat":48.5,"lon":)"
        + number(n % 90) + R"(}}},"displayMessage":"Message \"quoted\" \u00e9 )" + number(n % 7) + R"(","eventType":")"
        + typeOf(n) + R"(","outcome":{"result":")" + outcomeOf(n) + R"("},"published":")"
        + event::formatTimestamp(publishedOf(n)) + R"(","severity":"INFO","securityContext":{"asNumber":)"
        + number(asNumberOf(n)) + R"(,"isProxy":)" + (n % 3 == 0 ? "true" : "false")
        + R"(},"debugContext":{"debugData":{"requestUri":"/api/v1/authn","odd.key":"value )" + number(n % 11)
        + R"(","url":"/api/v1/authn?n=)" + number(n) + R"("}},"uuid":")" + uuidOf(n) + R"(","version":"0")";
    if (n % 10 == 4) {
        json += R"(,"unlisted":{"deep":[{"thing":"needle)" + number(n % 30) + R"("},{"thing":"hay"}]})";
    }
    if (hasTargets(n)) {
        json += R"(,"target":[{"id":"t)" + number(n % 9) + R"(","type":"User","alternateId":"target)" + number(n % 9)
            + R"(@example.com","displayName":null},{"id":"a1","type":"AppInstance","alternateId":"salesforce","displayName":"Salesforce"}])";
    } else {
        json += R"(,"target":null)";
    }
    return json += "}";
}

std::vector<event::LogEvent> events(int first, int count)
{
    std::vector<event::LogEvent> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int n = first; n < first + count; ++n) {
        result.push_back(event::LogEvent::fromBytes(eventJson(n)));
    }
    return result;
}

} // namespace octotrail::test
