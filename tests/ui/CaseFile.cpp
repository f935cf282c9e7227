// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"

#include "event/Json.h"

#include <QFuture>

using namespace octotrail;

namespace {

template <class T>
T waited(QFuture<event::Result<T>> future)
{
    future.waitForFinished();
    auto result = future.result();
    if (!result) {
        qFatal("%s", qUtf8Printable(result.error().sentence));
    }
    return *result;
}

} // namespace

CaseFile::CaseFile()
{
    reopen([](const QString &) {});
    m_source = addSource(QStringLiteral("Acme"));
}

void CaseFile::reopen(const std::function<void(const QString &file)> &meanwhile)
{
    m_store.reset();
    const QString file = m_folder.filePath(QStringLiteral("case.duckdb"));
    meanwhile(file);
    auto opened = store::Store::open(file);
    if (!opened) {
        qFatal("%s", qUtf8Printable(opened.error().sentence));
    }
    m_store = *opened;
}

store::SourceId CaseFile::addSource(const QString &name)
{
    store::SourceConfig config;
    config.uuid = name;
    config.name = name;
    config.origin = QUrl(QStringLiteral("https://acme.okta.com"));
    config.collects = false;
    return waited(m_store->putSource(config)).id;
}

store::Seq CaseFile::append(const std::vector<std::string> &events, store::SourceId source)
{
    store::EventBatch batch;
    batch.source = source == 0 ? m_source : source;
    for (const std::string &bytes : events) {
        batch.events.push_back(event::LogEvent::fromBytes(bytes));
    }
    return waited(m_store->append(std::move(batch))).firstSeq;
}

void CaseFile::putUsers(const std::vector<std::string> &users)
{
    auto done = m_store->putProfiles(m_source, store::ProfileKind::User, users, std::nullopt);
    done.waitForFinished();
    if (!done.result()) {
        qFatal("%s", qUtf8Printable(done.result().error().sentence));
    }
}

void CaseFile::putDevices(const std::vector<std::string> &devices)
{
    auto done = m_store->putProfiles(m_source, store::ProfileKind::Device, devices, std::nullopt);
    done.waitForFinished();
    if (!done.result()) {
        qFatal("%s", qUtf8Printable(done.result().error().sentence));
    }
}

event::Timestamp sampleTime(int n)
{
    return *event::parseTimestamp("2026-11-23T08:00:00Z") + std::chrono::seconds(n);
}

std::string SampleEvent::json() const
{
    static const std::vector<std::string> people{"ada", "bob", "cleo", "dan", "eve", "finn", "gus"};
    const std::string who = actor.empty() ? people[static_cast<std::size_t>(n) % people.size()] : actor;
    const std::string result = !outcome.empty() ? outcome : n % 5 == 0 ? "FAILURE" : "SUCCESS";
    return "{\"uuid\":\"00000000-0000-4000-8000-" + std::to_string(100000000000LL + n) + "\",\"published\":\""
        + event::formatTimestamp(sampleTime(n))
        + "\",\"eventType\":\"user.session.start\",\"version\":\"0\",\"severity\":\""
        + (result == "FAILURE" ? "WARN" : "INFO") + "\",\"displayMessage\":" + event::quoteJson(message)
        + ",\"actor\":{\"id\":\"00u" + who + "\",\"type\":\"User\",\"alternateId\":\"" + who
        + "@example.com\",\"displayName\":\"" + who + "\"},\"client\":{\"ipAddress\":\"203.0.113."
        + std::to_string(n % 250) + "\",\"geographicalContext\":{\"city\":" + event::quoteJson(city)
        + ",\"country\":\"Germany\"}},\"outcome\":{\"result\":\"" + result
        + "\"},\"target\":[{\"id\":\"0oa1\",\"type\":\"AppInstance\",\"alternateId\":\"Salesforce\",\"displayName\":"
          "\"Salesforce\"}"
          ",{\"id\":\"00g1\",\"type\":\"UserGroup\",\"alternateId\":\"unknown\",\"displayName\":\"Sales\"}]"
          ",\"debugContext\":{\"debugData\":{\"risk\":\"{level=LOW}\",\"requestUri\":\"/api/v1/authn\"}}"
        + extra + "}";
}

std::vector<std::string> sampleEvents(int first, int last)
{
    std::vector<std::string> events;
    for (int n = first; n <= last; ++n) {
        SampleEvent sample;
        sample.n = n;
        events.push_back(sample.json());
    }
    return events;
}
