// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Recovery.h"

#include "store/BlockSalvage.h"
#include "store/CoverageTable.h"
#include "store/DamagedFile.h"
#include "store/EventRewriter.h"
#include "store/PageCarver.h"
#include "store/RecoveryTally.h"
#include "store/SourceTable.h"
#include "store/StoreError.h"
#include "store/StoreFile.h"
#include "store/TableSalvage.h"
#include "store/TolerantRead.h"
#include "store/duckdb/Appender.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QObject>
#include <QTemporaryDir>
#include <array>
#include <unordered_set>

namespace octotrail::store {

using event::ErrorKind;
using Step = RecoveryProgress::Step;

namespace {

constexpr std::int64_t rowsAtOnce = 61'440;

QString number(std::int64_t n)
{
    return QLocale().toString(static_cast<qlonglong>(n));
}

/// One recovery, from the copy of the damaged file to the new one.
class Recovering
{
public:
    Recovering(DamagedFile &file, duckdb::Connection &into, const std::function<void(double)> &progress,
        const std::stop_token &stop)
        : m_file(file)
        , m_into(into)
        , m_rewriter(into)
        , m_progress(progress)
        , m_stop(stop)
    { }

    event::Result<RecoveryReport> run(RecoveryScope scope)
    {
        auto database = scope == RecoveryScope::Tables ? m_file.open() : std::nullopt;
        m_report.notes += m_file.notes();
        const event::Status saved = database ? saveFrom(*database) : carve();
        return saved.and_then([this] { return m_into.run("CHECKPOINT"); }).map([this] { return m_report; });
    }

private:
    event::Status saveFrom(const duckdb::Database &database);
    event::Status saveEvents(duckdb::Connection &from);
    event::Status carve();
    event::Status recordInChain(bool hasChain);
    void findLosses(bool hasChain);
    void addLoss(Seq first, Seq last, std::int64_t events);
    void dateLosses(duckdb::Connection &from);
    event::Status collectAgain();
    event::Status keepHighestSeq(duckdb::Connection &from);

    DamagedFile &m_file;
    duckdb::Connection &m_into;
    EventRewriter m_rewriter;
    const std::function<void(double)> &m_progress;
    std::stop_token m_stop;

    RecoveryReport m_report;
    SeqRuns m_rows; ///< as the rows say which events there were
    std::optional<RecoveryTally> m_tally;
};

event::Status Recovering::saveFrom(const duckdb::Database &database)
{
    auto from = database.connect();
    if (!from) {
        return tl::unexpected(from.error());
    }
    auto notes = salvageTables(*from, m_into, m_stop);
    if (!notes) {
        return tl::unexpected(notes.error());
    }
    m_report.notes += *notes;
    auto chain = readChain(*from);
    const bool hasChain = chain && !chain->empty();
    if (!chain) {
        m_report.notes.append(QObject::tr("The integrity chain cannot be read: the new store begins another one."));
    } else if (m_file.lostLogBytes() > 0 && hasChain) {
        m_report.notes.append(
            QObject::tr("What was stored after %1, when the last readable commit was made, was in the log and is lost: "
                        "how much that was, nothing tells.")
                .arg(QString::fromStdString(chain->back().at).left(40)));
    }
    m_tally.emplace(hasChain ? expectedRanges(*chain) : std::map<Seq, ExpectedRange>());
    if (hasChain) {
        TolerantRead entries(*from, "integrity", "*");
        auto appender = duckdb::Appender::open(m_into, "integrity");
        event::Status copied = appender
            ? entries
                  .readAll(
                      rowsAtOnce, [&](const duckdb::Chunk &rows) { return appender->append(rows); }, m_stop)
                  .and_then([&] { return appender->close(); })
            : tl::unexpected(appender.error());
        if (!copied) {
            return copied;
        }
    }
    return saveEvents(*from)
        .and_then([&] { return recordInChain(hasChain); })
        .and_then([&] {
            findLosses(hasChain);
            dateLosses(*from);
            return collectAgain();
        })
        .and_then([&] { return keepHighestSeq(*from); });
}

event::Status Recovering::saveEvents(duckdb::Connection &from)
{
    TolerantRead rows(from, "events", "seq, source");
    const auto take = [&](const duckdb::Chunk &chunk) -> event::Status {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            m_rows.add(chunk.column(0).bigint(row), chunk.column(1).integer(row));
        }
        return {};
    };
    if (event::Status read = rows.readAll(rowsAtOnce, take, m_stop); !read) {
        return read;
    }
    m_rows.sort();
    const auto names = readSourceNames(m_into);
    const SourceId fallback = names && !names->empty() ? names->begin()->first : 1;
    event::Status saved = salvageBlocks(
        from,
        [&](const Block &block, double fraction) -> event::Status {
            for (std::size_t i = 0; i < block.count(); ++i) {
                // Where the rows cannot be read: the source of the neighbours, which the chain proves or not.
                const SourceId source = m_rows.sourceOf(block.seq(i)).value_or(fallback);
                m_tally->add(block.seq(i), source, block.bytes(i));
                if (event::Status added = m_rewriter.add(block.seq(i), source, block.bytes(i)); !added) {
                    return added;
                }
            }
            m_progress(fraction);
            return {};
        },
        m_stop);
    if (!saved && (saved.error().kind == ErrorKind::Cancelled || saved.error().kind == ErrorKind::DiskFull)) {
        return saved;
    }
    if (!saved) {
        m_report.notes.append(QObject::tr("The table with the events' bytes cannot be read to its end."));
    }
    m_tally->finish();
    m_report.proven = m_tally->proven();
    m_report.events = m_rewriter.count();
    return m_rewriter.finish();
}

/// What is not as it was gets an entry, so that the chain says what the new store has, and that it was recovered.
event::Status Recovering::recordInChain(bool hasChain)
{
    auto transaction = duckdb::Transaction::begin(m_into);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    for (const RecoveryTally::Flaw &flaw : m_tally->flaws()) {
        if (event::Status added
            = addChainEntry(m_into, ChainKind::Recovered, flaw.first, flaw.last, flaw.found, flaw.content);
            !added) {
            return added;
        }
    }
    const RecoveryTally::Stray &strays = m_tally->strays();
    if (strays.events > 0 && !hasChain) {
        if (event::Status added
            = addChainEntry(m_into, ChainKind::Adopted, strays.first, strays.last, strays.events, strays.content);
            !added) {
            return added;
        }
    }
    return transaction->commit();
}

void Recovering::findLosses(bool hasChain)
{
    const SeqRuns &saved = m_tally->saved();
    const auto add = [&](Seq first, Seq last, std::int64_t lost) {
        const std::vector<SeqRuns::Run> exact = m_rows.without(saved, first, last);
        std::int64_t events = 0;
        for (const SeqRuns::Run &run : exact) {
            events += run.last - run.first + 1;
        }
        if (lost < 0 || events == lost) {
            for (const SeqRuns::Run &run : exact) {
                addLoss(run.first, run.last, run.last - run.first + 1);
            }
            return;
        }
        // Which of the seqs that are missing were events is not known: some may have been removed before.
        const std::vector<SeqRuns::Run> holes = SeqRuns({first, last, 0}).without(saved, first, last);
        addLoss(holes.empty() ? first : holes.front().first, holes.empty() ? last : holes.back().last, lost);
    };
    if (!hasChain) {
        if (!m_rows.isEmpty()) {
            add(m_rows.runs().front().first, m_rows.runs().back().last, -1);
        }
        return;
    }
    for (const RecoveryTally::Flaw &flaw : m_tally->flaws()) {
        if (flaw.found < flaw.expected) {
            add(flaw.first, flaw.last, flaw.expected - flaw.found);
        } else {
            m_report.notes.append(QObject::tr("Events %1 to %2 are not what the integrity chain recorded: at least one "
                                              "was changed, or its source is not known.")
                                      .arg(number(flaw.first), number(flaw.last)));
        }
    }
}

void Recovering::addLoss(Seq first, Seq last, std::int64_t events)
{
    m_report.lost += events;
    if (!m_report.losses.empty() && m_report.losses.back().last + 1 == first) {
        m_report.losses.back().last = last;
        m_report.losses.back().events += events;
    } else {
        m_report.losses.push_back({first, last, events, {}});
    }
}

/// When lost events were published: as their rows say; else between their neighbours.
void Recovering::dateLosses(duckdb::Connection &from)
{
    const auto ask = [](duckdb::Connection &connection, const std::string &sql) {
        std::array<std::optional<event::Timestamp>, 2> times;
        if (auto result = connection.query(sql)) {
            if (const auto chunk = result->next(); chunk && chunk->size() > 0) {
                times = {chunk->column(0).time(0), chunk->column(1).time(0)};
            }
        }
        return times;
    };
    for (RecoveryReport::Loss &loss : m_report.losses) {
        const std::string first = std::to_string(loss.first);
        const std::string last = std::to_string(loss.last);
        auto [oldest, newest] = ask(
            from, "SELECT min(published), max(published) FROM events WHERE seq BETWEEN " + first + " AND " + last);
        if (!oldest || m_rows.countBetween(loss.first, loss.last) < loss.events) {
            const auto [before, after] = ask(m_into,
                "SELECT (SELECT published FROM events WHERE seq < " + first
                    + " ORDER BY seq DESC LIMIT 1), (SELECT published FROM events WHERE seq > " + last
                    + " ORDER BY seq LIMIT 1)");
            oldest = oldest && before ? std::min(oldest, before) : before;
            newest = newest && after ? std::max(newest, after) : after;
        }
        loss.published = {oldest, newest};
    }
}

/// Takes the times of lost events out of the ledger of what was collected.
event::Status Recovering::collectAgain()
{
    const auto names = readSourceNames(m_into);
    auto transaction = duckdb::Transaction::begin(m_into);
    if (!names || !transaction) {
        return tl::unexpected(names ? transaction.error() : names.error());
    }
    for (const auto &[source, name] : *names) {
        const auto before = readRanges(m_into, source, RangeKind::Covered);
        if (!before) {
            return tl::unexpected(before.error());
        }
        RangeSet after = *before;
        for (const RecoveryReport::Loss &loss : m_report.losses) {
            if (loss.published.since && loss.published.until) {
                after.subtract({loss.published.since, *loss.published.until + event::Timestamp::duration(1)});
            }
        }
        m_report.isCollectedAgain = m_report.isCollectedAgain || !(after == *before);
        if (event::Status written = writeRanges(m_into, source, RangeKind::Covered, *before, after); !written) {
            return written;
        }
    }
    return transaction->commit();
}

/// A seq is never used again, be its event lost.
event::Status Recovering::keepHighestSeq(duckdb::Connection &from)
{
    std::int64_t highest = 0;
    if (auto result = from.query("SELECT greatest((SELECT coalesce(max(seq), 0) FROM events), (SELECT "
                                 "CAST(\"value\" AS BIGINT) FROM meta WHERE \"key\" = 'highest_seq'))")) {
        if (const auto chunk = result->next(); chunk && chunk->size() > 0 && !chunk->column(0).isNull(0)) {
            highest = chunk->column(0).bigint(0);
        }
    }
    for (const auto &runs : {m_rows.runs(), m_tally->saved().runs()}) {
        highest = runs.empty() ? highest : std::max(highest, runs.back().last);
    }
    return m_into.run("UPDATE meta SET \"value\" = '" + std::to_string(highest) + "' WHERE \"key\" = 'highest_seq'");
}

/// No table can be read: events alone are found, in the pages.
event::Status Recovering::carve()
{
    m_report.notes.append(QObject::tr("No table of the file can be read. Events were looked for in its pages: sources, "
                                      "alerts, profiles, searches, notes and the integrity chain are lost, and how "
                                      "many events are missing, nothing tells."));
    SourceConfig source;
    source.name = QObject::tr("Recovered");
    source.collects = false;
    const auto written = writeSource(m_into, source);
    if (!written) {
        return tl::unexpected(written.error());
    }
    FilePages pages(m_file.copyPath());
    if (event::Status opened = pages.open(QIODevice::ReadOnly); !opened) {
        return opened;
    }
    m_tally.emplace(std::map<Seq, ExpectedRange>());
    std::unordered_set<std::string> known; // pages that were freed may have blocks a second time
    Seq next = 1;
    const auto unreadable = carveBlocks(
        pages,
        [&](const Block &block) -> event::Status {
            for (std::size_t i = 0; i < block.count(); ++i) {
                const event::Sha256::Digest digest = event::Sha256::of(block.bytes(i));
                if (!known.emplace(digest.begin(), digest.end()).second) {
                    continue;
                }
                m_tally->add(next, written->id, block.bytes(i));
                if (event::Status added = m_rewriter.add(next, written->id, block.bytes(i)); !added) {
                    return added;
                }
                ++next;
            }
            return {};
        },
        [&](qint64 page, qint64 count) { m_progress(static_cast<double>(page) / static_cast<double>(count)); }, m_stop);
    if (!unreadable) {
        return tl::unexpected(unreadable.error());
    }
    if (*unreadable > 0) {
        m_report.notes.append(
            QObject::tr("%1 blocks of up to %2 events were found that cannot be read, or not to their end.")
                .arg(number(*unreadable), number(static_cast<std::int64_t>(bulkPacking.events))));
    }
    m_tally->finish();
    m_report.events = m_rewriter.count();
    return m_rewriter.finish().and_then([this] { return recordInChain(false); });
}

} // namespace

event::Status checkRecoveryPlaces(const QString &damaged, const QString &target)
{
    if (!QFileInfo(damaged).isFile()) {
        return event::failure(ErrorKind::Storage, QObject::tr("There is no store at %1.").arg(damaged));
    }
    if (QFileInfo::exists(target)) {
        return event::failure(ErrorKind::InvalidInput,
            QObject::tr("%1 is there already. Name a file that is not: what can be saved goes there.").arg(target));
    }
    const QString folder = QFileInfo(target).absolutePath();
    if (!QDir().mkpath(folder) || !QFileInfo(folder).isWritable()) {
        return event::failure(ErrorKind::Storage,
            QObject::tr(
                "The folder %1 cannot be written to. Choose another place, or ask for the right to write there.")
                .arg(folder));
    }
    return {};
}

event::Result<RecoveryReport> recoverStore(const QString &damaged, const QString &target,
    const std::function<void(RecoveryProgress)> &progress, const std::stop_token &stop, RecoveryScope scope)
{
    if (event::Status placed = checkRecoveryPlaces(damaged, target); !placed) {
        return tl::unexpected(placed.error());
    }
    const auto claim = StoreFile::Claim::take(QFileInfo(damaged).canonicalFilePath());
    if (!claim) {
        return tl::unexpected(claim.error());
    }
    // On the target's file system, so that the finished store only has to be given its name; for its owner alone.
    const QTemporaryDir folder(QFileInfo(target).absolutePath() + QStringLiteral("/.octotrail-recovery-XXXXXX"));
    if (!folder.isValid()) {
        return event::failure(ErrorKind::Storage, folder.errorString());
    }
    const QString made = folder.filePath(QStringLiteral("new.duckdb"));
    DamagedFile file(QFileInfo(damaged).absoluteFilePath(), folder.filePath(QStringLiteral("damaged.duckdb")));
    const auto tellOf = [&](Step step) {
        return [&progress, step](double fraction) {
            if (progress) {
                progress({step, fraction});
            }
        };
    };
    event::Result<RecoveryReport> report;
    {
        // Made once and closed, it also shows what a sound header looks like.
        if (const auto fresh = StoreFile::open(made, {}); !fresh) {
            return tl::unexpected(fresh.error());
        }
        const event::Status mended = file.copy(tellOf(Step::Copying), stop).and_then([&] {
            return file.mend(made, tellOf(Step::Checking), stop);
        });
        if (!mended) {
            return tl::unexpected(worded(mended.error(), damaged));
        }
        auto store = StoreFile::open(made, {});
        auto connection = store ? store->database().connect() : tl::unexpected(store.error());
        if (!connection) {
            return tl::unexpected(connection.error());
        }
        const std::function<void(double)> saving = tellOf(Step::Saving);
        report = Recovering(file, *connection, saving, stop).run(scope);
    }
    if (!report) {
        return tl::unexpected(worded(report.error(), target));
    }
    if (report->events == 0 && report->lost == 0 && !report->notes.isEmpty()) {
        return event::failure(ErrorKind::Corrupt,
            QObject::tr("Nothing in %1 can be read as a store of Octotrail. Restore it from a copy.").arg(damaged));
    }
    if (!QFile::rename(made, target)) {
        return event::failure(
            ErrorKind::Storage, QObject::tr("The new store could not be given the name %1.").arg(target));
    }
    return report;
}

QStringList recoverySentences(const RecoveryReport &report)
{
    QStringList sentences;
    for (const RecoveryReport::Loss &loss : report.losses) {
        QString sentence = loss.events == loss.last - loss.first + 1
            ? QObject::tr("Lost: events %1 to %2 (%3).").arg(number(loss.first), number(loss.last), number(loss.events))
            : QObject::tr("Lost: %3 of events %1 to %2.")
                  .arg(number(loss.first), number(loss.last), number(loss.events));
        const auto text = [](event::Timestamp time) { return QString::fromStdString(event::formatTimestamp(time)); };
        if (loss.published.since && loss.published.until) {
            sentence += u' '
                + QObject::tr("Published from %1 to %2.").arg(text(*loss.published.since), text(*loss.published.until));
        } else if (loss.published.since) {
            sentence += u' ' + QObject::tr("Published after %1.").arg(text(*loss.published.since));
        } else if (loss.published.until) {
            sentence += u' ' + QObject::tr("Published before %1.").arg(text(*loss.published.until));
        }
        sentences.append(sentence);
    }
    if (report.isCollectedAgain) {
        sentences.append(QObject::tr("Sources will collect these times again, as far as Okta still has their events."));
    }
    return sentences + report.notes;
}

} // namespace octotrail::store
