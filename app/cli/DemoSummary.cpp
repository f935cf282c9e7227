// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/DemoSummary.h"

#include "cli/TextTable.h"
#include "filter/Expression.h"

#include <QLocale>
#include <QObject>

namespace octotrail::cli {

namespace {

constexpr int typesShown = 8;
constexpr std::size_t failuresShown = 12;

QString cell(const event::LogEvent &event, event::FieldId field)
{
    const auto text = event.text(field);
    return text ? QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size())) : QString();
}

event::Result<QString> typeTable(store::Store &store)
{
    const auto counts = store.countBy({}, "eventType", typesShown).result();
    if (!counts) {
        return tl::unexpected(counts.error());
    }
    TextTable table({{QObject::tr("EVENTS"), 12, true}, {QObject::tr("EVENT TYPE"), 60, false}});
    for (const auto &[value, count] : *counts) {
        table.addRow(
            {QLocale(QLocale::English).toString(static_cast<qlonglong>(count)), QString::fromStdString(value)});
    }
    return table.toString();
}

event::Result<QString> failureTable(store::Store &store)
{
    const auto expression = filter::parse(R"(outcome.result in ("FAILURE", "DENY"))");
    if (!expression) {
        return tl::unexpected(expression.error());
    }
    store::EventQuery query;
    query.expression = *expression;
    query.descending = true;
    std::int64_t total = 0;
    std::size_t shown = 0;
    TextTable table({{QObject::tr("TIME (UTC)"), 24, false}, {QObject::tr("EVENT TYPE"), 38, false},
        {QObject::tr("ACTOR"), 30, false}, {QObject::tr("CLIENT IP"), 39, false}, {QObject::tr("COUNTRY"), 16, false},
        {QObject::tr("OUTCOME"), 10, false}, {QObject::tr("REASON"), 30, false}});
    const auto status = store.forEachEvent(
        query, [&](std::int64_t count) { total = count; },
        [&](const store::StoredEvent &stored) {
            using namespace event::field;
            const event::LogEvent &event = stored.event;
            table.addRow({cell(event, Published), cell(event, EventType), cell(event, ActorAlternateId),
                cell(event, ClientIpAddress), cell(event, ClientCountry), cell(event, OutcomeResult),
                cell(event, OutcomeReason)});
            return ++shown < failuresShown;
        },
        {});
    if (!status) {
        return tl::unexpected(status.error());
    }
    return QObject::tr("The newest of %1 failures:")
               .arg(QLocale(QLocale::English).toString(static_cast<qlonglong>(total)))
        + u'\n' + table.toString();
}

} // namespace

event::Result<QString> summarize(store::Store &store)
{
    const auto events = store.count({}).result();
    if (!events) {
        return tl::unexpected(events.error());
    }
    const auto users = store.profiles(store::ProfileKind::User, {}, {}).result();
    if (!users) {
        return tl::unexpected(users.error());
    }
    const auto devices = store.profiles(store::ProfileKind::Device, {}, {}).result();
    if (!devices) {
        return tl::unexpected(devices.error());
    }
    const auto types = typeTable(store);
    if (!types) {
        return types;
    }
    const auto failures = failureTable(store);
    if (!failures) {
        return failures;
    }
    const QLocale locale = QLocale(QLocale::English);
    return QObject::tr("%1 events, %2 users, %3 devices.")
               .arg(locale.toString(static_cast<qlonglong>(*events)),
                   locale.toString(static_cast<qlonglong>(users->size())),
                   locale.toString(static_cast<qlonglong>(devices->size())))
        + QStringLiteral("\n\n") + *types + u'\n' + *failures;
}

} // namespace octotrail::cli
