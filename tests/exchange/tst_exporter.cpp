// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExportCase.h"
#include "event/LogEvent.h"
#include "event/ThreadPriority.h"
#include "exchange/Exporter.h"
#include "store/Annotations.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace octotrail;
using tests::content;
using tests::modeOf;
using namespace Qt::StringLiterals;
using exchange::Format;

namespace {

/// A reader of RFC 4180, strict enough to fail on what is not.
QList<QStringList> readCsv(const QByteArray &bytes)
{
    QList<QStringList> rows;
    QStringList row;
    QByteArray cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (isQuoted) {
            if (c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
                cell += bytes[++i];
            } else if (c == '"') {
                isQuoted = false;
            } else {
                cell += c;
            }
        } else if (c == '"' && cell.isEmpty()) {
            isQuoted = true;
        } else if (c == ',') {
            row.append(QString::fromUtf8(cell));
            cell.clear();
        } else if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') {
            ++i;
            row.append(QString::fromUtf8(cell));
            cell.clear();
            rows.append(row);
            row.clear();
        } else if (c == '"' || c == '\r' || c == '\n') {
            return {};
        } else {
            cell += c;
        }
    }
    return row.isEmpty() && cell.isEmpty() && !isQuoted ? rows : QList<QStringList>{};
}

/// Takes two milliseconds for each piece that is written.
class SlowDevice : public QIODevice
{
public:
    /// Of the threads that wrote.
    int leastNice() const { return m_leastNice; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        QThread::msleep(2);
        m_leastNice = std::min(m_leastNice, ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())));
        return size;
    }

private:
    int m_leastNice = 20;
};

} // namespace

class TestExporter : public QObject, private tests::ExportCase
{
    Q_OBJECT

private:
    static store::EventQuery everything()
    {
        store::EventQuery query;
        query.descending = false;
        return query;
    }

    QByteArray exported(
        Format format, const std::vector<std::string> &fields = {}, const store::EventQuery &query = everything())
    {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto done = exchange::exportEvents(*m_store, query, {format, fields}, buffer, {}, {});
        return done ? buffer.data() : "failed: " + done.error().sentence.toUtf8();
    }

private Q_SLOTS:
    void init() { openCase(u"Acme, \"Inc\""_s); }

    void cleanup() { m_store.reset(); }

    void nothing()
    {
        QCOMPARE(exported(Format::NdJson), QByteArray());
        QCOMPARE(QJsonDocument::fromJson(exported(Format::Json)), QJsonDocument(QJsonArray()));
        QCOMPARE(exported(Format::Csv, {"uuid", "eventType"}), QByteArray("uuid,eventType\r\n"));
    }

    void annotationsAreColumns()
    {
        addSamples(0, 3);
        store::Annotations annotations(m_store);
        store::AnnotationEdit edit;
        edit.bookmarked = true;
        edit.addTags = {u"phishing"_s, u"=c2"_s};
        edit.note = u"Asked her,\nit was \"not\" she"_s;
        QVERIFY(annotations.edit({2}, edit).result());
        const std::vector<std::string> fields{"annotation.bookmarked", "annotation.tag", "annotation.note"};
        const QByteArray csv = exported(Format::Csv, fields);
        QVERIFY2(csv.contains("true,\"'=c2; phishing\",\"Asked her,\nit was \"\"not\"\" she\"\r\n"), csv.constData());
        const QJsonArray json = QJsonDocument::fromJson(exported(Format::Json, fields)).array();
        QCOMPARE(json.size(), 3);
        QVERIFY(std::ranges::any_of(json, [](const QJsonValue &event) {
            return event[u"annotation.bookmarked"_s].toBool() && event[u"annotation.tag"_s].toArray().size() == 2;
        }));
    }

    void ndJsonIsTheBytes()
    {
        addSamples(0, 1000);
        QCOMPARE(exported(Format::NdJson), tests::sampleLines(0, 1000));
    }

    void lineBreaksBetweenTokensBecomeSpaces()
    {
        const QByteArray pretty
            = "{\r\n  \"uuid\": \"p\",\n  \"published\": \"2026-08-01T00:00:00Z\",\n  \"x\": \"a\\nb\"\n}";
        add({pretty});
        const QByteArray line = exported(Format::NdJson);
        QCOMPARE(line.count('\n'), 1);
        QCOMPARE(QJsonDocument::fromJson(line), QJsonDocument::fromJson(pretty));
        // In an array nothing needs to change.
        QVERIFY(exported(Format::Json).contains(pretty));
    }

    void jsonArray()
    {
        addSamples(0, 300);
        const QByteArray bytes = exported(Format::Json);
        const auto array = QJsonDocument::fromJson(bytes).array();
        QCOMPARE(array.size(), 300);
        for (int n = 0; n < 300; ++n) {
            QVERIFY(bytes.contains(tests::sampleEvent(n)));
        }
    }

    void aBrokenEventDoesNotBreakTheArray()
    {
        add({tests::sampleEvent(0), "{\"uuid\":\"broken\",\"x\":\xff", tests::sampleEvent(1)});
        const auto array = QJsonDocument::fromJson(exported(Format::Json)).array();
        QCOMPARE(array.size(), 3);
        QVERIFY(exported(Format::NdJson).contains("{\"uuid\":\"broken\",\"x\":\xff\n"));
    }

    void csvOfChosenFields()
    {
        addSamples(0, 50);
        const auto rows = readCsv(exported(Format::Csv,
            {"published", "actor.alternateId", "actor.displayName", "target.displayName", "request.ipChain.ip",
                "client.geographicalContext.geolocation.lat", "outcome.reason", "source", "target", "OUTCOME.result"}));
        QCOMPARE(rows.size(), 51);
        QCOMPARE(rows[0],
            (QStringList{u"published"_s, u"actor.alternateId"_s, u"actor.displayName"_s, u"target.displayName"_s,
                u"request.ipChain.ip"_s, u"client.geographicalContext.geolocation.lat"_s, u"outcome.reason"_s,
                u"source"_s, u"target"_s, u"outcome.result"_s}));
        QCOMPARE(rows[8],
            (QStringList{u"2026-08-01T00:00:07.007Z"_s, u"user7@example.com"_s, u"Zoë \"Z\" user7"_s,
                u"Salesforce, Inc.; Everyone"_s, u"203.0.113.9; 10.0.0.1"_s, u"-33.5"_s, u"INVALID_CREDENTIALS"_s,
                u"Acme, \"Inc\""_s, u"Salesforce; unknown"_s, u"FAILURE"_s}));
        QCOMPARE(rows[2][6], QString());
    }

    void csvOfEveryField()
    {
        addSamples(0, 3);
        const auto rows = readCsv(exported(Format::Csv));
        QCOMPARE(rows.size(), 4);
        for (const event::Field &field : event::fields()) {
            QVERIFY(rows[0].contains(QString::fromUtf8(field.path.data(), static_cast<qsizetype>(field.path.size()))));
        }
        QVERIFY(rows[0].contains(u"target.alternateId"_s));
        for (const QStringList &row : rows) {
            QCOMPARE(row.size(), rows[0].size());
        }
    }

    void csvGuardsAgainstFormulas_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        for (const QString &start : {u"="_s, u"+"_s, u"-"_s, u"@"_s, u"\t"_s, u"\r"_s, u"\n"_s, u"\uff1d"_s,
                 u"\uff0b"_s, u"\uff0d"_s, u"\uff20"_s}) {
            QTest::addRow("%d", start.front().unicode())
                << start + u"cmd|' /C calc'!A0"_s << u"'"_s + start + u"cmd|' /C calc'!A0"_s;
        }
        QTest::newRow("in the middle") << u"a=1"_s << u"a=1"_s;
        QTest::newRow("quotes and line ends") << u"=\"a\",\r\nb"_s << u"'=\"a\",\r\nb"_s;
        QTest::newRow("empty") << u""_s << u""_s;
    }

    void csvGuardsAgainstFormulas()
    {
        QFETCH(QString, text);
        QFETCH(QString, cell);
        const QByteArray json
            = QJsonDocument(QJsonObject{{u"uuid"_s, u"f"_s}, {u"published"_s, u"2026-08-01T00:00:00.000Z"_s},
                                {u"actor"_s, QJsonObject{{u"displayName"_s, text}}}})
                  .toJson(QJsonDocument::Compact);
        add({json});
        const auto rows = readCsv(exported(Format::Csv, {"uuid", "actor.displayName"}));
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[1], (QStringList{u"f"_s, cell}));
    }

    void flatObjects()
    {
        addSamples(0, 8);
        const QByteArray bytes = exported(Format::NdJson,
            {"uuid", "target.id", "client.geographicalContext.geolocation.lat", "outcome.reason", "request"});
        const QList<QByteArray> lines = bytes.trimmed().split('\n');
        QCOMPARE(lines.size(), 8);
        const QJsonObject object = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(object.size(), 5);
        QCOMPARE(object[u"uuid"_s].toString(), u"00000000-0000-11f0-8000-000000000001"_s);
        QCOMPARE(object[u"target.id"_s].toArray(), (QJsonArray{u"0oa1"_s, u"00g2"_s}));
        QCOMPARE(object[u"client.geographicalContext.geolocation.lat"_s], QJsonValue(-33.5));
        QVERIFY(object[u"outcome.reason"_s].isNull());
        QCOMPARE(object[u"request"_s][u"ipChain"_s].toArray().size(), 2);
    }

    void badFields() { QVERIFY(exported(Format::Csv, {"actor..id"}).startsWith("failed: ")); }

    void equalsWhatASearchShows()
    {
        addSamples(0, 2000);
        store::EventQuery query;
        query.expression
            = *filter::parse("outcome.result eq \"FAILURE\" and client.geographicalContext.city eq \"Lyon\"");
        query.sortPath = "actor.alternateId";
        query.descending = true;

        std::vector<store::Seq> seqs;
        const auto search = m_store->search(query);
        connect(search.get(), &store::Search::found, this,
            [&](const store::SeqsPtr &more) { seqs.insert(seqs.end(), more->begin(), more->end()); });
        QSignalSpy finished(search.get(), &store::Search::finished);
        QVERIFY(finished.wait());
        QByteArray shown;
        for (const store::Seq seq : seqs) {
            const auto found = m_store->event(seq).result();
            QVERIFY(found);
            shown += QByteArray::fromStdString(found->event.bytes()) + '\n';
        }
        QVERIFY(seqs.size() > 50);
        QCOMPARE(exported(Format::NdJson, {}, query), shown);
    }

    void chosenEventsInTheirOrder()
    {
        addSamples(0, 2000);
        std::vector<store::Seq> chosen;
        for (store::Seq seq = 1999; seq > 0; seq -= 3) {
            chosen.push_back(seq);
        }
        QByteArray expected;
        for (const store::Seq seq : chosen) {
            expected += QByteArray::fromStdString(m_store->event(seq).result()->event.bytes()) + '\n';
        }
        const auto events = static_cast<qint64>(chosen.size());
        chosen.insert(chosen.begin() + 7, 1'000'000); // it was removed meanwhile
        exchange::ExportOptions options;
        options.chosen = std::make_shared<const std::vector<store::Seq>>(chosen);
        // Whatever the query finds.
        store::EventQuery query;
        query.expression = *filter::parse("outcome.result eq \"NOTHING\"");
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto done = exchange::exportEvents(*m_store, query, options, buffer, {}, {});
        QVERIFY(done);
        QCOMPARE(done->events, events);
        QCOMPARE(done->total, events);
        QCOMPARE(buffer.data(), expected);
        for (const Format format : {Format::Csv, Format::Json, Format::Parquet, Format::Html}) {
            options.format = format;
            options.manifest = true;
            const QString name = path(u"chosen."_s + exchange::nameOfFormat(format));
            const auto written = exchange::exportToFile(*m_store, query, options, name, {}, {});
            QVERIFY2(written, written ? "" : qUtf8Printable(written.error().sentence));
            QCOMPARE(written->events, events);
            QFile manifest(written->manifestFile);
            QVERIFY(manifest.open(QIODevice::ReadOnly));
            const QJsonObject told = QJsonDocument::fromJson(manifest.readAll()).object();
            QVERIFY(told[u"chosenEvents"_s].toBool());
            QCOMPARE(told[u"events"_s].toInteger(), events);
        }
        options.format = Format::NdJson;
        options.redaction = exchange::Redaction{{"actor.alternateId"}, exchange::RedactionKey::random()};
        const auto redacted = exchange::exportToFile(*m_store, query, options, path(u"r.ndjson"_s), {}, {});
        QVERIFY(redacted);
        QCOMPARE(redacted->events, events);
    }

    void intoAFileOfItsOwnersAlone()
    {
        addSamples(0, 10);
        const QString name = path(u"out.ndjson"_s);
        const mode_t before = ::umask(0);
        const auto done = exchange::exportToFile(*m_store, everything(), {Format::NdJson, {}}, name, {}, {});
        ::umask(before);
        QVERIFY(done);
        QCOMPARE(done->events, 10);
        QCOMPARE(done->total, 10);
        QCOMPARE(modeOf(name), 0600U);
        QCOMPARE(content(name), tests::sampleLines(0, 10));
    }

    void cancelledLeavesNoFile_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("NDJSON") << static_cast<int>(Format::NdJson);
        QTest::newRow("Parquet") << static_cast<int>(Format::Parquet);
    }

    void cancelledLeavesNoFile()
    {
        QFETCH(int, format);
        addSamples(0, 1000);
        QFile old(path(u"out"_s));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        std::stop_source stop;
        stop.request_stop();
        const auto done = exchange::exportToFile(
            *m_store, everything(), {static_cast<Format>(format), {}}, old.fileName(), {}, stop.get_token());
        QVERIFY(!done);
        QCOMPARE(done.error().kind, event::ErrorKind::Cancelled);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
        const auto entries
            = QDir(m_folder->path()).entryList({u"*out*"_s, u".oct*"_s}, QDir::AllEntries | QDir::Hidden);
        QCOMPARE(entries, QStringList{u"out"_s});
    }

    void aFullDisk()
    {
        addSamples(0, 1000);
        if (!QFileInfo::exists(u"/dev/full"_s)) {
            QSKIP("There is no /dev/full here.");
        }
        const auto done = exchange::exportToFile(*m_store, everything(), {Format::NdJson, {}}, u"/dev/full"_s, {}, {});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, event::ErrorKind::DiskFull);
    }

    void aFolderThatIsMissing()
    {
        for (const Format format : {Format::NdJson, Format::Parquet}) {
            const auto done
                = exchange::exportToFile(*m_store, everything(), {format, {}}, path(u"no/such/folder/x"_s), {}, {});
            QVERIFY(!done);
            QVERIFY2(done.error().sentence.contains(u"no/such/folder"_s), qPrintable(done.error().sentence));
        }
    }

    void tellsHowFarItIs_data()
    {
        QTest::addColumn<bool>("isRedacted");
        QTest::newRow("as it is") << false;
        QTest::newRow("redacted") << true;
    }

    void tellsHowFarItIs()
    {
        QFETCH(bool, isRedacted);
        addSamples(0, 400);
        exchange::ExportOptions options;
        options.format = Format::Html; // each event is written by itself
        if (isRedacted) {
            options.redaction = exchange::Redaction{{"actor"}, *exchange::RedactionKey::fromPassphrase("open sesame")};
        }
        SlowDevice device;
        device.open(QIODevice::WriteOnly);
        std::vector<qint64> told;
        const auto done = exchange::exportEvents(*m_store, everything(), options, device,
            [&](const exchange::ExportProgress &progress) {
                if (!progress.isLearning) {
                    QCOMPARE(progress.total, 400);
                    told.push_back(progress.events);
                }
            },
            {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
        QVERIFY(std::ranges::is_sorted(told));
        QCOMPARE(told.back(), 400);
        const auto between = std::ranges::count_if(told, [](qint64 events) { return events > 0 && events < 400; });
        QVERIFY2(between >= 3, QByteArray::number(between).constData());
    }

    /// Or the window would wait for its turn while an export is written.
    void givesWayAsTheCallerDoes()
    {
        addSamples(0, 40'000); // more than are read at once
        QSemaphore isThere;
        QThreadPool::globalInstance()->start([&isThere] { isThere.release(); }); // a thread that does not
        QVERIFY(isThere.tryAcquire(1, 10'000));
        SlowDevice device;
        device.open(QIODevice::WriteOnly);
        exchange::ExportOptions options;
        options.format = Format::NdJson;
        std::thread([&] {
            event::giveWay(event::Courtesy::Bulk);
            (void)exchange::exportEvents(*m_store, everything(), options, device, {}, {});
        }).join();
        QCOMPARE(device.leastNice(), static_cast<int>(event::Courtesy::Bulk));
    }

    void parquet()
    {
        addSamples(0, 100);
        const QString name = path(u"out.parquet"_s);
        const auto done = exchange::exportToFile(*m_store, everything(), {Format::Parquet, {}}, name, {}, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
        QCOMPARE(done->events, 100);
        QCOMPARE(modeOf(name), 0600U);
        const QByteArray bytes = content(name);
        QVERIFY(bytes.startsWith("PAR1"));
        QVERIFY(bytes.endsWith("PAR1"));
        QVERIFY(bytes.contains("actor.alternateId"));
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(!exchange::exportEvents(*m_store, everything(), {Format::Parquet, {}}, buffer, {}, {}));
    }

    void formatNames()
    {
        QCOMPARE(*exchange::formatByName(u"CSV"_s), Format::Csv);
        QVERIFY(!exchange::formatByName(u"xlsx"_s));
        QCOMPARE(exchange::formatByFileName(u"/a/b.ndjson"_s), Format::NdJson);
        QCOMPARE(exchange::formatByFileName(u"b.jsonl"_s), Format::NdJson);
        QCOMPARE(exchange::formatByFileName(u"b.parquet"_s), Format::Parquet);
        QVERIFY(!exchange::formatByFileName(u"b"_s));
    }
};

QTEST_GUILESS_MAIN(TestExporter)
#include "tst_exporter.moc"
