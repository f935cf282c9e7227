// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleEvents.h"

#include "event/Timestamp.h"

#include <array>

namespace octotrail::tests {

namespace {

const char *pick(int n, const std::array<const char *, 4> &choices)
{
    return choices[static_cast<std::size_t>(n) % choices.size()];
}

} // namespace

QByteArray sampleEvent(int n)
{
    using namespace std::chrono;
    const event::Timestamp published{sys_days{2026y / August / 1} + seconds(n) + milliseconds(n % 1000)};
    const QByteArray number = QByteArray::number(n);
    const QByteArray user = "user" + QByteArray::number(n % 37);
    return "{\"actor\":{\"id\":\"00u" + QByteArray::number(n % 37).rightJustified(17, '0')
        + "\",\"type\":\"User\",\"alternateId\":\"" + user + "@example.com\",\"displayName\":\"Zo\xc3\xab \\\"Z\\\" "
        + user
        + "\",\"detailEntry\":null},\"client\":{\"userAgent\":{\"rawUserAgent\":\"Mozilla/5.0 (X11, \xe2\x9c\x93)\","
        + "\"os\":\"Linux\",\"browser\":\"FIREFOX\"},\"zone\":\"null\",\"device\":\"Computer\",\"id\":null,"
        + "\"ipAddress\":\"203.0.113." + QByteArray::number(n % 250) + "\",\"geographicalContext\":{\"city\":\""
        + pick(n, {"Oslo", "Lyon", "Austin", "Osaka"}) + "\",\"country\":\""
        + pick(n, {"Norway", "France", "United States", "Japan"})
        + "\",\"geolocation\":{\"lat\":-33.5,\"lon\":10.75}}},\"displayMessage\":\"User login to "
          "Okta\",\"eventType\":\""
        + pick(
            n / 3, {"user.session.start", "user.authentication.sso", "policy.evaluate_sign_on", "user.mfa.okta_verify"})
        + "\",\"outcome\":{\"result\":\"" + (n % 7 == 0 ? "FAILURE" : "SUCCESS")
        + "\",\"reason\":" + (n % 7 == 0 ? "\"INVALID_CREDENTIALS\"" : "null") + "},\"published\":\""
        + QByteArray::fromStdString(event::formatTimestamp(published))
        + "\",\"severity\":\"INFO\",\"debugContext\":{\"debugData\":{\"requestUri\":\"/api/v1/authn\",\"risk\":"
        + "\"{reasons=Anomalous Device, level=MEDIUM}\",\"own" + QByteArray::number(n % 5) + "\":\"" + number
        + "\"}},\"legacyEventType\":null,\"transaction\":{\"type\":\"WEB\",\"id\":\"tx" + number
        + "\",\"detail\":{}},\"uuid\":\"00000000-0000-11f0-8000-" + number.rightJustified(12, '0')
        + "\",\"version\":\"0\",\"request\":{\"ipChain\":[{\"ip\":\"203.0.113.9\",\"version\":\"V4\"},{\"ip\":"
        + "\"10.0.0.1\",\"version\":\"V4\"}]},\"target\":[{\"id\":\"0oa1\",\"type\":\"AppInstance\",\"alternateId\":"
        + "\"Salesforce\",\"displayName\":\"Salesforce, "
          "Inc.\"},{\"id\":\"00g2\",\"type\":\"UserGroup\",\"alternateId\":"
        + "\"unknown\",\"displayName\":\"Everyone\"}]}";
}

QByteArray sampleLines(int first, int last)
{
    QByteArray lines;
    for (int n = first; n < last; ++n) {
        lines += sampleEvent(n) + '\n';
    }
    return lines;
}

} // namespace octotrail::tests
