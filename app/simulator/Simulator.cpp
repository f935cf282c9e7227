// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Simulator.h"

#include "simulator/Company.h"
#include "simulator/EventLog.h"
#include "simulator/Faults.h"
#include "simulator/LogsEndpoint.h"
#include "simulator/ProfileDirectory.h"
#include "simulator/ProfilesEndpoint.h"
#include "simulator/ReplayFile.h"
#include "simulator/Server.h"
#include "simulator/Timeline.h"
#include "simulator/TokenEndpoint.h"

#include <QTcpServer>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <condition_variable>
#include <mutex>

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::ErrorKind;
using event::failure;
using event::Timestamp;

namespace {

constexpr auto liveStep = 200ms;
constexpr std::chrono::hours retention{24 * 90};

QString tokenFor(quint64 seed)
{
    return QString::fromStdString("00" + Random(seed, 0x70ce).alphanumeric(40));
}

QList<OAuthClient> clientsOf(const Simulator::Options &options)
{
    if (!options.clients.isEmpty()) {
        return options.clients;
    }
    return {{QString::fromStdString("0oa" + Random(options.seed, 0xc11e).alphanumeric(17)),
        jose::Key::generate(jose::Key::Type::P256), {}}};
}

/// The published time of a line, found without reading the rest of it; the fallback if it has none.
Timestamp publishedOf(std::string_view line, Timestamp fallback)
{
    constexpr std::string_view name = "\"published\"";
    const auto at = line.find(name);
    if (at == std::string_view::npos) {
        return fallback;
    }
    const auto open = line.find('"', at + name.size());
    const auto close = open == std::string_view::npos ? open : line.find('"', open + 1);
    if (close == std::string_view::npos) {
        return fallback;
    }
    return event::parseTimestamp(line.substr(open + 1, close - open - 1)).value_or(fallback);
}

} // namespace

/// Lives in the simulator's thread, but for what is said to be of any thread.
struct Simulator::Private : public QObject
{
    Private(const Options &given, Faults parsedFaults, std::unique_ptr<ReplayFile> file)
        : options(given)
        , token(options.token.isEmpty() ? tokenFor(options.seed) : options.token)
        , clients(clientsOf(options))
        , startedAt(event::now())
        , start(std::chrono::floor<std::chrono::milliseconds>(options.start.value_or(startedAt)))
        , faults(std::move(parsedFaults))
        , replay(std::move(file))
        , company(options.users, options.seed, start)
        , directory(company, options.seed, options.profileChangesPerHour)
    { }

    event::Status listen();
    void makeHistory();
    void advance();
    /// The time in the organization: it stands still if it is not live.
    Timestamp now() const
    {
        const bool moves = options.live || replay;
        return moves ? start
                + std::chrono::duration_cast<std::chrono::microseconds>(
                    (std::chrono::steady_clock::now() - clockStart) * options.speed)
                + leap.load()
                     : start;
    }
    void waitForHistory() const
    {
        std::unique_lock lock(readyMutex);
        readyChanged.wait(lock, [this] { return ready; });
    }

    const Options options;
    const QString token;
    const QList<OAuthClient> clients;
    const Timestamp startedAt;
    const Timestamp start;
    const std::chrono::steady_clock::time_point clockStart = std::chrono::steady_clock::now();
    std::atomic<std::chrono::seconds> leap{}; ///< time that passed at once
    Faults faults;
    std::unique_ptr<ReplayFile> replay;
    const Company company;
    ProfileDirectory directory;
    EventLog log; ///< reading its lines: any thread
    std::unique_ptr<Timeline> timeline;
    std::unique_ptr<LogsEndpoint> logs;
    std::unique_ptr<ProfilesEndpoint> profiles;
    std::unique_ptr<TokenEndpoint> tokens;
    std::unique_ptr<IdentityEndpoint> identity;
    std::unique_ptr<Server> server;
    QUrl origin; ///< constant once listening
    std::unique_ptr<QTimer> timer;

    mutable std::mutex readyMutex;
    mutable std::condition_variable readyChanged;
    bool ready = false;
    QThread thread;
};

event::Status Simulator::Private::listen()
{
    auto listener = std::make_unique<QTcpServer>();
    if (!listener->listen(QHostAddress::LocalHost, options.port)) {
        return failure(ErrorKind::Network,
            tr("Port %1 of 127.0.0.1 cannot be listened on: %2. Choose another port, or 0 for any free one.")
                .arg(options.port)
                .arg(listener->errorString()));
    }
    origin.setScheme(QStringLiteral("http"));
    origin.setHost(QStringLiteral("127.0.0.1"));
    origin.setPort(listener->serverPort());
    logs = std::make_unique<LogsEndpoint>(log, faults.duplicateShare(), options.seed);
    profiles
        = std::make_unique<ProfilesEndpoint>(company, directory, origin.toString().toStdString(), options.searchLag);
    tokens = std::make_unique<TokenEndpoint>(clients, options.oauth);
    identity = std::make_unique<IdentityEndpoint>(company, origin.toString().toStdString());
    Server::Setup setup;
    setup.token = token.toUtf8();
    setup.organizationId = QString::fromStdString(company.organizationId());
    setup.classic = options.classic;
    setup.limits = {options.logsPerWindow, options.usersPerWindow, options.devicesPerWindow, options.tokensPerWindow,
        options.rateWindow};
    setup.faults = faults;
    setup.clock = [this] { return now(); };
    setup.hasOwnClock = options.live;
    setup.beforeLogs = [this] { advance(); };
    setup.beforeProfiles = [this](Timestamp serverTime) {
        if (options.live) {
            directory.advance(now() - start, serverTime);
        }
    };
    server = std::make_unique<Server>(
        std::move(setup), Server::Endpoints{*logs, *profiles, *tokens, *identity}, origin, listener.release());
    return {};
}

void Simulator::Private::makeHistory()
{
    if (replay) {
        Timestamp persisted = Timestamp::min();
        for (const std::string_view line : replay->lines()) {
            const Timestamp published = publishedOf(line, persisted == Timestamp::min() ? startedAt : persisted);
            persisted = std::max(persisted, published);
            log.appendView(line, published, persisted);
        }
    } else {
        timeline = std::make_unique<Timeline>(company,
            Timeline::Setup{options.seed, start, std::min(options.history, retention), options.eventsPerMinute,
                options.historyEventsPerMinute, faults.log(), options.stories},
            log);
        timeline->advance(start);
    }
    log.closeHistory(replay ? startedAt : Timestamp::min());
    if (timeline && options.live) {
        timer = std::make_unique<QTimer>();
        connect(timer.get(), &QTimer::timeout, this, &Private::advance);
        timer->start(liveStep);
    }
    {
        const std::scoped_lock lock(readyMutex);
        ready = true;
    }
    readyChanged.notify_all();
}

void Simulator::Private::advance()
{
    if (timeline && options.live) {
        timeline->advance(now());
    }
}

Simulator::Simulator() = default;

event::Result<std::unique_ptr<Simulator>> Simulator::start(const Options &options)
{
    auto faults = Faults::parse(options.faults, options.seed);
    if (!faults) {
        return tl::unexpected(faults.error());
    }
    std::unique_ptr<ReplayFile> replay;
    if (!options.eventsFile.isEmpty()) {
        auto opened = ReplayFile::open(options.eventsFile);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        replay = *std::move(opened);
    }
    std::unique_ptr<Simulator> simulator(new Simulator);
    simulator->d = std::make_unique<Private>(options, *std::move(faults), std::move(replay));
    Private *d = simulator->d.get();
    d->thread.setObjectName(QStringLiteral("simulator"));
    d->moveToThread(&d->thread);
    d->thread.start();
    event::Status listening;
    QMetaObject::invokeMethod(
        d, [&] { listening = d->listen(); }, Qt::BlockingQueuedConnection);
    if (!listening) {
        return tl::unexpected(listening.error());
    }
    QMetaObject::invokeMethod(d, &Private::makeHistory, Qt::QueuedConnection);
    return simulator;
}

Simulator::~Simulator()
{
    if (!d) {
        return;
    }
    QMetaObject::invokeMethod(
        d.get(),
        [this] {
            d->timer.reset();
            d->server.reset();
            d->logs.reset();
        },
        Qt::BlockingQueuedConnection);
    d->thread.quit();
    d->thread.wait();
}

QUrl Simulator::origin() const
{
    return d->origin;
}

QString Simulator::token() const
{
    return d->token;
}

void Simulator::passTime(std::chrono::seconds time)
{
    d->leap = d->leap.load() + time;
}

std::vector<std::string> Simulator::log() const
{
    d->waitForHistory();
    return d->log.lines();
}

OAuthClient Simulator::serviceApp() const
{
    return d->clients.first();
}

void Simulator::changeTokens(const std::function<void(TokenEndpoint &)> &change)
{
    QMetaObject::invokeMethod(
        d.get(), [this, &change] { change(*d->tokens); }, Qt::BlockingQueuedConnection);
}

std::vector<Story> Simulator::stories() const
{
    d->waitForHistory();
    return d->timeline ? d->timeline->stories() : std::vector<Story>();
}

QString Simulator::changeProfile(ProfileChange change)
{
    std::string id;
    QMetaObject::invokeMethod(
        d.get(),
        [&] { id = d->directory.change(change, event::now() + std::chrono::seconds(d->faults.clockOffsetSeconds())); },
        Qt::BlockingQueuedConnection);
    return QString::fromStdString(id);
}

qint64 Simulator::requestCount(const QString &path) const
{
    return d->server->requestCount(path);
}

} // namespace octotrail::simulator
