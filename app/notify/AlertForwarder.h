// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Alerts.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <array>
#include <chrono>
#include <vector>

class QProcess;

namespace octotrail::notify {

/// Sends each newly raised alert, as JSON, to where its severity's alerts go: posts it to a web address, gives it to a
/// command on its standard input. Tries again with growing waits, then gives up and says so. Nothing of it is secret:
/// no token, no key, and the environment of the command is the application's own. Redirects are not followed.
class AlertForwarder : public QObject
{
    Q_OBJECT

public:
    struct Route
    {
        QString webhook; ///< https, or http to a loopback address; empty for none
        QString command; ///< a program and its arguments, quoted as in a shell, but run without one; empty for none
        bool operator==(const Route &) const = default;
    };
    using Routes = std::array<Route, store::alertSeverities>; ///< by severity

    /// Waits between tries; after the last one it gives up.
    struct Pace
    {
        std::vector<std::chrono::milliseconds> waits{
            std::chrono::seconds(5), std::chrono::seconds(30), std::chrono::minutes(2), std::chrono::minutes(10)};
        std::chrono::milliseconds timeout{std::chrono::seconds(30)};
    };

    explicit AlertForwarder(store::Alerts &alerts, QObject *parent = nullptr);
    ~AlertForwarder() override;

    void setRoutes(const Routes &routes) { m_routes = routes; }
    void setPace(const Pace &pace) { m_pace = pace; }
    void setSourceNames(const QHash<store::SourceId, QString> &names) { m_names = names; }

    /// Sends an invented alert to each target of these routes, once: what comes of it is tested().
    void test(const Routes &routes);

    /// Whether an address or a command could be used; says what is wrong.
    static event::Status checkWebhook(const QString &webhook);
    static event::Status checkCommand(const QString &command);

    /// Deliveries on their way, waiting ones too.
    int underWay() const { return m_underWay; }
    static constexpr int mostUnderWay = 1000; ///< more are not taken on: something raises alerts without an end

Q_SIGNALS:
    void delivered(octotrail::store::AlertId alert);
    /// Given up: a sentence that says what, where and why.
    void failed(octotrail::store::AlertId alert, const QString &sentence);
    /// Of test(): where to, and what went wrong; no fault if it arrived.
    void tested(const QString &target, const QString &fault);

private:
    struct Delivery
    {
        store::AlertId alert = 0;
        QString title;
        QString target;
        bool isWebhook = false;
        QByteArray payload;
        std::size_t tries = 0;
        bool isTest = false;
    };

    void take(const store::AlertChange &change);
    void start(Delivery delivery);
    void post(const Delivery &delivery);
    void run(const Delivery &delivery);
    void end(Delivery delivery, const QString &fault);

    store::Alerts &m_alerts;
    Routes m_routes;
    Pace m_pace;
    QHash<store::SourceId, QString> m_names;
    QNetworkAccessManager m_network;
    int m_underWay = 0;
    bool m_full = false;
};

} // namespace octotrail::notify
