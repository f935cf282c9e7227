// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/CardSpec.h"

#include "filter/Expression.h"
#include "store/DocumentBody.h"

#include <QCoreApplication>
#include <QVariantMap>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostCards = 40;
constexpr int mostBars = 40;

QString text(const char *words)
{
    return QCoreApplication::translate("Dashboard", words);
}

QString startsWithAny(std::initializer_list<const char *> beginnings)
{
    QString filter;
    for (const char *beginning : beginnings) {
        filter += (filter.isEmpty() ? QString() : u" or "_s)
            + u"eventType sw \"%1\""_s.arg(QString::fromLatin1(beginning));
    }
    return filter;
}

QString kindName(ChartKind kind)
{
    switch (kind) {
    case ChartKind::Time:
        return u"time"_s;
    case ChartKind::Map:
        return u"map"_s;
    case ChartKind::Bars:
        break;
    }
    return u"bars"_s;
}

std::optional<ChartKind> kindOf(const QString &name)
{
    for (const ChartKind kind : {ChartKind::Bars, ChartKind::Time, ChartKind::Map}) {
        if (kindName(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<CardSpec> usualCards()
{
    const auto bars = [](const char *path, const char *stack) {
        return ChartSpec{ChartKind::Bars, QString::fromLatin1(path), QString::fromLatin1(stack), 6};
    };
    return {
        {text("Sign-ins by outcome"), u"eventType eq \"user.session.start\""_s,
            {ChartKind::Time, u"outcome.result"_s, {}, 6}, false},
        {text("MFA by factor"), u"eventType eq \"user.authentication.auth_via_mfa\""_s,
            bars("debugContext.debugData.factor", "outcome.result"), false},
        {text("Top failing actors"), u"outcome.result in (\"FAILURE\", \"DENY\")"_s, bars("actor.alternateId", ""),
            false},
        {text("New countries"), u"client.geographicalContext.country pr"_s,
            bars("client.geographicalContext.country", ""), true},
        {text("Admin actions"),
            startsWithAny({"user.session.access_admin_app", "user.account.privilege", "group.privilege", "iam.",
                "user.lifecycle.", "user.mfa.factor.reset", "application.lifecycle.", "system.api_token.",
                "group.user_membership."}),
            bars("eventType", "outcome.result"), false},
        {text("Policy changes"),
            startsWithAny(
                {"policy.lifecycle.", "policy.rule.", "zone.", "security.authenticator.", "system.idp.lifecycle."}),
            bars("eventType", "actor.alternateId"), false},
    };
}

QByteArray cardsToBody(const std::vector<CardSpec> &cards)
{
    QVariantList list;
    for (const CardSpec &card : cards) {
        list << QVariantMap{{u"title"_s, card.title}, {u"filter"_s, card.filter},
            {u"chart"_s, kindName(card.chart.kind)}, {u"path"_s, card.chart.path}, {u"stack"_s, card.chart.stack},
            {u"limit"_s, card.chart.limit}, {u"onlyNew"_s, card.onlyNew}};
    }
    return store::writeBody({{u"cards"_s, list}});
}

event::Result<std::vector<CardSpec>> cardsFromBody(const QByteArray &body)
{
    return store::readBody(body).map([](const QVariantMap &members) {
        std::vector<CardSpec> cards;
        for (const QVariant &value : members.value(u"cards"_s).toList()) {
            const QVariantMap card = value.toMap();
            const auto kind = kindOf(card.value(u"chart"_s).toString());
            const QString filter = card.value(u"filter"_s).toString();
            if (!kind || !filter::parseInput(filter.toStdString()) || cards.size() >= mostCards) {
                continue;
            }
            cards.push_back({card.value(u"title"_s).toString(), filter,
                {*kind, card.value(u"path"_s).toString(), card.value(u"stack"_s).toString(),
                    std::clamp(card.value(u"limit"_s).toInt(), 1, mostBars)},
                card.value(u"onlyNew"_s).toBool()});
        }
        return cards;
    });
}

} // namespace octotrail::ui
