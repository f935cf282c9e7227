// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RecoveryProcess.h"

#include "store/Integrity.h"
#include "store/RecoveryAnswer.h"
#include "store/Store.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace octotrail::store {

using event::ErrorKind;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Step = RecoveryProgress::Step;

namespace {

constexpr auto childArgument = "--recover-apart";
constexpr auto pagesArgument = "pages";
constexpr auto tablesArgument = "tables";
constexpr auto look = 100ms;
/// More than this without the end of a line is no answer.
constexpr qint64 longestLine = qint64{64} << 20;

/// One process that was started, to its end.
class Child
{
public:
    Child(const std::function<void(RecoveryProgress)> &progress, const std::stop_token &stop,
        std::chrono::milliseconds patience)
        : m_progress(progress)
        , m_stop(stop)
        , m_patience(patience)
    { }

    event::Status start(const QString &damaged, const QString &target, RecoveryScope scope)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.setChildProcessModifier([] {
#ifdef Q_OS_LINUX
            // Not prctl(): with the address sanitizer's, the 4 KB of stack that there are here would not be enough.
            ::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
        });
        m_process.start(QCoreApplication::applicationFilePath(),
            {QString::fromLatin1(childArgument), damaged, target,
                QString::fromLatin1(scope == RecoveryScope::Pages ? pagesArgument : tablesArgument)});
        if (!m_process.waitForStarted()) {
            return event::failure(ErrorKind::Internal,
                QObject::tr("The process that reads the damaged file cannot be started: %1.")
                    .arg(m_process.errorString()));
        }
        return {};
    }

    /// What it found; none if it crashed, hung, or ended without a word.
    std::optional<event::Result<RecoveryReport>> await()
    {
        QDeadlineTimer silence(m_patience);
        while (!m_result) {
            const bool more = m_process.waitForReadyRead(static_cast<int>(look.count()));
            if (m_stop.stop_requested()) {
                end();
                return event::failure(ErrorKind::Cancelled, QObject::tr("The recovery was cancelled."));
            }
            if (more) {
                silence.setRemainingTime(m_patience);
            }
            readLines();
            const bool isRunning = m_process.state() == QProcess::Running || m_process.canReadLine();
            if (!isRunning || silence.hasExpired() || m_process.bytesAvailable() > longestLine) {
                break;
            }
        }
        end();
        return m_result;
    }

private:
    void readLines()
    {
        while (m_process.canReadLine()) {
            const auto answer = readRecoveryLine(m_process.readLine());
            if (const auto *told = answer ? std::get_if<RecoveryProgress>(&*answer) : nullptr) {
                if (m_progress) {
                    m_progress(*told);
                }
            } else if (answer) {
                m_result = std::get<event::Result<RecoveryReport>>(*answer);
            }
        }
    }

    /// One that has told its result only has to leave, which memory that is spoilt might prevent.
    void end()
    {
        if (!m_result || !m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    const std::function<void(RecoveryProgress)> &m_progress;
    std::stop_token m_stop;
    std::chrono::milliseconds m_patience;
    QProcess m_process;
    std::optional<event::Result<RecoveryReport>> m_result;
};

/// What another process made is looked through in this one, whose memory no damaged file has been near.
event::Status prove(const QString &file, RecoveryReport &report, const std::function<void(RecoveryProgress)> &progress,
    const std::stop_token &stop)
{
    const auto opened = Store::open(file);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    const auto told = [&progress](Integrity::Progress p) {
        if (progress && p.total > 0) {
            progress({Step::Proving, static_cast<double>(p.events) / static_cast<double>(p.total)});
        }
    };
    const auto verified = Integrity(*opened).verify({}, told, stop);
    if (!verified) {
        return tl::unexpected(verified.error());
    }
    constexpr qsizetype mostTold = 10;
    report.notes += verified->problems.mid(0, mostTold);
    if (verified->flaws > mostTold) {
        report.notes.append(QObject::tr("Verifying what was saved found %n more flaw(s): see octotrail verify.",
            nullptr, static_cast<int>(verified->flaws - mostTold)));
    }
    return {};
}

/// Nothing of what a damaged file does to this process is worth a core file full of events, or somebody else's memory.
void expectTheWorst()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifdef Q_OS_LINUX
    QFile score(u"/proc/self/oom_score_adj"_s);
    if (score.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        score.write("1000");
    }
#endif
}

void say(const RecoveryAnswer &answer)
{
    const QByteArray line = recoveryLine(answer);
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
}

} // namespace

event::Result<RecoveryReport> recoverApart(const QString &damaged, const QString &target,
    const std::function<void(RecoveryProgress)> &progress, const std::stop_token &stop,
    std::chrono::milliseconds patience)
{
    if (event::Status placed = checkRecoveryPlaces(damaged, target); !placed) {
        return tl::unexpected(placed.error());
    }
    // Here and not in the other process, so that nothing is left of one that is killed.
    const QTemporaryDir folder(QFileInfo(target).absolutePath() + u"/.octotrail-recovery-XXXXXX"_s);
    if (!folder.isValid()) {
        return event::failure(ErrorKind::Storage, folder.errorString());
    }
    std::optional<event::Result<RecoveryReport>> answer;
    QString made;
    bool isFirst = true;
    for (const RecoveryScope scope : {RecoveryScope::Tables, RecoveryScope::Pages}) {
        made = folder.filePath(isFirst ? u"tables/saved.duckdb"_s : u"pages/saved.duckdb"_s);
        Child child(progress, stop, patience);
        if (event::Status started = child.start(QFileInfo(damaged).absoluteFilePath(), made, scope); !started) {
            return tl::unexpected(started.error());
        }
        answer = child.await();
        if (answer) {
            break;
        }
        isFirst = false;
        QDir(QFileInfo(made).path()).removeRecursively(); // there has to be room for the next one's
    }
    if (!answer) {
        return event::failure(ErrorKind::Corrupt,
            QObject::tr("%1 is damaged in such a way that reading it crashed or hung, twice. Restore it from a copy.")
                .arg(damaged));
    }
    if (!*answer) {
        event::Error error = answer->error();
        error.sentence.replace(made, target);
        return tl::unexpected(error);
    }
    RecoveryReport report = **answer;
    if (!isFirst) {
        report.notes.prepend(
            QObject::tr("Reading the tables of the damaged file crashed or hung, so they were left alone."));
    }
    if (event::Status proven = prove(made, report, progress, stop); !proven) {
        event::Error error = proven.error();
        error.sentence.replace(made, target);
        return tl::unexpected(error);
    }
    if (!QFile::rename(made, target)) {
        return event::failure(
            ErrorKind::Storage, QObject::tr("The new store could not be given the name %1.").arg(target));
    }
    return report;
}

std::optional<int> recoveryChild(int argc, char *argv[])
{
    constexpr int argumentCount = 5;
    if (argc != argumentCount || std::strcmp(argv[1], childArgument) != 0) {
        return std::nullopt;
    }
    const QCoreApplication application(argc, argv);
    expectTheWorst();
    const RecoveryScope scope = std::strcmp(argv[4], pagesArgument) == 0 ? RecoveryScope::Pages : RecoveryScope::Tables;
    RecoveryProgress last{Step::Copying, -1};
    const auto told = [&last](RecoveryProgress progress) {
        constexpr double worthTelling = 0.001;
        if (progress.step != last.step || progress.fraction - last.fraction >= worthTelling) {
            last = progress;
            say(progress);
        }
    };
    const auto report = recoverStore(QFile::decodeName(argv[2]), QFile::decodeName(argv[3]), told, {}, scope);
    say(report);
    return report ? 0 : 1;
}

} // namespace octotrail::store
