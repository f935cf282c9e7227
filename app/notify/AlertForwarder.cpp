// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "notify/AlertForwarder.h"

#include "store/AlertJson.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>

namespace octotrail::notify {

using namespace Qt::StringLiterals;

namespace {

/// Where it goes, without what may be secret in an address.
QString shortTarget(const QString &target, bool isWebhook)
{
    return isWebhook ? QUrl(target).host() : QProcess::splitCommand(target).value(0);
}

} // namespace

AlertForwarder::AlertForwarder(store::Alerts &alerts, QObject *parent)
    : QObject(parent)
    , m_alerts(alerts)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    connect(&m_alerts, &store::Alerts::changed, this, &AlertForwarder::take);
}

AlertForwarder::~AlertForwarder()
{
    for (QProcess *process : findChildren<QProcess *>()) {
        process->disconnect(this);
        process->kill();
        process->waitForFinished(1000);
    }
}

event::Status AlertForwarder::checkWebhook(const QString &webhook)
{
    const QUrl url(webhook.trimmed(), QUrl::StrictMode);
    const bool isLoopback = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)) {
        return event::failure(
            event::ErrorKind::InvalidInput, tr("A web address looks like https://hooks.example.com/octotrail."));
    }
    if (!url.userInfo().isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput,
            tr("The address holds a name or a password. It would be stored readable; leave it out."));
    }
    if (url.scheme() == "http"_L1 && !isLoopback) {
        return event::failure(event::ErrorKind::InvalidInput,
            tr("An alert names people and addresses: send it by https. http is for this machine alone."));
    }
    return {};
}

event::Status AlertForwarder::checkCommand(const QString &command)
{
    const QStringList parts = QProcess::splitCommand(command);
    if (parts.isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput, tr("Name a program."));
    }
    const QString &program = parts.front();
    const bool isThere = program.contains(u'/') ? QFileInfo(program).isExecutable() && QFileInfo(program).isFile()
                                                : !QStandardPaths::findExecutable(program).isEmpty();
    if (!isThere) {
        return event::failure(event::ErrorKind::NotFound, tr("There is no program %1 that could be run.").arg(program));
    }
    return {};
}

void AlertForwarder::take(const store::AlertChange &change)
{
    for (const store::Alert &alert : change.raised) {
        if (alert.state == store::AlertState::Recorded) {
            continue;
        }
        const Route &route = m_routes.at(static_cast<std::size_t>(alert.severity));
        for (const bool isWebhook : {true, false}) {
            const QString target = (isWebhook ? route.webhook : route.command).trimmed();
            if (target.isEmpty()) {
                continue;
            }
            if (m_underWay >= mostUnderWay) {
                if (!std::exchange(m_full, true)) {
                    Q_EMIT failed(alert.id,
                        tr("Too many alerts wait to be sent to %1; further ones are not sent.")
                            .arg(shortTarget(target, isWebhook)));
                }
                continue;
            }
            m_full = false;
            ++m_underWay;
            start({alert.id, alert.title, target, isWebhook,
                QByteArray::fromStdString(store::alertJson(alert, m_names.value(alert.source))), 0, false});
        }
    }
}

void AlertForwarder::test(const Routes &routes)
{
    store::Alert alert;
    alert.ruleId = u"octotrail.test"_s;
    alert.ruleTitle = alert.title = tr("A test of Octotrail: no alert");
    alert.first = alert.last = alert.raised = event::now();
    QStringList known;
    for (std::size_t severity = routes.size(); severity-- > 0;) {
        alert.severity = static_cast<store::AlertSeverity>(severity);
        for (const bool isWebhook : {true, false}) {
            const QString target = (isWebhook ? routes[severity].webhook : routes[severity].command).trimmed();
            if (!target.isEmpty() && !known.contains(target)) {
                known << target;
                ++m_underWay;
                start({0, alert.title, target, isWebhook, QByteArray::fromStdString(store::alertJson(alert, {})), 0,
                    true});
            }
        }
    }
}

void AlertForwarder::start(Delivery delivery)
{
    ++delivery.tries;
    const event::Status good = delivery.isWebhook ? checkWebhook(delivery.target) : checkCommand(delivery.target);
    if (!good) {
        delivery.tries = m_pace.waits.size() + 1; // waiting mends no setting
        end(std::move(delivery), good.error().sentence);
    } else if (delivery.isWebhook) {
        post(delivery);
    } else {
        run(delivery);
    }
}

void AlertForwarder::post(const Delivery &delivery)
{
    QNetworkRequest request{QUrl(delivery.target)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Octotrail/" OCTOTRAIL_VERSION ""_s);
    request.setTransferTimeout(static_cast<int>(m_pace.timeout.count()));
    QNetworkReply *reply = m_network.post(request, delivery.payload);
    connect(reply, &QNetworkReply::finished, this, [this, reply, delivery] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 200 && status < 300) {
            end(delivery, {});
        } else {
            end(delivery, status != 0 ? tr("the answer was HTTP %1").arg(status) : reply->errorString());
        }
    });
}

void AlertForwarder::run(const Delivery &delivery)
{
    QStringList arguments = QProcess::splitCommand(delivery.target);
    auto *process = new QProcess(this);
    process->setProgram(arguments.takeFirst());
    process->setArguments(arguments);
    process->setStandardOutputFile(QProcess::nullDevice());
    auto *timeout = new QTimer(process);
    timeout->setSingleShot(true);
    connect(timeout, &QTimer::timeout, process, &QProcess::kill);
    const auto done = [this, process, delivery](const QString &fault) {
        process->disconnect(this);
        process->deleteLater();
        end(delivery, fault);
    };
    connect(process, &QProcess::errorOccurred, this, [process, done](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            done(process->errorString());
        }
    });
    connect(process, &QProcess::finished, this, [this, process, done, timeout](int code, QProcess::ExitStatus status) {
        if (status == QProcess::NormalExit && code == 0) {
            done({});
            return;
        }
        const QString said = QString::fromUtf8(process->readAllStandardError()).simplified().left(200);
        done(!timeout->isActive()               ? tr("it did not end in time")
                : status == QProcess::CrashExit ? tr("it crashed")
                : said.isEmpty()                ? tr("it ended with %1").arg(code)
                                                : tr("it ended with %1: %2").arg(code).arg(said));
    });
    process->start();
    timeout->start(m_pace.timeout);
    process->write(delivery.payload + '\n');
    process->closeWriteChannel();
}

void AlertForwarder::end(Delivery delivery, const QString &fault)
{
    if (delivery.isTest) {
        --m_underWay;
        Q_EMIT tested(shortTarget(delivery.target, delivery.isWebhook), fault);
        return;
    }
    if (fault.isEmpty()) {
        --m_underWay;
        Q_EMIT delivered(delivery.alert);
        return;
    }
    if (delivery.tries <= m_pace.waits.size()) {
        const auto wait = m_pace.waits[delivery.tries - 1];
        QTimer::singleShot(wait, this, [this, delivery = std::move(delivery)] { start(delivery); });
        return;
    }
    --m_underWay;
    Q_EMIT failed(delivery.alert,
        tr("The alert \u201c%1\u201d could not be sent to %2: %3")
            .arg(delivery.title, shortTarget(delivery.target, delivery.isWebhook), fault));
}

} // namespace octotrail::notify
