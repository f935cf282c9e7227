// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CaseMerge.h"

#include "store/AlertMerge.h"
#include "store/Annotations.h"
#include "store/Cases.h"
#include "store/Coverage.h"
#include "store/Documents.h"
#include "store/Profiles.h"

#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUuid>
#include <array>
#include <deque>
#include <map>
#include <set>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t batchEvents = 5000;
constexpr std::size_t batchBytes = std::size_t{16} << 20;
constexpr std::size_t mostInFlight = 12;
constexpr std::size_t profilesAtOnce = 500;
constexpr int alertsAtOnce = 200;
constexpr std::chrono::milliseconds progressPeriod{100};
/// What is brought along of what analysts made and named. Not their rules: what runs here is chosen here.
constexpr std::array documentKinds{"search", "layout", "color-rules", "sql-template"};

template <class T>
T waited(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

/// The other case, and the folder of the copy if it had to be copied to be read.
struct OtherCase
{
    std::unique_ptr<QTemporaryDir> folder; // goes after the store
    std::shared_ptr<store::Store> store;
};

event::Result<OtherCase> openOther(const QString &file, const QString &into)
{
    OtherCase other;
    auto opened = store::openReadOnly(file);
    if (!opened && opened.error().kind == ErrorKind::Refused) {
        // Of an older version: a copy of it is brought up to date.
        other.folder = std::make_unique<QTemporaryDir>(QFileInfo(into).absolutePath() + u"/.octotrail-merge-XXXXXX"_s);
        const QString copy = other.folder->filePath(u"case.duckdb"_s);
        bool isCopied = other.folder->isValid();
        for (const QString &suffix : {QString(), u".wal"_s}) {
            if (isCopied && QFileInfo(file + suffix).isFile()) {
                isCopied
                    = QProcess::execute(u"cp"_s, {u"--reflink=auto"_s, u"--"_s, file + suffix, copy + suffix}) == 0;
            }
        }
        if (!isCopied) {
            return failure(ErrorKind::Storage,
                QObject::tr("%1 was written by an older version and has to be copied to be read, for which there is no "
                            "room beside this case.")
                    .arg(QDir::toNativeSeparators(file)));
        }
        opened = store::Store::open(copy);
    }
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    other.store = std::move(*opened);
    return other;
}

/// One merge, from its beginning to its report.
class Merge
{
public:
    Merge(std::shared_ptr<store::Store> into, std::shared_ptr<store::Store> from,
        const std::function<void(const MergeProgress &)> &progress, std::stop_token stop)
        : m_into(std::move(into))
        , m_from(std::move(from))
        , m_progress(progress)
        , m_stop(std::move(stop))
    { }

    event::Result<MergeReport> run();

private:
    struct Pending
    {
        std::vector<event::LogEvent> events;
        std::size_t bytes = 0;
    };
    event::Status findSources();
    event::Result<store::SourceId> findSource(
        const store::SourceConfig &wanted, const std::vector<store::SourceConfig> &here);
    event::Status addEvents();
    event::Status append(store::SourceId source, Pending pending);
    event::Status finishOldest();
    event::Status addCoverage();
    event::Status addAlerts();
    event::Status addAnnotations();
    event::Status addProfiles(store::ProfileKind kind);
    event::Status addDocuments();
    void tell(bool always);

    std::shared_ptr<store::Store> m_into;
    std::shared_ptr<store::Store> m_from;
    const std::function<void(const MergeProgress &)> &m_progress;
    std::stop_token m_stop;
    MergeReport m_report;
    std::map<store::SourceId, store::SourceId> m_sources; ///< there, here
    std::map<store::SourceId, Pending> m_pending;
    std::deque<QFuture<event::Result<store::CommitReport>>> m_inFlight;
    std::chrono::steady_clock::time_point m_lastProgress;
};

tl::unexpected<event::Error> stopped()
{
    return failure(ErrorKind::Cancelled,
        QObject::tr("Merging was stopped. What had come in by then stays; merging again adds nothing twice."));
}

event::Result<MergeReport> Merge::run()
{
    auto status = findSources()
                      .and_then([this] { return addEvents(); })
                      .and_then([this] { return addCoverage(); })
                      .and_then([this] { return addAlerts(); })
                      .and_then([this] { return addAnnotations(); })
                      .and_then([this] { return addProfiles(store::ProfileKind::User); })
                      .and_then([this] { return addProfiles(store::ProfileKind::Device); })
                      .and_then([this] { return addDocuments(); });
    // Whatever happened, the batches in flight will be committed: they count.
    while (!m_inFlight.empty()) {
        if (const auto finished = finishOldest(); !finished && status) {
            status = finished;
        }
    }
    tell(true);
    if (!status) {
        return status.error().kind == ErrorKind::Cancelled ? event::Result<MergeReport>(stopped())
                                                           : tl::unexpected(status.error());
    }
    return m_report;
}

void Merge::tell(bool always)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_progress && (always || now - m_lastProgress >= progressPeriod)) {
        m_lastProgress = now;
        m_progress(m_report.totals);
    }
}

event::Result<store::SourceId> Merge::findSource(
    const store::SourceConfig &wanted, const std::vector<store::SourceConfig> &here)
{
    const auto isSame
        = [&wanted](const store::SourceConfig &source) { return !wanted.uuid.isEmpty() && source.uuid == wanted.uuid; };
    const auto isAlike = [&wanted](const store::SourceConfig &source) {
        return wanted.collects ? source.collects && !wanted.origin.isEmpty() && source.origin == wanted.origin
                && source.logTypes == wanted.logTypes
                               : !source.collects && source.name == wanted.name;
    };
    auto found = std::ranges::find_if(here, isSame);
    if (found == here.end()) {
        found = std::ranges::find_if(here, isAlike);
    }
    if (found != here.end()) {
        return found->id;
    }
    store::SourceConfig added = wanted;
    added.id = 0;
    if (added.uuid.isEmpty()) {
        added.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    added.paused = added.collects; // who collects it here decides that here
    auto put = waited(m_into->putSource(added));
    if (!put) {
        return tl::unexpected(put.error());
    }
    m_report.newSources << put->name;
    return put->id;
}

event::Status Merge::findSources()
{
    const auto there = waited(m_from->sources());
    if (!there) {
        return tl::unexpected(there.error());
    }
    for (const store::SourceConfig &source : *there) {
        // Again for each: two there may be one here.
        const auto here = waited(m_into->sources());
        if (!here) {
            return tl::unexpected(here.error());
        }
        const auto id = findSource(source, *here);
        if (!id) {
            return tl::unexpected(id.error());
        }
        m_sources.emplace(source.id, *id);
    }
    return {};
}

event::Status Merge::finishOldest()
{
    const auto report = waited(m_inFlight.front());
    m_inFlight.pop_front();
    if (!report) {
        return tl::unexpected(report.error());
    }
    m_report.totals.added += report->inserted;
    m_report.totals.duplicates += report->duplicates;
    tell(false);
    return {};
}

event::Status Merge::append(store::SourceId source, Pending pending)
{
    while (m_inFlight.size() >= mostInFlight) {
        if (auto status = finishOldest(); !status) {
            return status;
        }
    }
    m_inFlight.push_back(m_into->append({source, std::move(pending.events), {}}));
    return {};
}

event::Status Merge::addEvents()
{
    store::EventQuery all;
    all.descending = false;
    event::Status status;
    event::Status read = m_from->forEachEvent(
        all, [this](std::int64_t total) { m_report.totals.total = total; },
        [&](const store::StoredEvent &stored) {
            auto source = m_sources.find(stored.source);
            if (source == m_sources.end()) {
                // Of a source that was removed without its events.
                store::SourceConfig lost;
                lost.name = QFileInfo(m_from->file()).completeBaseName();
                lost.collects = false;
                lost.alertOnSilence = false;
                const auto here = waited(m_into->sources());
                const auto id
                    = here ? findSource(lost, *here) : event::Result<store::SourceId>(tl::unexpected(here.error()));
                if (!id) {
                    status = tl::unexpected(id.error());
                    return false;
                }
                source = m_sources.emplace(stored.source, *id).first;
            }
            Pending &pending = m_pending[source->second];
            pending.events.push_back(stored.event);
            pending.bytes += stored.event.bytes().size();
            ++m_report.totals.events;
            tell(false);
            if (pending.events.size() >= batchEvents || pending.bytes >= batchBytes) {
                status = append(source->second, std::exchange(pending, {}));
            }
            return status.has_value();
        },
        m_stop);
    if (!status) {
        return status;
    }
    if (!read) {
        return read;
    }
    for (auto &[source, pending] : m_pending) {
        if (!pending.events.empty()) {
            if (status = append(source, std::move(pending)); !status) {
                return status;
            }
        }
    }
    while (!m_inFlight.empty()) {
        if (status = finishOldest(); !status) {
            return status;
        }
    }
    return {};
}

/// The events are here: so is what was read completely.
event::Status Merge::addCoverage()
{
    const store::Coverage from(*m_from);
    store::Coverage into(*m_into);
    for (const auto &[there, here] : m_sources) {
        auto standing = waited(from.standing(there));
        if (!standing) {
            return tl::unexpected(standing.error());
        }
        if (auto merged = waited(into.merge(here, std::move(*standing))); !merged) {
            return merged;
        }
    }
    return {};
}

event::Status Merge::addAlerts()
{
    const store::AlertMerge from(m_from);
    store::AlertMerge into(m_into);
    store::AlertId last = 0;
    while (true) {
        if (m_stop.stop_requested()) {
            return stopped();
        }
        auto alerts = waited(from.after(last, alertsAtOnce));
        if (!alerts) {
            return tl::unexpected(alerts.error());
        }
        if (alerts->empty()) {
            return {};
        }
        last = alerts->back().alert.id;
        for (store::WholeAlert &whole : *alerts) {
            const auto source = m_sources.find(whole.alert.source);
            whole.alert.source = source == m_sources.end() ? 0 : source->second;
        }
        const auto report = waited(into.merge(std::move(*alerts)));
        if (!report) {
            return tl::unexpected(report.error());
        }
        m_report.alerts += report->added + report->changed;
    }
}

event::Status Merge::addAnnotations()
{
    const auto noted = waited(store::Annotations(m_from).list());
    if (!noted) {
        return tl::unexpected(noted.error());
    }
    if (noted->empty()) {
        return {};
    }
    const auto change = waited(store::Annotations(m_into).merge(*noted));
    if (!change) {
        return tl::unexpected(change.error());
    }
    m_report.annotations = static_cast<qint64>(change->after.size());
    return {};
}

event::Status Merge::addProfiles(store::ProfileKind kind)
{
    const auto there = waited(m_from->profiles(kind, {}, {}));
    const auto here = waited(m_into->profiles(kind, {}, {}));
    if (!there || !here) {
        return tl::unexpected(there ? here.error() : there.error());
    }
    std::map<std::pair<store::SourceId, QString>, const store::Profile *> known;
    for (const store::Profile &profile : *here) {
        known.emplace(std::pair(profile.source, profile.id), &profile);
    }
    std::map<store::SourceId, std::vector<std::string>> pages;
    const auto put = [&](store::SourceId source, std::vector<std::string> profiles) -> event::Status {
        const auto size = static_cast<qint64>(profiles.size());
        return waited(m_into->putProfiles(source, kind, std::move(profiles), {})).map([&] {
            m_report.profiles += size;
        });
    };
    for (const store::Profile &profile : *there) {
        if (m_stop.stop_requested()) {
            return stopped();
        }
        const auto source = m_sources.find(profile.source);
        if (source == m_sources.end() || profile.deleted) {
            continue;
        }
        const auto old = known.find({source->second, profile.id});
        if (old != known.end() && (!profile.lastUpdated || old->second->lastUpdated >= profile.lastUpdated)) {
            continue;
        }
        std::vector<std::string> &page = pages[source->second];
        page.push_back(profile.bytes);
        if (page.size() >= profilesAtOnce) {
            if (auto status = put(source->second, std::exchange(page, {})); !status) {
                return status;
            }
        }
    }
    for (auto &[source, page] : pages) {
        if (!page.empty()) {
            if (auto status = put(source, std::move(page)); !status) {
                return status;
            }
        }
    }
    return {};
}

event::Status Merge::addDocuments()
{
    store::Documents from(m_from);
    store::Documents into(m_into);
    for (const char *name : documentKinds) {
        const QString kind = QString::fromLatin1(name);
        const auto there = waited(from.list(kind));
        const auto here = waited(into.list(kind));
        if (!there || !here) {
            return tl::unexpected(there ? here.error() : there.error());
        }
        std::set<QString> known;
        for (const store::Document &document : *here) {
            known.insert(document.id);
        }
        std::vector<store::Document> added;
        for (const store::Document &document : *there) {
            if (!known.contains(document.id)) {
                added.push_back(document);
            }
        }
        const auto count = static_cast<qint64>(added.size());
        if (count > 0) {
            if (auto saved = waited(into.saveAll(std::move(added))); !saved) {
                return saved;
            }
            m_report.documents += count;
        }
    }
    return {};
}

} // namespace

event::Result<MergeReport> mergeCase(const std::shared_ptr<store::Store> &into, const QString &file,
    const std::function<void(const MergeProgress &)> &progress, const std::stop_token &stop)
{
    // Before anything opens it: a second handle of the open file would drop its lock.
    if (store::isSameFile(into->file(), file)) {
        return failure(ErrorKind::Refused,
            QObject::tr("%1 is the case that is open: there is nothing to merge.").arg(QFileInfo(file).fileName()));
    }
    if (store::isReadOnly(*into)) {
        return failure(ErrorKind::Refused,
            QObject::tr("%1 is open for reading only: nothing can be merged into it.").arg(into->file()));
    }
    auto other = openOther(file, into->file());
    if (!other) {
        return tl::unexpected(other.error());
    }
    return Merge(into, other->store, progress, stop).run();
}

} // namespace octotrail::exchange
