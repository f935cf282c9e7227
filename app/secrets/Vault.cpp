// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/Vault.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace octotrail::secrets {

using event::Error;
using event::ErrorKind;
using event::Result;
using event::Status;

namespace {

QString service()
{
    return QStringLiteral("Octotrail");
}

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

/// Where D-Bus or its keychain service is missing, QtKeychain knows no better than OtherError; from a keychain that has
/// answered before that is a fault.
bool isWithoutKeychain(const QKeychain::Job &job, const std::optional<bool> &available)
{
    return job.error() == QKeychain::NoBackendAvailable || job.error() == QKeychain::NotImplemented
        || (job.error() == QKeychain::OtherError && !available.value_or(false));
}

/// job: finished, or null if it did not end in time.
Error errorOf(const QKeychain::Job *job)
{
    if (!job) {
        return {ErrorKind::Timeout,
            QObject::tr("The system's keychain does not answer. Unlock it and try again, or keep the token for this "
                        "session only.")};
    }
    const QString detail = job->errorString().simplified().left(200);
    switch (job->error()) {
    case QKeychain::EntryNotFound:
        return {ErrorKind::NotFound, QObject::tr("The keychain holds no API token for this source. Enter it again.")};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::Forbidden,
            QObject::tr(
                "The system's keychain denies access. Unlock it and allow Octotrail, or keep the token for this "
                "session only.")};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {ErrorKind::Unavailable,
            QObject::tr("This system has no keychain that answers (such as GNOME Keyring or KWallet). The token can be "
                        "kept for this session only.")};
    default:
        return {ErrorKind::Unavailable,
            QObject::tr("The system's keychain fails (%1). The token can be kept for this session only.").arg(detail)};
    }
}

Status statusOf(const QKeychain::Job *job)
{
    if (job && job->error() == QKeychain::NoError) {
        return {};
    }
    return tl::unexpected(errorOf(job));
}

} // namespace

Vault::Vault(QObject *parent)
    : Vault(Options(), parent)
{ }

Vault::Vault(Options options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{ }

Vault::~Vault()
{
    while (!m_session.isEmpty()) {
        forgetInSession(m_session.begin().key());
    }
}

void Vault::forgetInSession(const QString &key)
{
    const auto found = m_session.find(key);
    if (found != m_session.end()) {
        found->fill('\0');
        m_session.erase(found);
    }
}

/// Calls ended once: with the job, which lives for the call, or with null when the time is over.
void Vault::run(QKeychain::Job *job, std::chrono::milliseconds timeout, Ended ended)
{
    job->setInsecureFallback(false); // never in the clear on disk, whatever a default may become
    job->setAutoDelete(true);
    auto told = std::make_shared<Ended>(std::move(ended));
    const auto tell = [told](QKeychain::Job *finished) {
        if (const Ended now = std::exchange(*told, nullptr)) {
            now(finished);
        }
    };
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [timer, tell] {
        timer->deleteLater();
        tell(nullptr);
    });
    connect(job, &QKeychain::Job::finished, this, [timer = QPointer<QTimer>(timer), tell](QKeychain::Job *finished) {
        delete timer;
        tell(finished);
    });
    timer->start(timeout);
    job->start();
}

QFuture<bool> Vault::isKeychainAvailable()
{
    if (m_keychainAvailable) {
        const auto promise = begin<bool>();
        end(promise, *m_keychainAvailable);
        return promise->future();
    }
    if (!m_probe) {
        const auto promise = begin<bool>();
        m_probe = promise->future();
        auto *job = new QKeychain::ReadPasswordJob(service());
        job->setKey(QStringLiteral("octotrail/probe"));
        run(job, m_options.probe, [this, promise](QKeychain::Job *finished) {
            m_keychainAvailable = finished
                && (finished->error() == QKeychain::NoError || finished->error() == QKeychain::EntryNotFound);
            m_probe.reset();
            end(promise, *m_keychainAvailable);
        });
        return promise->future();
    }
    return *m_probe;
}

QFuture<Status> Vault::keep(const QString &key, const QByteArray &secret, Place place)
{
    const auto promise = begin<Status>();
    if (place == Place::Session) {
        forgetInSession(key);
        m_session.insert(key, secret);
        if (m_keychainAvailable.value_or(false)) {
            // Else the older one would come back when the session has ended.
            auto *job = new QKeychain::DeletePasswordJob(service());
            job->setKey(key);
            run(job, m_options.patience, [](QKeychain::Job *) {});
        }
        end(promise, Status());
        return promise->future();
    }
    auto *job = new QKeychain::WritePasswordJob(service());
    job->setKey(key);
    job->setBinaryData(secret);
    run(job, m_options.patience, [this, key, promise](QKeychain::Job *finished) {
        const Status status = statusOf(finished);
        if (status) {
            m_keychainAvailable = true;
            forgetInSession(key);
        }
        end(promise, status);
    });
    return promise->future();
}

QFuture<Result<QByteArray>> Vault::read(const QString &key)
{
    const auto promise = begin<Result<QByteArray>>();
    if (const auto kept = m_session.constFind(key); kept != m_session.cend()) {
        end(promise, Result<QByteArray>(*kept));
        return promise->future();
    }
    auto *job = new QKeychain::ReadPasswordJob(service());
    job->setKey(key);
    run(job, m_options.patience, [this, promise, job](QKeychain::Job *finished) {
        if (finished && finished->error() == QKeychain::NoError) {
            end(promise, Result<QByteArray>(job->binaryData()));
        } else if (finished && isWithoutKeychain(*finished, m_keychainAvailable)) {
            end(promise,
                Result<QByteArray>(event::failure(ErrorKind::NotFound,
                    tr("The API token is not kept any more: no keychain of this system answers, so that it was kept "
                       "for one session only. Enter it again."))));
        } else {
            end(promise, Result<QByteArray>(tl::unexpected(errorOf(finished))));
        }
    });
    return promise->future();
}

QFuture<Status> Vault::forget(const QString &key)
{
    forgetInSession(key);
    const auto promise = begin<Status>();
    auto *job = new QKeychain::DeletePasswordJob(service());
    job->setKey(key);
    run(job, m_options.patience, [this, promise](QKeychain::Job *finished) {
        // Where there is no keychain, or nothing in it, all is forgotten already.
        const bool isGone = finished
            && (finished->error() == QKeychain::EntryNotFound || isWithoutKeychain(*finished, m_keychainAvailable));
        end(promise, isGone ? Status() : statusOf(finished));
    });
    return promise->future();
}

} // namespace octotrail::secrets
