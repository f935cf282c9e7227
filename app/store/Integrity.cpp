// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Integrity.h"

#include "store/EventWalk.h"
#include "store/FilterCheck.h"
#include "store/IntegrityChain.h"
#include "store/RowCheck.h"
#include "store/SearchRunner.h"
#include "store/StorePrivate.h"
#include "store/ValueCounts.h"

#include <QLocale>
#include <QObject>
#include <algorithm>

namespace octotrail::store {

namespace {

constexpr qsizetype mostProblems = 100;
/// Rows derived again at a time, to bound the memory.
constexpr std::size_t rowsAtOnce = 50'000;
constexpr std::int64_t eventsBetweenProgress = 10'000;

QString number(std::int64_t n)
{
    return QLocale().toString(static_cast<qlonglong>(n));
}

/// One verification.
class Verification
{
public:
    Verification(duckdb::Connection &connection, const Integrity::Options &options,
        const std::function<void(Integrity::Progress)> &progress, const std::stop_token &stop)
        : m_connection(connection)
        , m_options(options)
        , m_progress(progress)
        , m_stop(stop)
        , m_rows(connection)
    { }

    event::Result<IntegrityReport> run()
    {
        return checkChain()
            .and_then([this] { return m_options.checkColumns ? m_rows.begin() : event::Status{}; })
            .and_then([this] { return checkEvents(); })
            .and_then([this] { return checkValueCounts(); })
            .map([this] { return m_report; });
    }

private:
    event::Status checkChain();
    event::Status checkEvents();
    void take(const WalkedEvent &event);
    void closeRange();
    event::Status checkRows();
    event::Status checkFilters(std::span<const BlockPtr> blocks);
    event::Status checkValueCounts();
    void tell(const QString &problem);

    duckdb::Connection &m_connection;
    const Integrity::Options &m_options;
    const std::function<void(Integrity::Progress)> &m_progress;
    std::stop_token m_stop;

    IntegrityReport m_report;
    std::map<Seq, ExpectedRange> m_ranges;
    std::map<Seq, ExpectedRange>::const_iterator m_range; ///< the one that is gone through
    RangeContent m_content; ///< of its events so far
    std::int64_t m_total = 0;
    std::int64_t m_unrecorded = 0; ///< events in no range
    RowCheck m_rows;
    event::Status m_status;
};

void Verification::tell(const QString &problem)
{
    ++m_report.flaws;
    if (m_report.problems.size() < mostProblems) {
        m_report.problems.append(problem);
    }
}

event::Status Verification::checkChain()
{
    const auto entries = readChain(m_connection);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    std::string before;
    bool hasHead = m_options.expectedHead.isEmpty();
    std::int64_t expected = 0;
    for (const ChainEntry &entry : *entries) {
        ++expected;
        if (entry.number != expected || entry.chain != chainOf(entry, before)) {
            tell(QObject::tr("The chain is broken at entry %1 of %2: it, or one before it, was changed, added or taken "
                             "away.")
                     .arg(number(entry.number), QString::fromStdString(entry.at).left(40)));
            expected = entry.number;
        }
        if (entry.kind == ChainKind::Damaged) {
            tell(QObject::tr("Entry %1 of %2 records that events had been changed when others of their range were "
                             "removed.")
                     .arg(number(entry.number), QString::fromStdString(entry.at).left(40)));
        }
        m_report.removals += entry.kind == ChainKind::Removed || entry.kind == ChainKind::Damaged ? 1 : 0;
        m_report.recoveries += entry.kind == ChainKind::Recovered ? 1 : 0;
        before = entry.chain;
        hasHead = hasHead || m_options.expectedHead == QString::fromStdString(entry.chain);
    }
    m_report.entries = static_cast<std::int64_t>(entries->size());
    m_report.head = QString::fromStdString(before);
    m_report.hasExpectedHead = hasHead;
    m_ranges = expectedRanges(*entries);
    return {};
}

event::Status Verification::checkEvents()
{
    auto span = m_connection.query("SELECT least((SELECT min(seq) FROM events), (SELECT min(first_seq) FROM blocks)), "
                                   "greatest((SELECT max(seq) FROM events), (SELECT max(last_seq) FROM blocks)), "
                                   "(SELECT count(*) FROM events)");
    if (!span) {
        return tl::unexpected(span.error());
    }
    const auto chunk = span->next();
    m_range = m_ranges.begin();
    if (chunk && !chunk->column(0).isNull(0)) {
        m_total = chunk->column(2).bigint(0);
        const event::Status walked = walkEvents(
            m_connection, chunk->column(0).bigint(0), chunk->column(1).bigint(0), m_stop,
            [this](const WalkedEvent &event) {
                take(event);
                return m_status.has_value();
            },
            [this](std::span<const BlockPtr> blocks) { return checkFilters(blocks); });
        if (event::Status status
            = walked.and_then([this] { return m_status; }).and_then([this] { return checkRows(); });
            !status) {
            return status;
        }
    }
    while (m_range != m_ranges.end()) {
        closeRange();
    }
    if (m_unrecorded > 0) {
        tell(QObject::tr("%1 events were put into the store by no commit.").arg(number(m_unrecorded)));
    }
    if (m_progress) {
        m_progress({m_report.events, m_total});
    }
    return {};
}

void Verification::take(const WalkedEvent &event)
{
    while (m_range != m_ranges.end() && event.seq > m_range->second.last) {
        closeRange();
    }
    if (m_range == m_ranges.end() || event.seq < m_range->first) {
        ++m_unrecorded;
    } else {
        m_content.add(event.source.value_or(0), event::Sha256::of(event.bytes));
    }
    if (!event.source) {
        tell(QObject::tr("Event %1 has lost its row: it cannot be found by any search.").arg(number(event.seq)));
    } else if (!event.hasBytes) {
        tell(QObject::tr("Event %1 has lost its bytes, or they are damaged.").arg(number(event.seq)));
    } else if (m_options.checkColumns) {
        m_rows.add(event.seq, *event.source, event.bytes);
        if (m_rows.size() >= rowsAtOnce) {
            m_status = checkRows();
        }
    }
    ++m_report.events;
    if (m_progress && m_report.events % eventsBetweenProgress == 0) {
        m_progress({m_report.events, m_total});
    }
}

void Verification::closeRange()
{
    const auto &[first, range] = *m_range;
    const std::int64_t events = m_content.events();
    if (events != range.events) {
        tell(QObject::tr("Of events %1 to %2, %3 are stored where entry %4 recorded %5.")
                 .arg(number(first), number(range.last), number(events), number(range.entry), number(range.events)));
        (void)m_content.finish();
    } else if (m_content.finish() != range.content) {
        tell(QObject::tr("Events %1 to %2 are not what entry %3 recorded: at least one was changed.")
                 .arg(number(first), number(range.last), number(range.entry)));
    }
    ++m_range;
}

event::Status Verification::checkRows()
{
    if (!m_options.checkColumns) {
        return {};
    }
    const auto differing = m_rows.differing();
    if (!differing) {
        return tl::unexpected(differing.error());
    }
    for (const Seq seq : *differing) {
        tell(QObject::tr("The columns of event %1 say something else than its bytes.").arg(number(seq)));
    }
    return {};
}

event::Status Verification::checkFilters(std::span<const BlockPtr> blocks)
{
    if (!m_options.checkColumns) {
        return {};
    }
    const auto hidden = blocksHiddenByFilters(m_connection, blocks);
    if (!hidden) {
        return tl::unexpected(hidden.error());
    }
    for (const BlockPtr &block : *hidden) {
        tell(QObject::tr("The filter of events %1 to %2 is not theirs: searches for words may pass over them. "
                         "octotrail recover FILE --out NEW makes a store with filters that are right.")
                 .arg(number(block->firstSeq()), number(block->lastSeq())));
    }
    return {};
}

event::Status Verification::checkValueCounts()
{
    if (!m_options.checkColumns) {
        return {};
    }
    const auto wrong = wrongValueCounts(m_connection);
    if (!wrong) {
        return tl::unexpected(wrong.error());
    }
    for (const std::string &path : *wrong) {
        tell(QObject::tr(
            "How often the values of %1 occur was noted wrong. octotrail recover FILE --out NEW makes a store "
            "in which they are counted anew.")
                 .arg(QString::fromStdString(path)));
    }
    return {};
}

/// What the chain says of the head, and in newest the last event that was committed by then.
PastCount pastOf(const std::vector<ChainEntry> &entries, const QString &head, Seq &newest)
{
    PastCount past;
    past.hasHead = head.isEmpty();
    std::string before;
    for (const ChainEntry &entry : entries) {
        if (past.hasHead) {
            past.hasLost = past.hasLost || (entry.kind != ChainKind::Committed && entry.kind != ChainKind::Adopted);
            continue;
        }
        past.isChainSound
            = past.isChainSound && entry.number == past.entry + 1 && entry.chain == chainOf(entry, before);
        newest = std::max(newest, entry.last);
        before = entry.chain;
        past.entry = entry.number;
        past.recorded = QString::fromStdString(entry.at).left(40);
        past.hasHead = head == QString::fromStdString(entry.chain);
    }
    return past;
}

} // namespace

event::Result<IntegrityReport> Integrity::verify(
    const Options &options, const std::function<void(Progress)> &progress, const std::stop_token &stop) const
{
    return Store::Private::of(*m_store).readSnapshot<IntegrityReport>(
        stop, [&](duckdb::Connection &connection) { return Verification(connection, options, progress, stop).run(); });
}

event::Result<PastCount> Integrity::countAt(
    const QString &head, const EventQuery &query, const std::stop_token &stop) const
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.readSnapshot<PastCount>(stop, [&](duckdb::Connection &connection) -> event::Result<PastCount> {
        const auto entries = readChain(connection);
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        Seq newest = -1;
        PastCount past = pastOf(*entries, head, newest);
        if (!past.hasHead) {
            return past;
        }
        return SearchRunner(connection, d.cache, stop).all(query).map([&](const std::vector<Seq> &found) {
            past.now = static_cast<std::int64_t>(found.size());
            past.then = std::ranges::count_if(found, [newest](Seq seq) { return seq <= newest; });
            return past;
        });
    });
}

QFuture<event::Result<QString>> Integrity::head() const
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<QString>(
        d.lookups, [](duckdb::Connection &connection, const std::stop_token &) -> event::Result<QString> {
            auto result
                = connection.query("SELECT chain FROM integrity WHERE entry = (SELECT max(entry) FROM integrity)");
            if (!result) {
                return tl::unexpected(result.error());
            }
            const auto chunk = result->next();
            return chunk && chunk->size() > 0 ? QString::fromUtf8(chunk->column(0).text(0)) : QString();
        });
}

} // namespace octotrail::store
