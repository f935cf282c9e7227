// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Alerts.h"
#include "store/Coverage.h"
#include "store/Integrity.h"
#include "store/RecoveryProcess.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <csignal>
#include <set>
#include <unistd.h>

using namespace octotrail;
using namespace octotrail::test;
using event::ErrorKind;
using store::RecoveryReport;

namespace {

constexpr qint64 headerSize = 4096;
constexpr qint64 firstPage = 3 * headerSize;
constexpr qint64 pageSize = 256 * 1024;

void write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Bytes that were written wrongly.
void tear(QByteArray &bytes, qint64 offset, qint64 length)
{
    for (qint64 i = offset; i < std::min<qint64>(bytes.size(), offset + length); ++i) {
        bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
    }
}

/// What the process of a recovery is to do instead of its work, as a damaged file may make it.
constexpr auto misdeed = "OCTOTRAIL_TEST_MISDEED";

void misbehave(const QByteArray &how, const QByteArray &scope)
{
    if (how.startsWith("crash") && (scope == "tables" || how.endsWith("always"))) {
        std::signal(SIGABRT, SIG_DFL);
        std::abort();
    }
    while (how == "hang" && scope == "tables") {
        ::pause();
    }
    if (how == "babble" && scope == "tables") {
        const QByteArray nonsense = QByteArray("{\"step\":99}\n\0\xff{\"report\":", 24).repeated(2000);
        [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, nonsense.constData(), nonsense.size());
        ::_exit(0);
    }
}

/// The numbers of the store's events; each has to be one that was made, with its bytes, and there once.
std::set<int> numbersIn(store::Store &store, int count)
{
    std::map<std::string, int> numbers;
    for (int n = 0; n < count; ++n) {
        numbers[eventJson(n)] = n;
    }
    std::set<int> found;
    must(store.forEachEvent({}, {},
        [&](const store::StoredEvent &stored) {
            const auto it = numbers.find(stored.event.bytes());
            if (it == numbers.end() || !found.insert(it->second).second) {
                QTest::qFail("an event that was never stored, or one twice", __FILE__, __LINE__);
            }
            return true;
        },
        {}));
    return found;
}

} // namespace

/// Damaged stores: what can be read is saved, and what cannot is said.
class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void savesAllOfASoundStore();
    void usesTheOtherHeader_data();
    void usesTheOtherHeader();
    void losesNoMoreThanADamagedPage_data();
    void losesNoMoreThanADamagedPage();
    void savesTheRestOfAFileThatWasCutOff();
    void findsEventsWithoutTables();
    void opensAfterALossOfPower_data();
    void opensAfterALossOfPower();
    void refusesALogThatIsDamaged_data();
    void refusesALogThatIsDamaged();
    void refusesWhatItCannotDo();
    void canBeStopped();
    void survivesTheProcessThatReads_data();
    void survivesTheProcessThatReads();
    void saysWhenNothingHelps();

private:
    QString damagedFile() const { return m_folder.filePath(QStringLiteral("damaged.duckdb")); }
    QString newFile() const { return m_folder.filePath(QStringLiteral("new.duckdb")); }
    event::Result<RecoveryReport> recovered() const
    {
        QFile::remove(newFile());
        return store::recoverApart(damagedFile(), newFile(), {}, {});
    }
    /// Recovers, and holds what was saved and what was said against what there was.
    void checkRecovery(RecoveryReport *report = nullptr);

    static constexpr int m_count = 20'000;
    QTemporaryDir m_folder;
    QByteArray m_sound; ///< a file with events, alerts and a ledger
    QByteArray m_logged; ///< a file whose events are in its log ...
    QByteArray m_log; ///< ... this one
    int m_acknowledged = 0;
};

void TestRecovery::initTestCase()
{
    Case c;
    c.open();
    const auto source = must(get(c.store().putSource({})));
    constexpr int batch = 2500;
    for (int n = 0; n < m_count; n += batch) {
        store::EventBatch page{source.id, events(n, batch), {}};
        page.covered = {{publishedOf(n), publishedOf(n + batch)}};
        QCOMPARE(must(get(c.store().append(std::move(page)))).inserted, batch);
    }
    store::Finding finding;
    finding.ruleId = QStringLiteral("rule");
    finding.uuids = {uuidOf(3)};
    QVERIFY(get(store::Alerts(c.shared()).commit({{finding}, 20, QStringLiteral("engine")})));
    c.close();
    m_sound = content(c.file());
    QVERIFY(m_sound.size() > 4 * pageSize);

    Case killed;
    QProcess child;
    child.start(QStringLiteral(STORE_CHILD), {QStringLiteral("collect"), killed.file()});
    for (int page = 0; page < 25;) {
        QVERIFY2(child.waitForReadyRead(60'000), child.readAllStandardError().constData());
        while (child.canReadLine()) {
            m_acknowledged = child.readLine().trimmed().toInt();
            ++page;
        }
    }
    child.kill();
    QVERIFY(child.waitForFinished());
    m_logged = content(killed.file());
    m_log = content(killed.file() + QStringLiteral(".wal"));
    QVERIFY(m_log.size() > 1'000'000);
}

void TestRecovery::checkRecovery(RecoveryReport *told)
{
    const QByteArray before = content(damagedFile());
    const auto report = recovered();
    QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
    QCOMPARE(content(damagedFile()), before); // left as it is
    QVERIFY(!(QFile::permissions(newFile()) & (QFile::ReadGroup | QFile::ReadOther)));
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral(".octotrail*")}, QDir::AllEntries | QDir::Hidden),
        QStringList()); // nothing is left lying about

    const auto opened = store::Store::open(newFile());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence));
    const std::set<int> numbers = numbersIn(**opened, m_count);
    QCOMPARE(static_cast<qint64>(numbers.size()), report->events);
    // What is said to be lost is what is missing.
    if (report->proven > 0) {
        QCOMPARE(report->events + report->lost, m_count);
        std::int64_t lost = 0;
        for (const RecoveryReport::Loss &loss : report->losses) {
            lost += loss.events;
            QVERIFY(loss.published.since || loss.published.until);
        }
        QCOMPARE(lost, report->lost);
        for (int n = 0; n < m_count; ++n) {
            const auto isIn
                = [&](const RecoveryReport::Loss &loss) { return n + 1 >= loss.first && n + 1 <= loss.last; };
            QVERIFY2(numbers.contains(n) || std::ranges::any_of(report->losses, isIn), qPrintable(QString::number(n)));
        }
        for (const RecoveryReport::Loss &loss : report->losses) {
            QVERIFY(store::recoverySentences(*report).join(u'\n').contains(QLocale().toString(loss.first)));
        }
    }
    // The new store is what it says it is, and goes on.
    const auto verified = must(store::Integrity(*opened).verify({}, {}, {}));
    QVERIFY2(verified.isSound(), qPrintable(verified.problems.join(u'\n')));
    store::EventBatch more{1, events(m_count, 10), {}};
    QCOMPARE(must(get((*opened)->append(std::move(more)))).inserted, 10);
    if (told) {
        *told = *report;
    }
}

void TestRecovery::savesAllOfASoundStore()
{
    write(damagedFile(), m_sound);
    RecoveryReport report;
    checkRecovery(&report);
    QVERIFY2(report.isComplete(), qPrintable(store::recoverySentences(report).join(u'\n')));
    QCOMPARE(report.proven, m_count);
    const auto opened = must(store::Store::open(newFile()));
    QCOMPARE(must(get(store::Alerts(opened).counts())).open(), 1);
    QCOMPARE(must(get(opened->sources())).size(), 1U);
}

void TestRecovery::usesTheOtherHeader_data()
{
    QTest::addColumn<int>("header");
    QTest::newRow("the first") << 0;
    QTest::newRow("the second") << 1;
    QTest::newRow("the third") << 2;
}

void TestRecovery::usesTheOtherHeader()
{
    QFETCH(int, header);
    QByteArray bytes = m_sound;
    tear(bytes, header * headerSize + 100, 512);
    write(damagedFile(), bytes);
    const auto refused = store::Store::open(damagedFile());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Corrupt);
    // The twin of the newest header may be of a time when the file was empty: then the pages tell.
    checkRecovery();
}

void TestRecovery::losesNoMoreThanADamagedPage_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("zeros");
    for (quint32 seed = 1; seed <= 3; ++seed) {
        QTest::addRow("seed %u", seed) << seed << (seed % 3 == 0);
    }
}

void TestRecovery::losesNoMoreThanADamagedPage()
{
    QFETCH(quint32, seed);
    QFETCH(bool, zeros);
    QRandomGenerator random(seed);
    QByteArray bytes = m_sound;
    const qint64 offset = firstPage + random.bounded(bytes.size() - firstPage - headerSize);
    if (zeros) {
        std::fill(bytes.begin() + offset, bytes.begin() + offset + headerSize, '\0');
    } else {
        tear(bytes, offset, headerSize);
    }
    write(damagedFile(), bytes);
    RecoveryReport report;
    checkRecovery(&report);
    // One page, or two: of bytes, or of what leads to them.
    QVERIFY2(report.events >= m_count / 2,
        qPrintable(QString::number(report.events) + store::recoverySentences(report).join(u'\n')));
}

void TestRecovery::savesTheRestOfAFileThatWasCutOff()
{
    write(damagedFile(), m_sound.left(m_sound.size() * 3 / 4));
    RecoveryReport report;
    checkRecovery(&report);
    QVERIFY2(report.events > m_count / 4, qPrintable(QString::number(report.events)));
    QVERIFY(!report.isComplete());
}

void TestRecovery::findsEventsWithoutTables()
{
    QByteArray bytes = m_sound;
    tear(bytes, headerSize, 2 * headerSize);
    write(damagedFile(), bytes);
    RecoveryReport report;
    checkRecovery(&report);
    // But for the last ones, which share a page with other columns.
    QVERIFY2(report.events > m_count * 8 / 10, qPrintable(QString::number(report.events)));
    QCOMPARE(report.proven, 0);
    QVERIFY(!report.notes.isEmpty());

    // Of a file with nothing in it there is nothing to be saved.
    tear(bytes, 0, bytes.size());
    write(damagedFile(), bytes);
    const auto nothing = recovered();
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, ErrorKind::Corrupt);
    QVERIFY(!QFile::exists(newFile()));
}

void TestRecovery::opensAfterALossOfPower_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("zeros");
    for (quint32 seed = 1; seed <= 3; ++seed) {
        QTest::addRow("seed %u", seed) << seed << (seed % 2 == 0);
    }
}

/// The log ends somewhere, or with zeros from there on: the store opens by itself, up to a commit.
void TestRecovery::opensAfterALossOfPower()
{
    QFETCH(quint32, seed);
    QFETCH(bool, zeros);
    QRandomGenerator random(seed);
    const qint64 end = 200 + random.bounded(m_log.size() - 200);
    write(damagedFile(), m_logged);
    write(damagedFile() + QStringLiteral(".wal"),
        zeros ? m_log.left(end) + QByteArray(m_log.size() - end, '\0') : m_log.left(end));
    {
        const auto opened = store::Store::open(damagedFile());
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence));
        const auto checkpoint = must(get((*opened)->checkpoint(1, QStringLiteral("Okta.SystemLog"))));
        const int next = checkpoint ? checkpoint->nextLink.toInt() : 0;
        QVERIFY(next <= m_acknowledged + 700);
        QCOMPARE(must(get((*opened)->count({}))), next);
        QVERIFY(must(store::Integrity(*opened).verify({}, {}, {})).isSound());
        // Collecting goes on from there.
        store::EventBatch more{1, events(next, 500), {}};
        QCOMPARE(must(get((*opened)->append(std::move(more)))).inserted, 500);
    }
    QFile::remove(damagedFile() + QStringLiteral(".wal"));
}

void TestRecovery::refusesALogThatIsDamaged_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::newRow("at its beginning") << qint64{0};
    QRandomGenerator random(11);
    for (int i = 1; i <= 2; ++i) {
        QTest::addRow("somewhere, %d", i) << random.bounded(m_log.size() - 100'000);
    }
}

/// Commits that somebody was told of must not vanish without a word.
void TestRecovery::refusesALogThatIsDamaged()
{
    QFETCH(qint64, offset);
    QByteArray log = m_log;
    tear(log, offset, headerSize);
    write(damagedFile(), m_logged);
    write(damagedFile() + QStringLiteral(".wal"), log);
    const auto refused = store::Store::open(damagedFile());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Corrupt);
    QVERIFY(refused.error().sentence.contains(QStringLiteral("octotrail recover")));
    QCOMPARE(content(damagedFile() + QStringLiteral(".wal")), log);

    const auto report = recovered();
    QFile::remove(damagedFile() + QStringLiteral(".wal"));
    if (offset == 0) {
        // All that this store had was in there.
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Corrupt);
        return;
    }
    QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
    QVERIFY(!report->isComplete());
    const auto opened = must(store::Store::open(newFile()));
    const auto checkpoint = must(get(opened->checkpoint(1, QStringLiteral("Okta.SystemLog"))));
    QCOMPARE(static_cast<qint64>(numbersIn(*opened, m_acknowledged + 700).size()), report->events);
    QCOMPARE(checkpoint ? checkpoint->nextLink.toLongLong() : 0, report->events);
    QVERIFY(must(store::Integrity(opened).verify({}, {}, {})).isSound());
}

void TestRecovery::refusesWhatItCannotDo()
{
    write(damagedFile(), m_sound);
    write(newFile(), "mine");
    const auto taken = store::recoverApart(damagedFile(), newFile(), {}, {});
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(content(newFile()), QByteArray("mine"));
    QFile::remove(newFile());

    QVERIFY(!store::recoverApart(m_folder.filePath(QStringLiteral("none.duckdb")), newFile(), {}, {}));
    write(damagedFile(), QByteArray("Dear diary, today I made a file that is no store.\n").repeated(1000));
    const auto diary = store::recoverApart(damagedFile(), newFile(), {}, {});
    QVERIFY(!diary);
    QCOMPARE(diary.error().kind, ErrorKind::Corrupt);
    QVERIFY(!QFile::exists(newFile()));

    Case c;
    c.open();
    const auto open = store::recoverApart(c.file(), newFile(), {}, {});
    QVERIFY(!open);
    QCOMPARE(open.error().kind, ErrorKind::Locked);
}

void TestRecovery::canBeStopped()
{
    write(damagedFile(), m_sound);
    std::stop_source stop;
    QList<store::RecoveryProgress::Step> steps;
    const auto report = store::recoverApart(
        damagedFile(), newFile(),
        [&](store::RecoveryProgress progress) {
            if (steps.isEmpty() || steps.last() != progress.step) {
                steps.append(progress.step);
            }
            if (progress.step == store::RecoveryProgress::Step::Checking) {
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
    QVERIFY(!steps.contains(store::RecoveryProgress::Step::Proving));
    QVERIFY(!QFile::exists(newFile()));
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral(".octotrail*")}, QDir::AllEntries | QDir::Hidden),
        QStringList());
}

void TestRecovery::survivesTheProcessThatReads_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("crashes") << QByteArray("crash");
    QTest::newRow("hangs") << QByteArray("hang");
    QTest::newRow("loses its mind") << QByteArray("babble");
}

/// Then events are looked for without what made it fail.
void TestRecovery::survivesTheProcessThatReads()
{
    QFETCH(QByteArray, how);
    write(damagedFile(), m_sound);
    QFile::remove(newFile());
    qputenv(misdeed, how);
    const auto report = store::recoverApart(
        damagedFile(), newFile(), {}, {}, how == "hang" ? std::chrono::seconds(3) : std::chrono::seconds(120));
    qunsetenv(misdeed);
    QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
    QVERIFY2(report->notes.value(0).contains(QStringLiteral("crashed or hung")), qPrintable(report->notes.join(u'\n')));
    QVERIFY(report->events > m_count * 8 / 10);
    const auto opened = must(store::Store::open(newFile()));
    QCOMPARE(static_cast<qint64>(numbersIn(*opened, m_count).size()), report->events);
    QVERIFY(must(store::Integrity(opened).verify({}, {}, {})).isSound());
}

void TestRecovery::saysWhenNothingHelps()
{
    write(damagedFile(), m_sound);
    QFile::remove(newFile());
    qputenv(misdeed, "crash always");
    const auto report = recovered();
    qunsetenv(misdeed);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Corrupt);
    QVERIFY2(report.error().sentence.contains(damagedFile()), qPrintable(report.error().sentence));
    QCOMPARE(content(damagedFile()), m_sound);
    QVERIFY(!QFile::exists(newFile()));
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral(".octotrail*")}, QDir::AllEntries | QDir::Hidden),
        QStringList());
}

int main(int argc, char *argv[])
{
    if (argc == 5 && qEnvironmentVariableIsSet(misdeed)) {
        misbehave(qgetenv(misdeed), argv[4]);
    }
    if (const auto code = store::recoveryChild(argc, argv)) {
        return *code;
    }
    const QCoreApplication application(argc, argv);
    TestRecovery test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
