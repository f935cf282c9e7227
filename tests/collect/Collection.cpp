// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"

#include <QTemporaryFile>
#include <QTest>
#include <span>

namespace octotrail::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

collect::Pace smallPages()
{
    collect::Pace pace = quickPace(50ms);
    pace.pageLimit = 100;
    return pace;
}

collect::Pace quickPace(std::chrono::milliseconds poll)
{
    collect::Pace pace;
    pace.pollInterval = poll;
    pace.backoffUnit = 20ms;
    pace.backoffCap = 200ms;
    pace.client.silence = 10s;
    pace.catchUp.reset();
    return pace;
}

event::Timestamp workingHour()
{
    auto day = std::chrono::floor<std::chrono::days>(event::now()) - std::chrono::days(1);
    while (std::chrono::weekday(day).iso_encoding() > 5) {
        day -= std::chrono::days(1);
    }
    return day + 12h;
}

namespace {

std::unique_ptr<simulator::Simulator> started(const simulator::Simulator::Options &options)
{
    auto organization = simulator::Simulator::start(options);
    if (!organization) {
        qWarning().noquote() << organization.error().sentence;
        return nullptr;
    }
    return std::move(*organization);
}

/// The last events of a simulated company, invented once and then replayed, which is quicker.
QString someEvents()
{
    static QTemporaryFile file;
    if (file.fileName().isEmpty() && file.open()) {
        simulator::Simulator::Options options;
        options.live = false;
        options.eventsPerMinute = 8;
        options.history = 3h;
        options.start = workingHour();
        if (const auto company = started(options)) {
            constexpr std::size_t wanted = 650;
            const std::vector<std::string> log = company->log();
            for (const std::string &line : std::span(log).last(std::min(wanted, log.size()))) {
                file.write(QByteArray::fromStdString(line) + '\n');
            }
        }
        file.close();
    }
    return file.fileName();
}

} // namespace

std::unique_ptr<simulator::Simulator> replay(const QString &faults)
{
    simulator::Simulator::Options options;
    options.eventsFile = someEvents();
    return simulate(options, faults);
}

std::unique_ptr<simulator::Simulator> simulate(const simulator::Simulator::Options &options, const QString &faults)
{
    simulator::Simulator::Options chosen = options;
    chosen.faults = faults;
    chosen.live = false;
    chosen.eventsPerMinute = 8;
    chosen.start = workingHour();
    chosen.logsPerWindow = 100'000;
    return started(chosen);
}

Collection::Collection(const collect::Pace &pace)
    : m_pace(pace)
{
    begin();
}

Collection::~Collection()
{
    end();
}

void Collection::begin()
{
    auto store = store::Store::open(m_folder.filePath(u"case.duckdb"_s));
    if (!store) {
        qFatal("%s", qPrintable(store.error().sentence));
    }
    m_store = *store;
    m_supervisor = std::make_unique<collect::Supervisor>(m_store, m_vault, m_pace);
    connect(m_supervisor.get(), &collect::Supervisor::statusChanged, this,
        [this](const collect::SourceStatus &status) { m_told.append(status); });
    connect(m_supervisor.get(), &collect::Supervisor::caughtUp, this, [this](store::SourceId id) { ++m_caughtUp[id]; });
}

void Collection::end()
{
    m_supervisor.reset();
    m_store.reset();
    m_caughtUp.clear();
}

void Collection::restart()
{
    end();
    begin();
    m_supervisor->start();
}

store::SourceConfig Collection::sourceOf(const QUrl &origin)
{
    store::SourceConfig source;
    source.name = u"Acme"_s;
    source.origin = origin;
    return source;
}

store::SourceId Collection::put(const store::SourceConfig &source, const QByteArray &token)
{
    m_caughtUp.clear();
    const auto stored = m_supervisor->put(source, token, secrets::Vault::Place::Session);
    if (!QTest::qWaitFor([&stored] { return stored.isFinished(); }, 10'000)) {
        qWarning("putting the source did not end");
        return 0;
    }
    if (!stored.result()) {
        qWarning().noquote() << stored.result().error().sentence;
        return 0;
    }
    return stored.result()->id;
}

store::SourceId Collection::put(const simulator::Simulator &organization)
{
    return put(sourceOf(organization.origin()), organization.token().toLatin1());
}

bool Collection::wasTold(collect::State state, const QString &words) const
{
    return std::any_of(m_told.begin(), m_told.end(),
        [&](const collect::SourceStatus &status) { return status.state == state && status.sentence.contains(words); });
}

bool Collection::catchUp(store::SourceId id, int milliseconds)
{
    const bool came = QTest::qWaitFor([&] { return m_caughtUp.value(id) > 0; }, milliseconds);
    m_caughtUp.clear();
    return came;
}

bool Collection::reaches(store::SourceId id, collect::State state, int milliseconds)
{
    return QTest::qWaitFor([&] { return status(id).state == state; }, milliseconds);
}

std::vector<std::string> Collection::events(store::SourceId source) const
{
    std::vector<std::pair<store::Seq, std::string>> found;
    store::EventQuery query;
    if (source != 0) {
        query.sources = {source};
    }
    const auto status = m_store->forEachEvent(
        query, [](std::int64_t) {},
        [&found](const store::StoredEvent &event) {
            found.emplace_back(event.seq, event.event.bytes());
            return true;
        },
        {});
    if (!status) {
        qWarning().noquote() << status.error().sentence;
    }
    std::ranges::sort(found);
    std::vector<std::string> bytes;
    for (auto &[seq, event] : found) {
        bytes.push_back(std::move(event));
    }
    return bytes;
}

std::vector<std::string> sorted(std::vector<std::string> events)
{
    std::ranges::sort(events);
    return events;
}

QString difference(const std::vector<std::string> &actual, const std::vector<std::string> &expected)
{
    for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i) {
        if (actual[i] != expected[i]) {
            return u"event %1 of %2 and %3 differs:\n%4\n%5"_s.arg(i)
                .arg(actual.size())
                .arg(expected.size())
                .arg(QString::fromStdString(actual[i]).left(300), QString::fromStdString(expected[i]).left(300));
        }
    }
    return actual.size() == expected.size() ? QString()
                                            : u"%1 events instead of %2"_s.arg(actual.size()).arg(expected.size());
}

} // namespace octotrail::tests
