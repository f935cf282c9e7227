// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/ConnectionCheck.h"

#include "event/Json.h"
#include "event/LogEvent.h"
#include "okta/Client.h"
#include "okta/Faults.h"
#include "okta/Organization.h"
#include "okta/Origin.h"
#include "okta/Profiles.h"
#include "okta/SystemLog.h"
#include "okta/TokenOwner.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>

namespace octotrail::okta {

using event::Error;
using event::ErrorKind;
using Id = CheckStep::Id;
using StepState = CheckStep::State;

namespace {

/// Shorter than for collecting: somebody is looking on.
Client::Options patience()
{
    Client::Options options;
    options.silence = std::chrono::seconds(35); // Okta gives up a query after 30
    options.deadline = std::chrono::seconds(60);
    return options;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

struct ConnectionCheck::Private
{
    explicit Private(ConnectionCheck *check)
        : q(check)
    { }

    void plan();
    void runNext();
    void tryStep(CheckStep &step);
    void finish(Id id, StepState state, const QString &sentence, ErrorKind kind = ErrorKind::Internal);
    void fail(Id id, const Error &error);
    void end();
    void onOrganization(const Answer &answer);
    void onLog(const Answer &answer);
    void askOwner(const QString &sentence);
    bool isWithoutCredentials() const { return request.credentials && request.credentials->isEmpty(); }
    void ready(const event::Result<ReadyRoute> &route);
    void onUsers(const Answer &answer);
    void onDevices(const Answer &answer);
    CheckStep &step(Id id);

    ConnectionCheck *q;
    Request request;
    QList<CheckStep> steps;
    std::unique_ptr<Client> client;
    std::unique_ptr<Call> call; ///< destroyed before its client
    std::unique_ptr<TokenOwnerQuery> owner; ///< the same
    bool classic = false;
    int run = 0; ///< counts the starts
};

CheckStep &ConnectionCheck::Private::step(Id id)
{
    return *std::find_if(steps.begin(), steps.end(), [id](const CheckStep &each) { return each.id == id; });
}

void ConnectionCheck::Private::plan()
{
    steps = {{Id::Organization, tr("Find the organization"), StepState::Waiting, {}, {}}};
    if (isWithoutCredentials()) {
        return;
    }
    steps.append({Id::SystemLog, tr("Read one event of the System Log"), StepState::Waiting, {}, {}});
    if (request.users) {
        steps.append({Id::Users, tr("Read one user"), StepState::Waiting, {}, {}});
    }
    if (request.devices) {
        steps.append({Id::Devices, tr("Read one device"), StepState::Waiting, {}, {}});
    }
}

void ConnectionCheck::Private::runNext()
{
    const auto next = std::find_if(
        steps.begin(), steps.end(), [](const CheckStep &each) { return each.state == StepState::Waiting; });
    if (next == steps.end()) {
        end();
        return;
    }
    next->state = StepState::Running;
    Q_EMIT q->stepChanged(*next);
    if (client) { // not cancelled by who was told
        tryStep(*next);
    }
}

void ConnectionCheck::Private::tryStep(CheckStep &step)
{
    const QUrl &origin = client->origin();
    switch (step.id) {
    case Id::Organization:
        call
            = client->getAnonymously(organizationUrl(origin), [this](const Answer &answer) { onOrganization(answer); });
        return;
    case Id::SystemLog:
        call = client->get(
            systemlog::newestEvent(origin, request.filter), [this](const Answer &answer) { onLog(answer); });
        return;
    case Id::Users:
        call = client->get(profiles::usersPage(origin, 1), profiles::usersContentType(),
            [this](const Answer &answer) { onUsers(answer); });
        return;
    case Id::Devices:
        if (classic) {
            finish(Id::Devices, StepState::Warning,
                tr("This organization runs on Okta's Classic Engine, which has no device profiles. Events and users "
                   "are collected all the same."),
                ErrorKind::Unavailable);
            return;
        }
        call = client->get(profiles::devicesPage(origin, 1), [this](const Answer &answer) { onDevices(answer); });
        return;
    }
}

void ConnectionCheck::Private::finish(Id id, StepState state, const QString &sentence, ErrorKind kind)
{
    CheckStep &done = step(id);
    done.state = state;
    done.sentence = sentence;
    done.kind = kind;
    Q_EMIT q->stepChanged(done);
    if (!client) {
        return;
    }
    // What one step found wrong, the next ones would find wrong too; and the token is for an organization alone.
    const bool goOn = state != StepState::Failed || id == Id::Users || id == Id::Devices;
    if (goOn) {
        runNext();
    } else {
        end();
    }
}

void ConnectionCheck::Private::fail(Id id, const Error &error)
{
    finish(id, StepState::Failed, error.sentence, error.kind);
}

void ConnectionCheck::Private::end()
{
    for (CheckStep &each : steps) {
        if (each.state == StepState::Waiting) {
            each.sentence = tr("Not tried, because of what is wrong above.");
            Q_EMIT q->stepChanged(each);
            if (!client) {
                return;
            }
        }
    }
    const bool ok = std::none_of(
        steps.cbegin(), steps.cend(), [](const CheckStep &each) { return each.state == StepState::Failed; });
    client.reset();
    request.credentials = Credentials();
    Q_EMIT q->finished(ok);
}

void ConnectionCheck::Private::onOrganization(const Answer &answer)
{
    if (!answer) {
        fail(Id::Organization, answer.error().error);
        return;
    }
    const auto info = parseOrganization(answer->body, client->origin());
    if (!info) {
        fail(Id::Organization, info.error());
        return;
    }
    classic = !info->identityEngine;
    Q_EMIT q->organizationFound(*info);
    if (!client) {
        return;
    }
    const QString found = classic ? tr("Found: %1, an organization on Okta's Classic Engine.").arg(info->id)
                                  : tr("Found: %1, an organization on Okta Identity Engine.").arg(info->id);
    const QString clock = clockSentence(answer->clockSkew);
    if (clock.isEmpty()) {
        finish(Id::Organization, StepState::Passed, found);
    } else {
        finish(Id::Organization, StepState::Warning, found + u' ' + clock, ErrorKind::Unavailable);
    }
}

void ConnectionCheck::Private::onLog(const Answer &answer)
{
    if (!answer) {
        fail(Id::SystemLog, answer.error().error);
        return;
    }
    const auto events = event::splitArray(viewOf(answer->body));
    if (!events) {
        fail(Id::SystemLog, events.error());
        return;
    }
    if (events->empty()) {
        askOwner(request.filter.trimmed().isEmpty()
                ? tr("The log can be read. It has no event of the last 7 days.")
                : tr("The log can be read. No event of the last 7 days matches the filter."));
        return;
    }
    const auto newest = event::LogEvent::fromBytes(std::string(events->front()));
    if (newest.published()) {
        askOwner(tr("The log can be read. Its newest event is of %1.")
                     .arg(QString::fromStdString(event::formatTimestamp(*newest.published()))));
    } else {
        askOwner(tr("The log can be read."));
    }
}

/// Adds to the sentence whose the API token is, where Okta tells.
void ConnectionCheck::Private::askOwner(const QString &sentence)
{
    if (!request.credentials || request.credentials->app()) {
        finish(Id::SystemLog, StepState::Passed, sentence);
        return;
    }
    owner = std::make_unique<TokenOwnerQuery>(*client);
    QObject::connect(owner.get(), &TokenOwnerQuery::finished, q, [this, sentence](const TokenOwner &found) {
        owner.release()->deleteLater(); // it is telling this
        finish(Id::SystemLog, StepState::Passed,
            found.id.isEmpty() ? sentence : sentence + u' ' + tr("The token acts as %1.").arg(found.description()));
    });
    owner->start();
}

void ConnectionCheck::Private::onUsers(const Answer &answer)
{
    if (!answer) {
        fail(Id::Users, answer.error().error);
        return;
    }
    if (const auto users = event::splitArray(viewOf(answer->body)); !users) {
        fail(Id::Users, users.error());
        return;
    }
    finish(Id::Users, StepState::Passed, tr("Users can be read."));
}

void ConnectionCheck::Private::onDevices(const Answer &answer)
{
    const bool isScope = !answer
        && (answer.error().code == QLatin1StringView("insufficient_scope")
            || answer.error().code == QLatin1StringView("invalid_scope"));
    if (isScope) {
        finish(Id::Devices, StepState::Warning,
            answer.error().error.sentence + u' ' + tr("Everything else is collected all the same."),
            ErrorKind::Forbidden);
        return;
    }
    if (!answer && profiles::isUnavailable(answer.error())) {
        finish(Id::Devices, StepState::Warning,
            tr("Device profiles are not available: they need Okta Identity Engine, and a role that may view devices. "
               "Everything else is collected all the same."),
            ErrorKind::Unavailable);
        return;
    }
    if (!answer) {
        fail(Id::Devices, answer.error().error);
        return;
    }
    const auto devices = event::splitArray(viewOf(answer->body));
    if (!devices) {
        fail(Id::Devices, devices.error());
        return;
    }
    finish(Id::Devices, StepState::Passed,
        devices->empty() ? tr("Devices can be read. There are none: they appear when users enroll in Okta FastPass.")
                         : tr("Devices can be read."));
}

ConnectionCheck::ConnectionCheck(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{ }

ConnectionCheck::~ConnectionCheck() = default;

void ConnectionCheck::start(const Request &request)
{
    cancel();
    d->request = request;
    d->classic = false;
    d->plan();
    // Elsewhere, since it reads a file. Not by QFuture::then(), which Qt 6.4 may call twice.
    auto *watcher = new QFutureWatcher<event::Result<ReadyRoute>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, run = ++d->run] {
        watcher->deleteLater();
        if (run == d->run) {
            d->ready(watcher->result());
        }
    });
    watcher->setFuture(QtConcurrent::run([route = request.route] { return prepare(route); }));
}

void ConnectionCheck::Private::ready(const event::Result<ReadyRoute> &route)
{
    Client::Options options = patience();
    if (route) {
        options.route = *route;
    }
    client = std::make_unique<Client>(request.origin, request.credentials.value_or(Credentials()), options);
    if (!route) {
        fail(Id::Organization, route.error());
    } else if (!request.credentials) {
        fail(Id::SystemLog, request.credentials.error());
    } else {
        runNext();
    }
}

void ConnectionCheck::cancel()
{
    ++d->run;
    d->call.reset();
    d->owner.reset();
    d->client.reset();
    d->request.credentials = Credentials();
}

QList<CheckStep> ConnectionCheck::steps() const
{
    return d->steps;
}

} // namespace octotrail::okta
