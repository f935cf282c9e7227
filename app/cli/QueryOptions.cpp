// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/QueryOptions.h"

#include "filter/Expression.h"
#include "store/Cases.h"

#include <QDir>
#include <QFileInfo>
#include <QObject>

namespace octotrail::cli {

using event::ErrorKind;
using event::failure;

void QueryOptions::declare(CLI::App &options)
{
    options.add_option("--filter", m_filter, "An expression such as: eventType eq \"user.session.start\"")
        ->type_name("EXPR");
    options.add_option("--search", m_search, "Words that all occur in the event; \"quoted words\" are one phrase")
        ->type_name("WORDS");
    options.add_option("--since", m_since, "Events published at this moment or later (2026-08-01T00:00:00Z)")
        ->type_name("TIME");
    options.add_option("--until", m_until, "Events published before this moment")->type_name("TIME");
}

event::Result<store::EventQuery> QueryOptions::query() const
{
    store::EventQuery query;
    query.descending = false;
    auto expression = filter::parse(m_filter);
    if (!expression) {
        event::Error error = expression.error();
        error.sentence = QStringLiteral("--filter: ") + filterErrorText(error);
        return tl::unexpected(error);
    }
    query.expression = *expression;
    query.words = filter::splitWords(m_search);
    if (!m_since.empty()) {
        const auto since = readTime(m_since, QStringLiteral("--since"));
        if (!since) {
            return tl::unexpected(since.error());
        }
        query.range.since = *since;
    }
    if (!m_until.empty()) {
        const auto until = readTime(m_until, QStringLiteral("--until"));
        if (!until) {
            return tl::unexpected(until.error());
        }
        query.range.until = *until;
    }
    if (query.range.since && query.range.until && *query.range.since >= *query.range.until) {
        return failure(ErrorKind::InvalidInput, QObject::tr("--since must be before --until."));
    }
    return query;
}

event::Result<event::Timestamp> readTime(const std::string &text, const QString &option)
{
    if (const auto time = event::parseTimestamp(text)) {
        return *time;
    }
    return failure(ErrorKind::InvalidInput,
        QObject::tr("%1: \"%2\" is no time. Write it like 2026-08-13T15:58:20Z, or a date alone.")
            .arg(option, QString::fromStdString(text)));
}

QString filterErrorText(const event::Error &error)
{
    if (error.column <= 0) {
        return error.sentence;
    }
    return QObject::tr("Column %1: %2").arg(error.column).arg(error.sentence);
}

event::Result<std::shared_ptr<store::Store>> openStore(const CommonOptions &common, bool create)
{
    const QString file = common.storeFile.isEmpty() ? store::Store::defaultFile() : common.storeFile;
    if (!create && !QFileInfo::exists(file)) {
        return failure(ErrorKind::NotFound,
            QObject::tr("There is no store %1 yet: collect or import events into it first.")
                .arg(QDir::toNativeSeparators(file)));
    }
    if (common.readOnly) {
        return store::openReadOnly(file);
    }
    store::Store::Options options;
    options.create = create;
    return store::Store::open(file, options);
}

} // namespace octotrail::cli
