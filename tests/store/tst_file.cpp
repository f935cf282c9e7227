// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Alerts.h"
#include "store/Coverage.h"
#include "store/StoreFile.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using event::ErrorKind;
using store::Seq;

namespace {

event::Error refusal(const QString &file, bool create = true)
{
    store::Store::Options options;
    options.create = create;
    const auto opened = store::Store::open(file, options);
    return opened ? event::Error{ErrorKind::Internal, QStringLiteral("it was opened"), 0} : opened.error();
}

void write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// Runs SQL on a file that no store has open.
event::Status sql(const QString &file, const std::string &statements)
{
    auto database = store::duckdb::Database::open(file.toStdString(), {});
    if (!database) {
        return tl::unexpected(database.error());
    }
    return database->connect().and_then(
        [&](store::duckdb::Connection &&connection) { return connection.run(statements); });
}

} // namespace

/// What may be wrong with a file, and what becomes of files over time.
class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAFileForItsOwnerAlone();
    void refusesWhatIsNoStore_data();
    void refusesWhatIsNoStore();
    void refusesADamagedStore();
    void refusesToMakeWhatIsMissing();
    void refusesPlacesThatCannotBeWritten();
    void refusesASecondOpening();
    void refusesASecondProcess();
    void refusesANewerVersion();
    void migratesAfterACopy();
    void bringsTheFirstVersionUpToDate();
    void keepsTheFileIfAMigrationFails();
    void migrationTakesOverWhatWasCollected();
    void migrationFindsTheActorsOfAlerts();
    void namesTheDefaultFile();
};

void TestFile::makesAFileForItsOwnerAlone()
{
    Case c;
    c.open();
    c.append(events(0, 10));
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    const QDir folder(c.folder());
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files) {
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
    }
    // Closing leaves the one file.
    c.close();
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("case.duckdb")});
}

void TestFile::refusesWhatIsNoStore_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("Dear diary, today I made a file that is no store.\n").repeated(100);
    QTest::newRow("short text") << QByteArray("x");
    QTest::newRow("SQLite") << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\0');
    QTest::newRow("a header alone") << QByteArray(8, '\0') + QByteArray("DUCK") + QByteArray(4084, '\0');
}

void TestFile::refusesWhatIsNoStore()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("case.duckdb"));
    write(file, bytes);
    const event::Error error = refusal(file);
    QCOMPARE(error.kind, ErrorKind::Corrupt);
    QVERIFY2(error.sentence.contains(file), qPrintable(error.sentence));
    QCOMPARE(content(file), bytes);

    QFile::remove(file);
    QVERIFY(sql(file, "CREATE TABLE orders(id INTEGER)"));
    QCOMPARE(refusal(file).kind, ErrorKind::Corrupt);
    QVERIFY(sql(file, "INSERT INTO orders VALUES (1); CREATE TABLE meta(\"key\" VARCHAR, \"value\" VARCHAR)"));
    QCOMPARE(refusal(file).kind, ErrorKind::Corrupt);

    // An empty file is a place to begin.
    QFile::remove(file);
    write(file, {});
    QVERIFY(store::Store::open(file));
}

void TestFile::refusesADamagedStore()
{
    Case c;
    c.open();
    c.append(events(0, 5000));
    c.close();
    QByteArray bytes = content(c.file());
    for (qsizetype i = 0; i < bytes.size(); i += 512) {
        bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    }
    write(c.file(), bytes);
    const event::Error error = refusal(c.file());
    QCOMPARE(error.kind, ErrorKind::Corrupt);
    QCOMPARE(content(c.file()), bytes);

    // Cut off.
    write(c.file(), bytes.left(bytes.size() / 2));
    QCOMPARE(refusal(c.file()).kind, ErrorKind::Corrupt);
}

void TestFile::refusesToMakeWhatIsMissing()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("none.duckdb"));
    QCOMPARE(refusal(file, false).kind, ErrorKind::Storage);
    QVERIFY(!QFile::exists(file));
    QCOMPARE(refusal(folder.path()).kind, ErrorKind::Storage);
    // Folders on the way are made.
    QVERIFY(store::Store::open(folder.filePath(QStringLiteral("a/b/case.duckdb"))));
}

void TestFile::refusesPlacesThatCannotBeWritten()
{
    // Not even root may write here.
    const event::Error error = refusal(QStringLiteral("/proc/case.duckdb"));
    QCOMPARE(error.kind, ErrorKind::Storage);
    QVERIFY(error.sentence.contains(QStringLiteral("/proc")));
    QCOMPARE(refusal(QStringLiteral("/proc/none/case.duckdb")).kind, ErrorKind::Storage);
    QCOMPARE(refusal(QStringLiteral("/dev/null/case.duckdb")).kind, ErrorKind::Storage);
}

void TestFile::refusesASecondOpening()
{
    Case c;
    c.open();
    c.append(events(0, 10));
    QCOMPARE(refusal(c.file()).kind, ErrorKind::Locked);
    QVERIFY(QFile::link(c.file(), c.folder() + QStringLiteral("/link")));
    QCOMPARE(refusal(c.folder() + QStringLiteral("/link")).kind, ErrorKind::Locked);
    c.close();
    c.open();
    QCOMPARE(must(get(c.store().count({}))), 10);
}

void TestFile::refusesASecondProcess()
{
    Case c;
    c.open();
    QProcess other;
    other.start(QStringLiteral(STORE_CHILD), {QStringLiteral("count"), c.file()});
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitCode(), 1);
    const QString message = QString::fromUtf8(other.readAllStandardError());
    QVERIFY2(message.contains(QString::number(QCoreApplication::applicationPid())), qPrintable(message));
    c.append(events(0, 10));
    c.close();
    other.start(QStringLiteral(STORE_CHILD), {QStringLiteral("count"), c.file()});
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.readAllStandardOutput(), QByteArray("10\n"));
}

void TestFile::refusesANewerVersion()
{
    Case c;
    c.open();
    c.close();
    QVERIFY(sql(c.file(), "UPDATE meta SET \"value\" = '9999' WHERE \"key\" = 'schema'"));
    const event::Error error = refusal(c.file());
    QCOMPARE(error.kind, ErrorKind::TooNew);
    QVERIFY(error.sentence.contains(c.file()));
}

void TestFile::migratesAfterACopy()
{
    Case c;
    c.open();
    c.append(events(0, 20));
    c.close();
    std::vector<store::Migration> steps(store::migrations().begin(), store::migrations().end());
    const int current = steps.back().version;
    steps.push_back({current + 1, [](store::duckdb::Connection &connection) {
                         return connection.run("ALTER TABLE events ADD COLUMN note VARCHAR");
                     }});
    steps.push_back({current + 2,
        [](store::duckdb::Connection &connection) { return connection.run("UPDATE events SET note = 'seen'"); }});
    store::StoreFile::Options options;
    options.steps = steps;
    {
        auto opened = store::StoreFile::open(c.file(), options);
        QVERIFY(opened);
        auto connection = opened->database().connect();
        QVERIFY(connection);
        QCOMPARE(must(store::schemaVersion(*connection)), current + 2);
        auto notes = connection->query("SELECT count(*) FROM events WHERE note = 'seen'");
        QVERIFY(notes);
        QCOMPARE(notes->next()->column(0).bigint(0), 20);
    }
    // The program as it is finds the new file too new, and the copy as it was.
    QCOMPARE(refusal(c.file()).kind, ErrorKind::TooNew);
    const QString copy = QStringLiteral("%1.v%2").arg(c.file()).arg(current);
    const auto old = store::Store::open(copy);
    QVERIFY(old);
    QCOMPARE(must(get((*old)->count({}))), 20);
}

void TestFile::bringsTheFirstVersionUpToDate()
{
    Case c;
    {
        store::StoreFile::Options options;
        options.steps = store::migrations().first(1);
        QVERIFY(store::StoreFile::open(c.file(), options));
    }
    c.open();
    c.append(events(0, 20));
    store::Alerts alerts(c.shared());
    store::Finding finding;
    finding.ruleId = QStringLiteral("rule");
    QCOMPARE(must(get(alerts.commit({{finding}, 20, QStringLiteral("engine")}))).raised.size(), 1U);
    QCOMPARE(must(get(alerts.counts())).open(), 1);
    QCOMPARE(must(get(c.store().count({}))), 20);
}

void TestFile::keepsTheFileIfAMigrationFails()
{
    Case c;
    c.open();
    c.append(events(0, 20));
    c.close();
    std::vector<store::Migration> steps(store::migrations().begin(), store::migrations().end());
    steps.push_back({steps.back().version + 1, [](store::duckdb::Connection &connection) {
                         return connection.run("DELETE FROM events; SELECT * FROM no_such_table");
                     }});
    store::StoreFile::Options options;
    options.steps = steps;
    QVERIFY(!store::StoreFile::open(c.file(), options));
    c.open();
    QCOMPARE(must(get(c.store().count({}))), 20);
}

/// An older version kept no ledger of gaps.
void TestFile::migrationTakesOverWhatWasCollected()
{
    Case c;
    {
        store::StoreFile::Options options;
        options.steps = store::migrations().first(3);
        const auto opened = store::StoreFile::open(c.file(), options);
        QVERIFY(opened);
        auto connection = opened->database().connect();
        QVERIFY(connection);
        QVERIFY(connection->run("INSERT INTO events(seq, source, published) VALUES (1, 1, TIMESTAMP '2026-11-01');"
                                "INSERT INTO checkpoints VALUES (1, 'Okta.SystemLog', 'link', 'hash', "
                                "TIMESTAMP '2026-11-02', TIMESTAMP '2026-11-02')"));
    }
    c.open();
    const auto standing = must(get(store::Coverage(c.store()).standing(1)));
    const event::Timestamp first = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
    QVERIFY(standing.goal);
    QCOMPARE(standing.goal->since, std::optional(first));
    QVERIFY(standing.covered == (store::RangeSet{{first, first + std::chrono::days(1)}}));
    QVERIFY(!must(get(store::Coverage(c.store()).standing(2))).goal);
}

/// An older version knew the actor of an alert's first event alone.
void TestFile::migrationFindsTheActorsOfAlerts()
{
    Case c;
    {
        store::StoreFile::Options options;
        options.steps = store::migrations().first(8);
        const auto opened = store::StoreFile::open(c.file(), options);
        QVERIFY(opened);
        auto connection = opened->database().connect();
        QVERIFY(connection);
        const auto made = connection->run(
            "INSERT INTO events(seq, source, published, uuid, \"actor.alternateId\") VALUES "
            "(1, 1, TIMESTAMP '2026-11-01', 'a', 'first'), (2, 1, TIMESTAMP '2026-11-01', 'b', 'often'), "
            "(3, 1, TIMESTAMP '2026-11-01', 'c', 'often'), (4, 1, TIMESTAMP '2026-11-01', 'd', NULL);"
            "INSERT INTO alert_events VALUES (7, 1, 'a', NULL), (7, 2, 'b', NULL), (7, 3, 'c', 'v'), (7, 4, 'd', "
            "NULL), "
            "(8, 0, 'gone', NULL);"
            "INSERT INTO alerts SELECT id, 'r', 'R', 'T', 'k', 2, 0, '', who, 1, '', '', '', '', '', "
            "TIMESTAMP '2026-11-01', TIMESTAMP '2026-11-02', TIMESTAMP '2026-11-01', TIMESTAMP '2026-11-01', 1, 4, 0, "
            "TIMESTAMP '2026-11-01', NULL FROM (VALUES (7, 'first'), (8, 'kept')) v(id, who)");
        QVERIFY2(made, made ? "" : qPrintable(made.error().sentence));
    }
    c.open();
    store::Alerts alerts(c.shared());
    const store::Alert several = must(get(alerts.alert(7))).alert;
    QCOMPARE(several.actor, QStringLiteral("often"));
    QCOMPARE(several.actorCount, 2);
    QVERIFY(
        (several.actors == std::vector<store::AlertActor>{{QStringLiteral("often"), 2}, {QStringLiteral("first"), 1}}));
    const store::Alert gone = must(get(alerts.alert(8))).alert;
    QCOMPARE(gone.actor, QStringLiteral("kept"));
    QCOMPARE(gone.actorCount, 0);
}

void TestFile::namesTheDefaultFile()
{
    QVERIFY(store::Store::defaultFile().endsWith(QStringLiteral("/case.duckdb")));
    QVERIFY(QDir::isAbsolutePath(store::Store::defaultFile()));
}

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
