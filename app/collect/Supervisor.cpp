// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Supervisor.h"

#include "collect/Await.h"
#include "collect/Sentences.h"
#include "collect/SourceAccess.h"
#include "collect/SourceThread.h"
#include "okta/Credentials.h"
#include "store/Coverage.h"

#include <QLoggingCategory>
#include <QPromise>
#include <QUuid>
#include <functional>
#include <map>

namespace octotrail::collect {

using event::Error;
using event::ErrorKind;
using event::Result;
using event::Status;
using store::SourceConfig;
using store::SourceId;

namespace {

Q_LOGGING_CATEGORY(lcSupervisor, "octotrail.supervisor", QtWarningMsg)

template <class T>
using Promise = std::shared_ptr<QPromise<T>>;

template <class T>
Promise<T> begin()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <class T>
void end(const Promise<T> &promise, T value)
{
    promise->addResult(std::move(value));
    promise->finish();
}

} // namespace

struct Supervisor::Private
{
    struct Entry
    {
        SourceConfig source;
        SourceStatus status;
        std::unique_ptr<SourceThread> thread;
        int launches = 0; ///< counts them, so that a token that comes late starts nothing
    };

    explicit Private(Supervisor *supervisor)
        : q(supervisor)
    { }

    Entry *find(SourceId id);
    /// Null if it has been launched or halted again since.
    Entry *find(SourceId id, int launch);
    void load();
    void written();
    void adopt(const std::vector<SourceConfig> &sources);
    std::shared_ptr<okta::Limiter> limiterOf(const QUrl &origin);
    void launch(Entry &entry);
    void readProxyPassword(Entry &entry, const QByteArray &secret);
    void begin(Entry &entry, const QByteArray &secret, const QByteArray &proxyPassword);
    void halt(Entry &entry);
    void tell(Entry &entry, State state, const QString &sentence, ErrorKind kind = ErrorKind::Internal);
    void setPaused(SourceId id, bool paused);
    void keepProxyPassword(const SourceConfig &source, const std::optional<QByteArray> &password,
        secrets::Vault::Place place, const std::function<void(const Status &)> &then);
    void write(const SourceConfig &source, const QByteArray &secret, const Promise<Result<SourceConfig>> &promise);
    void forgetSecrets(const SourceConfig &source);

    template <class Member, class... Args>
    void tellThread(SourceId id, Member member, const Args &...args)
    {
        if (Entry *entry = find(id); entry && entry->thread) {
            (entry->thread.get()->*member)(args...);
        }
    }

    Supervisor *q;
    std::shared_ptr<store::Store> store;
    secrets::Vault *vault = nullptr;
    Pace pace;
    std::map<QString, std::weak_ptr<okta::Limiter>> limiters; ///< one for each organization
    std::map<SourceId, Entry> entries;
    bool started = false;
    int writing = 0; ///< changes of sources on their way to the store: until then what it says of them is old
    bool outdated = false; ///< the store changed meanwhile
};

Supervisor::Private::Entry *Supervisor::Private::find(SourceId id)
{
    const auto found = entries.find(id);
    return found == entries.end() ? nullptr : &found->second;
}

Supervisor::Private::Entry *Supervisor::Private::find(SourceId id, int launch)
{
    Entry *entry = find(id);
    return entry && entry->launches == launch ? entry : nullptr;
}

// Running

void Supervisor::Private::load()
{
    whenFinished(store->sources(), q, [this](const Result<std::vector<SourceConfig>> &sources) {
        if (!sources) {
            qCWarning(lcSupervisor).noquote() << sources.error().sentence;
        } else if (writing == 0) {
            adopt(*sources);
        } else {
            outdated = true;
        }
    });
}

void Supervisor::Private::written()
{
    if (--writing == 0 && std::exchange(outdated, false)) {
        load();
    }
}

/// Takes over what the store has: at the start, and when another part of the application has changed it.
void Supervisor::Private::adopt(const std::vector<SourceConfig> &sources)
{
    std::map<SourceId, Entry> old = std::exchange(entries, {});
    bool isChanged = false;
    for (const SourceConfig &source : sources) {
        const auto known = old.find(source.id);
        if (known != old.end() && known->second.source == source) {
            entries.insert(old.extract(known));
            continue;
        }
        isChanged = true;
        Entry &entry = entries[source.id];
        if (known != old.end()) {
            entry = std::move(known->second);
            old.erase(known);
            halt(entry);
        }
        entry.source = source;
        launch(entry);
    }
    if (isChanged || !old.empty()) {
        old.clear(); // joins the threads of sources that are gone
        Q_EMIT q->sourcesChanged();
    }
}

/// Starts the source's thread once the vault has given its token.
void Supervisor::Private::launch(Entry &entry)
{
    const SourceConfig &source = entry.source;
    entry.status.source = source.id;
    if (!source.collects) {
        tell(entry, State::Idle, sentences::importedOnly());
        return;
    }
    if (source.paused) {
        tell(entry, State::Paused, sentences::paused());
        return;
    }
    tell(entry, State::CatchingUp, sentences::connecting(source.origin.host()));
    whenFinished(vault->read(source.vaultKey()), q,
        [this, id = source.id, launch = ++entry.launches](const Result<QByteArray> &secret) {
            Entry *launched = find(id, launch);
            if (!launched) {
                return;
            }
            if (secret) {
                readProxyPassword(*launched, *secret);
            } else {
                // Whatever the vault's trouble is: to enter it again mends it.
                tell(*launched, State::NeedsAttention, secret.error().sentence, ErrorKind::Unauthorized);
            }
        });
}

void Supervisor::Private::readProxyPassword(Entry &entry, const QByteArray &secret)
{
    if (!hasProxyPassword(entry.source)) {
        begin(entry, secret, {});
        return;
    }
    whenFinished(vault->read(proxyVaultKey(entry.source)), q,
        [this, id = entry.source.id, launch = entry.launches, secret](const Result<QByteArray> &password) {
            if (Entry *launched = find(id, launch)) {
                begin(*launched, secret, password.value_or(QByteArray())); // without it the proxy will say so
            }
        });
}

void Supervisor::Private::begin(Entry &entry, const QByteArray &secret, const QByteArray &proxyPassword)
{
    const auto credentials = credentialsOf(entry.source, secret);
    if (!credentials) {
        tell(entry, State::NeedsAttention, credentials.error().sentence, ErrorKind::Unauthorized);
        return;
    }
    entry.thread = std::make_unique<SourceThread>(WorkerSetup{store, entry.source, *credentials,
        routeOf(entry.source, proxyPassword), pace, limiterOf(entry.source.origin), entry.status});
    const SourceId id = entry.source.id;
    QObject::connect(entry.thread.get(), &SourceThread::statusChanged, q, [this, id](const SourceStatus &status) {
        if (Entry *changed = find(id)) {
            changed->status = status;
            Q_EMIT q->statusChanged(status);
        }
    });
    QObject::connect(entry.thread.get(), &SourceThread::caughtUp, q, [this, id] { Q_EMIT q->caughtUp(id); });
}

/// Sources of one organization share its rate limits.
std::shared_ptr<okta::Limiter> Supervisor::Private::limiterOf(const QUrl &origin)
{
    std::weak_ptr<okta::Limiter> &known = limiters[origin.toString(QUrl::RemovePath | QUrl::RemoveQuery).toLower()];
    std::shared_ptr<okta::Limiter> limiter = known.lock();
    if (!limiter) {
        limiter = std::make_shared<okta::Limiter>(pace.limiter);
        known = limiter;
    }
    return limiter;
}

void Supervisor::Private::halt(Entry &entry)
{
    ++entry.launches;
    entry.thread.reset();
}

void Supervisor::Private::tell(Entry &entry, State state, const QString &sentence, ErrorKind kind)
{
    entry.status.state = state;
    entry.status.sentence = sentence;
    entry.status.kind = kind;
    entry.status.nextTry.reset();
    Q_EMIT q->statusChanged(entry.status);
}

Supervisor::Supervisor(std::shared_ptr<store::Store> store, secrets::Vault &vault, const Pace &pace, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<SourceStatus>();
    d->store = std::move(store);
    d->vault = &vault;
    d->pace = pace;
}

Supervisor::~Supervisor()
{
    // All at once, then each: nobody waits for the sum.
    for (auto &[id, entry] : d->entries) {
        if (entry.thread) {
            entry.thread->disconnect(this);
            entry.thread->stop();
        }
    }
    d->entries.clear();
}

void Supervisor::start()
{
    if (std::exchange(d->started, true)) {
        return;
    }
    connect(d->store.get(), &store::Store::sourcesChanged, this, [this] { d->load(); });
    d->load();
}

QList<SourceConfig> Supervisor::sources() const
{
    QList<SourceConfig> sources;
    for (const auto &[id, entry] : d->entries) {
        sources.append(entry.source);
    }
    return sources;
}

event::Timestamp Supervisor::serverNow() const
{
    for (const auto &[id, entry] : d->entries) {
        if (entry.status.clockSkew) {
            return event::now() + *entry.status.clockSkew;
        }
    }
    return event::now();
}

SourceStatus Supervisor::status(SourceId id) const
{
    if (const Private::Entry *entry = d->find(id)) {
        return entry->status;
    }
    SourceStatus unknown;
    unknown.source = id;
    unknown.sentence = sentences::notStarted();
    return unknown;
}

// Changing

QFuture<Result<SourceConfig>> Supervisor::put(SourceConfig source, const QByteArray &secret,
    secrets::Vault::Place place, const std::optional<QByteArray> &proxyPassword)
{
    const auto promise = begin<Result<SourceConfig>>();
    const Status good = checkSource(source);
    const auto credentials = credentialsOf(source, secret);
    if (!good || (!secret.isEmpty() && !credentials)) {
        end(promise, Result<SourceConfig>(tl::unexpected(!good ? good.error() : credentials.error())));
        return promise->future();
    }
    if (source.uuid.isEmpty()) {
        source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    ++d->writing;
    // The secrets first: a source that cannot be given one is not to appear.
    const auto proceed = [this, source, secret, promise](const Status &kept) {
        if (kept) {
            d->write(source, secret, promise);
        } else {
            d->written();
            end(promise, Result<SourceConfig>(tl::unexpected(kept.error())));
        }
    };
    if (secret.isEmpty()) {
        d->keepProxyPassword(source, proxyPassword, place, proceed);
        return promise->future();
    }
    whenFinished(d->vault->keep(source.vaultKey(), secret.trimmed(), place), this,
        [this, source, proxyPassword, place, proceed](const Status &kept) {
            if (kept) {
                d->keepProxyPassword(source, proxyPassword, place, proceed);
            } else {
                proceed(kept);
            }
        });
    return promise->future();
}

void Supervisor::Private::keepProxyPassword(const SourceConfig &source, const std::optional<QByteArray> &password,
    secrets::Vault::Place place, const std::function<void(const Status &)> &then)
{
    if (password) {
        whenFinished(vault->keep(proxyVaultKey(source), *password, place), q, then);
    } else {
        then({});
    }
}

void Supervisor::Private::forgetSecrets(const SourceConfig &source)
{
    vault->forget(source.vaultKey());
    if (hasProxyPassword(source)) {
        vault->forget(proxyVaultKey(source));
    }
}

void Supervisor::Private::write(
    const SourceConfig &source, const QByteArray &secret, const Promise<Result<SourceConfig>> &promise)
{
    const auto done = [this, promise, source, secret](const Result<SourceConfig> &stored) {
        written();
        if (!stored) {
            if (source.id == 0) {
                forgetSecrets(source);
            }
            end(promise, stored);
            return;
        }
        Entry &entry = entries[stored->id];
        const auto credentials = credentialsOf(*stored, secret);
        if (entry.thread && credentials && isSameButForCredential(entry.source, *stored)) {
            entry.source = *stored;
            entry.thread->setCredentials(*credentials);
        } else {
            halt(entry);
            entry.source = *stored;
            launch(entry);
        }
        Q_EMIT q->sourcesChanged();
        end(promise, stored);
    };
    whenFinished(store->putSource(source), q, done);
}

QFuture<Status> Supervisor::remove(SourceId id, bool withItsEvents)
{
    const auto promise = begin<Status>();
    Private::Entry *entry = d->find(id);
    if (!entry) {
        end(promise, Status(event::failure(ErrorKind::NotFound, tr("There is no such source."))));
        return promise->future();
    }
    d->halt(*entry); // before its events go: a page on its way would bring some back
    ++d->writing;
    whenFinished(d->store->removeSource(id, withItsEvents), this, [this, id, promise](const Status &removed) {
        d->written();
        Private::Entry *gone = d->find(id);
        if (removed && gone) {
            d->forgetSecrets(gone->source);
            d->entries.erase(id);
            Q_EMIT sourcesChanged();
        } else if (gone) {
            d->launch(*gone);
        }
        end(promise, removed);
    });
    return promise->future();
}

void Supervisor::Private::setPaused(SourceId id, bool paused)
{
    Entry *entry = find(id);
    if (!entry || !entry->source.collects || entry->source.paused == paused) {
        return;
    }
    entry->source.paused = paused;
    ++writing;
    whenFinished(store->putSource(entry->source), q, [this](const Result<SourceConfig> &stored) {
        written();
        if (!stored) {
            qCWarning(lcSupervisor).noquote() << stored.error().sentence;
        }
    });
    if (!entry->thread) {
        ++entry->launches; // a token on its way from the vault is not to start it
        launch(*entry);
    } else if (paused) {
        entry->thread->pause();
    } else {
        entry->thread->resume();
    }
    Q_EMIT q->sourcesChanged();
}

void Supervisor::pause(SourceId id)
{
    d->setPaused(id, true);
}

void Supervisor::resume(SourceId id)
{
    d->setPaused(id, false);
}

void Supervisor::pollNow(SourceId id)
{
    Private::Entry *entry = d->find(id);
    if (!entry) {
        return;
    }
    if (entry->thread) {
        entry->thread->pollNow();
    } else if (entry->status.state == State::NeedsAttention) {
        d->launch(*entry); // the keychain may have been unlocked
    }
}

void Supervisor::pauseBackfill(SourceId id)
{
    d->tellThread(id, &SourceThread::pauseBackfill);
}

void Supervisor::resumeBackfill(SourceId id)
{
    d->tellThread(id, &SourceThread::resumeBackfill);
}

void Supervisor::cancelBackfill(SourceId id)
{
    d->tellThread(id, &SourceThread::cancelBackfill);
}

void Supervisor::fillGap(SourceId id, const event::TimeRange &range)
{
    if (const Private::Entry *entry = d->find(id); entry && !entry->thread) {
        store::Coverage(*d->store).want(id, range); // remembered, and read once the source runs
        store::Coverage(*d->store).setPaused(id, false);
    }
    d->tellThread(id, &SourceThread::fill, range);
}

} // namespace octotrail::collect
