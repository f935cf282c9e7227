// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Scene.h"

#include "simulator/EventKinds.h"

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind evaluateSignOn{"policy.evaluate_sign_on", "", "Evaluation of sign-on policy"};
constexpr EventKind sessionEnd{"user.session.end", "core.user_auth.logout_success", "User logout from Okta"};
constexpr EventKind sso{"user.authentication.sso", "app.auth.sso", "User single sign on to app"};
constexpr EventKind viaMfa{
    "user.authentication.auth_via_mfa", "core.user.factor.attempt_success", "Authentication of user via MFA"};
constexpr EventKind viaMfaFailed{
    "user.authentication.auth_via_mfa", "core.user.factor.attempt_fail", "Authentication of user via MFA", "WARN"};
constexpr EventKind pushSent{"system.push.send_factor_verify_push", "", "Send Okta Verify push verify message"};
constexpr EventKind verify{"user.authentication.verify", "core.user_auth.login_success", "Verify user identity"};
constexpr EventKind authorizeCode{
    "app.oauth2.authorize.code", "app.oauth2.authorize.code_success", "OIDC authorization code request"};
constexpr EventKind grantIdToken{
    "app.oauth2.token.grant.id_token", "app.oauth2.token.grant.id_token_success", "OIDC id token is granted"};

} // namespace

Timestamp Scene::after(Timestamp t, std::chrono::milliseconds least, std::chrono::milliseconds most)
{
    return t
        + std::chrono::milliseconds(m_random.between(static_cast<int>(least.count()), static_cast<int>(most.count())));
}

Party Scene::user(const Person &person) const
{
    return {person.id, "User", person.login, person.displayName()};
}

Party Scene::userAs(std::string_view type, const Person &person) const
{
    Party party = user(person);
    party.type = type;
    return party;
}

Party Scene::app(const App &app)
{
    return {app.id, "AppInstance", std::string(app.label), std::string(app.label),
        R"({"signOnModeType":")"
            + std::string(app.protocol == Protocol::Saml      ? "SAML_2_0"
                    : app.protocol == Protocol::OpenIdConnect ? "OPENID_CONNECT"
                                                              : "BROWSER_PLUGIN")
            + R"("})"};
}

Party Scene::group(const Group &group)
{
    return {group.id, "UserGroup", "unknown", group.name};
}

Party Scene::policy(const Policy &policy)
{
    return {policy.id, "PolicyEntity", "unknown", std::string(policy.name),
        R"({"policyType":")" + std::string(policy.type) + R"("})"};
}

Party Scene::rule(const Policy &policy)
{
    return {policy.ruleId, "PolicyRule", "unknown", std::string(policy.ruleName)};
}

Party Scene::system()
{
    return {"00u00000000000000000", "SystemPrincipal", "system@okta.com", "Okta System"};
}

Client Scene::clientOf(const Person &person, bool phone)
{
    const Device &device = m_company.devices()[person.devices[phone && person.devices.size() > 1 ? 1 : 0]];
    const auto subscriber = static_cast<std::uint64_t>(std::stoull(person.employeeNumber));
    const bool onTheWay = device.isPhone() && m_random.chance(0.3);
    const bool inOffice = !onTheWay && !person.worksAtHome;
    const Network &network = onTheWay ? geography::mobileNetworks()[subscriber % geography::mobileNetworks().size()]
        : inOffice                    ? geography::officeNetwork(person.office)
                                      : *person.home;
    return {device.browser, {}, &device,
        {&geography::officePlaces()[person.office], &network, geography::address(network, person.office, subscriber),
            inOffice ? std::string_view("Offices") : std::string_view()},
        device.deviceToken, {}};
}

Client Scene::serviceClient(std::string_view userAgent) const
{
    const Network &network = geography::officeNetwork(0);
    return {nullptr, std::string(userAgent), nullptr,
        {&geography::officePlaces()[0], &network, geography::address(network, 0, 3), "Offices"}, {}, {}};
}

std::size_t Scene::colleague(std::size_t of)
{
    const auto count = static_cast<int>(m_company.people().size());
    for (;;) {
        const auto index = static_cast<std::size_t>(m_random.below(count));
        if (index != of && person(index).status == "ACTIVE") {
            return index;
        }
    }
}

Client Scene::strangeClient(const Place &place, const Network &network, const Browser &browser)
{
    return {&browser, {}, nullptr, {&place, &network, geography::address(network, 0, m_random.next()), {}},
        m_random.hex(64), {}};
}

EventDraft Scene::request(const EventKind &kind, Timestamp t, const Person &actor, const Client &client,
    std::string_view uri, const std::string &session)
{
    EventDraft draft;
    draft.published = t;
    draft.kind = kind;
    draft.actor = user(actor);
    draft.client = &client;
    draft.sessionId = session;
    draft.transactionId = m_random.hex(32);
    draft.requestUri = uri;
    return draft;
}

EventDraft Scene::job(const EventKind &kind, Timestamp t, Party actor)
{
    EventDraft draft;
    draft.published = t;
    draft.kind = kind;
    draft.actor = std::move(actor);
    draft.transactionType = "JOB";
    draft.transactionId = m_random.hex(32);
    return draft;
}

Session Scene::signIn(Timestamp t, std::size_t index, Client client, const Factor &second, const RiskView &risk)
{
    const Person &who = person(index);
    Session session{index, std::move(client), "102" + m_random.alphanumeric(22), t, t};
    EventDraft challenge = request(evaluateSignOn, t, who, session.client, "/idp/idx/identify", session.id);
    challenge.result = "CHALLENGE";
    challenge.reason = "Sign-on policy evaluation resulted in CHALLENGE";
    challenge.targets = {policy(m_company.sessionPolicy()), rule(m_company.sessionPolicy())};
    challenge.risk = risk;
    challenge.debugData
        = {{"authnRequestId", m_random.hex(32)}, {"deviceFingerprint", session.client.deviceToken.substr(0, 32)}};
    emit(challenge);
    t = after(t, 2s, 9s);
    if (second.name != factors::fastPass.name) {
        t = verifyFactor(t, who, session.client, factors::password, session.id, "SUCCESS", {}, risk);
        t = after(t, 500ms, 3s);
    }
    t = verifyFactor(t, who, session.client, second, session.id, "SUCCESS", {}, risk);

    EventDraft start = request(
        kinds::sessionStart, after(t, 20ms, 90ms), who, session.client, "/idp/idx/challenge/answer", session.id);
    start.authenticationProvider = "OKTA_AUTHENTICATION_PROVIDER";
    start.credentialProvider = second.credentialProvider;
    start.credentialType = second.credentialType;
    start.targets = {app(m_company.dashboard())};
    start.risk = risk;
    start.debugData
        = {{"authnRequestId", m_random.hex(32)}, {"deviceFingerprint", session.client.deviceToken.substr(0, 32)}};
    emit(start);
    session.begin = start.published;
    session.end = openApp(after(start.published, 100ms, 900ms), session, m_company.dashboard(), risk);
    return session;
}

Timestamp Scene::failedPassword(Timestamp t, const Person &who, const Client &client, const RiskView &risk)
{
    EventDraft failed = request(kinds::sessionFailed, t, who, client, "/idp/idx/challenge/answer");
    failed.result = "FAILURE";
    failed.reason = "INVALID_CREDENTIALS";
    failed.authenticationProvider = "OKTA_AUTHENTICATION_PROVIDER";
    failed.credentialType = "PASSWORD";
    failed.risk = risk;
    failed.debugData = {{"loginResult", "INVALID_CREDENTIALS"}, {"authnRequestId", m_random.hex(32)}};
    emit(failed);
    return t;
}

Timestamp Scene::verifyFactor(Timestamp t, const Person &who, const Client &client, const Factor &factor,
    const std::string &session, std::string_view result, std::string reason, const RiskView &risk)
{
    const std::string transaction = m_random.hex(32);
    if (factor.name == factors::push.name) {
        EventDraft sent = request(pushSent, t, who, client, "/idp/idx/challenge", session);
        sent.transactionId = transaction;
        sent.targets = {user(who)};
        sent.debugData = {{"factor", std::string(factor.name)}};
        emit(sent);
        t = after(t, 3s, 14s);
    }
    EventDraft tried
        = request(result == "SUCCESS" ? viaMfa : viaMfaFailed, t, who, client, "/idp/idx/authenticators/poll", session);
    tried.transactionId = transaction;
    tried.result = result;
    tried.reason = std::move(reason);
    tried.authenticationProvider = "FACTOR_PROVIDER";
    tried.credentialProvider = factor.credentialProvider;
    tried.credentialType = factor.credentialType;
    tried.targets = {user(who), {m_random.id("aut"), "AuthenticatorEnrollment", "unknown", std::string(factor.name)}};
    tried.risk = risk;
    tried.debugData = {{"factor", std::string(factor.name)}, {"authnRequestId", m_random.hex(32)}};
    emit(tried);
    return t;
}

Timestamp Scene::openApp(Timestamp t, const Session &session, const App &target, const RiskView &risk)
{
    const Person &who = person(session.person);
    const std::string uri = target.protocol == Protocol::Saml ? "/app/" + std::string(target.name) + "/sso/saml"
        : target.protocol == Protocol::OpenIdConnect          ? "/oauth2/v1/authorize"
                                                              : "/app/" + std::string(target.name) + "/login";
    const std::string transaction = m_random.hex(32);
    EventDraft allowed = request(evaluateSignOn, t, who, session.client, uri, session.id);
    allowed.transactionId = transaction;
    allowed.result = "ALLOW";
    allowed.reason = "Sign-on policy evaluation resulted in ALLOW";
    allowed.targets = {policy(m_company.appPolicy()), rule(m_company.appPolicy()), app(target)};
    allowed.risk = risk;
    emit(allowed);

    t = after(t, 5ms, 60ms);
    EventDraft opened = request(sso, t, who, session.client, uri, session.id);
    opened.transactionId = transaction;
    opened.targets = {app(target), {m_random.id("0ua"), "AppUser", who.login, who.displayName()}};
    opened.authenticationProvider = "OKTA_AUTHENTICATION_PROVIDER";
    opened.debugData = {{"initiationType", m_random.chance(0.7) ? "IDP_INITIATED" : "SP_INITIATED"},
        {"signOnMode",
            target.protocol == Protocol::Saml                ? "SAML 2.0"
                : target.protocol == Protocol::OpenIdConnect ? "OpenID Connect"
                                                             : "Secure Web Authentication"}};
    emit(opened);
    if (target.protocol != Protocol::OpenIdConnect) {
        return t;
    }
    for (const EventKind &kind : {authorizeCode, kinds::accessToken, grantIdToken}) {
        t = after(t, 20ms, 400ms);
        EventDraft granted = request(kind, t, who, session.client,
            kind.type == authorizeCode.type ? "/oauth2/v1/authorize" : "/oauth2/v1/token", session.id);
        granted.targets = {app(target)};
        granted.debugData = {{"grantType", "authorization_code"}, {"requestedScopes", "openid,profile,email"},
            {"grantedScopes", "openid,profile,email"}, {"clientAuthType", "PrivateKeyJwt"}};
        emit(granted);
    }
    return t;
}

void Scene::signOut(Timestamp t, const Session &session)
{
    EventDraft ended = request(sessionEnd, t, person(session.person), session.client, "/login/signout", session.id);
    emit(ended);
}

} // namespace octotrail::simulator
