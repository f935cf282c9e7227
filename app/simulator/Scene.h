// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/EventDraft.h"
#include "simulator/Random.h"

#include <functional>

namespace octotrail::simulator {

/// Someone signed in, on one device, from one place.
struct Session
{
    std::size_t person = 0;
    Client client;
    std::string id;
    event::Timestamp begin;
    event::Timestamp end;
};

/// How a factor shows in events.
struct Factor
{
    std::string_view name; ///< debugData.factor
    std::string_view credentialProvider;
    std::string_view credentialType;
};

namespace factors {
inline constexpr Factor password{"PASSWORD_AS_FACTOR", "OKTA_CREDENTIAL_PROVIDER", "PASSWORD"};
inline constexpr Factor push{"OKTA_VERIFY_PUSH", "OKTA_CREDENTIAL_PROVIDER", "OTP"};
inline constexpr Factor fastPass{"SIGNED_NONCE", "OKTA_CREDENTIAL_PROVIDER", "SIGNED_NONCE"};
inline constexpr Factor totp{"OKTA_SOFT_TOKEN", "OKTA_CREDENTIAL_PROVIDER", "OTP"};
inline constexpr Factor sms{"SMS_FACTOR", "OKTA_CREDENTIAL_PROVIDER", "OTP"};
inline constexpr Factor securityKey{"FIDO_WEBAUTHN", "FIDO", "ASSURANCE"};
} // namespace factors

/// The vocabulary in which activities and stories tell what happens; every call writes events that hang together.
/// Times given are those of the first event; what returns a time returns that of the last.
class Scene
{
public:
    using Timestamp = event::Timestamp;
    using Sink = std::function<void(const EventDraft &)>;

    Scene(const Company &company, Random &random, Sink sink)
        : m_company(company)
        , m_random(random)
        , m_sink(std::move(sink))
    { }

    const Company &company() const { return m_company; }
    const Person &person(std::size_t index) const { return m_company.people()[index]; }
    Random &random() { return m_random; }
    /// Somewhat later: between two moments a human or a machine apart.
    Timestamp after(Timestamp t, std::chrono::milliseconds least, std::chrono::milliseconds most);

    Party user(const Person &person) const;
    Party userAs(std::string_view type, const Person &person) const;
    static Party app(const App &app);
    static Party group(const Group &group);
    static Party policy(const Policy &policy);
    static Party rule(const Policy &policy);
    static Party system();

    /// A person's own device, at home, in the office, or for phones perhaps on the way.
    Client clientOf(const Person &person, bool phone = false);
    /// A program that calls the API from the company's own servers.
    Client serviceClient(std::string_view userAgent) const;
    /// A device nobody knows, in this place.
    Client strangeClient(const Place &place, const Network &network, const Browser &browser);

    /// A draft of an event that a request by this person caused, as its own transaction.
    EventDraft request(const EventKind &kind, Timestamp t, const Person &actor, const Client &client,
        std::string_view uri, const std::string &session = {});
    EventDraft by(const Session &session, const EventKind &kind, Timestamp t, std::string_view uri)
    {
        return request(kind, t, person(session.person), session.client, uri, session.id);
    }
    /// A draft of an event that no request caused.
    EventDraft job(const EventKind &kind, Timestamp t, Party actor);
    /// Someone who can sign in; other than the one given.
    std::size_t colleague(std::size_t of);
    void emit(const EventDraft &draft) { m_sink(draft); }

    /// The whole way in: policy, password, second factor, session, dashboard.
    Session signIn(Timestamp t, std::size_t person, Client client, const Factor &second, const RiskView &risk = {});
    Timestamp failedPassword(Timestamp t, const Person &person, const Client &client, const RiskView &risk = {});
    Timestamp verifyFactor(Timestamp t, const Person &person, const Client &client, const Factor &factor,
        const std::string &session, std::string_view result = "SUCCESS", std::string reason = {},
        const RiskView &risk = {});
    Timestamp openApp(Timestamp t, const Session &session, const App &app, const RiskView &risk = {});
    void signOut(Timestamp t, const Session &session);

private:
    const Company &m_company;
    Random &m_random;
    Sink m_sink;
};

} // namespace octotrail::simulator
