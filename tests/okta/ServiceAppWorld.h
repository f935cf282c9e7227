// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Client.h"
#include "simulator/Simulator.h"
#include "simulator/TokenEndpoint.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

namespace octotrail::tests {

/// A simulated organization with one service app, and clients of it.
struct ServiceAppWorld
{
    using Simulator = simulator::Simulator;

    explicit ServiceAppWorld(Simulator::Options options = {})
    {
        if (options.clients.isEmpty()) {
            options.clients = {{appId, jose::Key::generate(jose::Key::Type::P256), keyId}};
        }
        options.live = false;
        options.users = 20;
        options.history = std::chrono::hours(1);
        options.historyEventsPerMinute = 5;
        options.logsPerWindow = 10'000;
        auto started = Simulator::start(options);
        if (started) {
            organization = *std::move(started);
        }
    }

    QUrl url(const QString &path) const { return organization->origin().resolved(QUrl(path)); }

    okta::Credentials credentials(
        const QStringList &scopes = {okta::scope::logs, okta::scope::users, okta::scope::devices}) const
    {
        const simulator::OAuthClient app = organization->serviceApp();
        return credentialsWith(app.key, app.keyId, scopes);
    }
    okta::Credentials credentialsWith(
        const jose::Key &key, const QString &kid = {}, const QStringList &scopes = {okta::scope::logs}) const
    {
        return *okta::Credentials::serviceApp(
            organization->serviceApp().id, QJsonDocument(key.privateJwk()).toJson(QJsonDocument::Compact), kid, scopes);
    }

    /// Asks and waits for the answer.
    static okta::Answer ask(okta::Client &client, const QUrl &address)
    {
        std::optional<okta::Answer> got;
        const auto call = client.get(address, [&](const okta::Answer &answer) { got = answer; });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000)) {
            okta::Fault fault;
            fault.error.sentence = QStringLiteral("no answer in the test's time");
            return tl::unexpected(fault);
        }
        return *got;
    }

    qint64 tokenRequests() const { return organization->requestCount(QStringLiteral("/oauth2/v1/token")); }

    inline static const QString appId = QStringLiteral("0oatestsapp1234567890");
    inline static const QString keyId = QStringLiteral("key-of-the-tests");
    std::unique_ptr<Simulator> organization;
};

} // namespace octotrail::tests
