// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExportCase.h"
#include "event/Sha256.h"
#include "exchange/EventCounter.h"
#include "exchange/Exporter.h"
#include "exchange/Manifest.h"
#include "exchange/ManifestCheck.h"
#include "store/Annotations.h"
#include "store/Integrity.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using tests::content;
using tests::modeOf;
using namespace Qt::StringLiterals;
using exchange::Format;

namespace {

bool write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QString digestOf(const QByteArray &bytes)
{
    return QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
}

/// As somebody does who wants it to pass: the checksum is made anew.
QByteArray forged(QJsonObject manifest)
{
    manifest.remove(u"checksum"_s);
    manifest[u"checksum"_s] = digestOf(QJsonDocument(manifest).toJson(QJsonDocument::Compact));
    return QJsonDocument(manifest).toJson();
}

exchange::ManifestCheck checked(const QString &file)
{
    auto check = exchange::checkManifest(file, {}, {});
    return check ? std::move(*check) : exchange::ManifestCheck{{}, {}, {check.error().sentence}, {}};
}

std::optional<qint64> eventsIn(const QString &format, const QByteArray &bytes, qsizetype piece)
{
    exchange::EventCounter counter(format);
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        counter.feed(bytes.mid(at, piece).toStdString());
    }
    return counter.events();
}

} // namespace

/// The manifests of all kinds of export, and what a check of them finds.
class TestManifest : public QObject, private tests::ExportCase
{
    Q_OBJECT

private:
    /// The manifest's file of an export of what the filter finds.
    QString exported(const char *filter, exchange::ExportOptions options = {})
    {
        options.manifest = true;
        store::EventQuery query;
        query.expression = *filter::parse(filter);
        const QString file = path(u"out."_s + exchange::nameOfFormat(options.format));
        const auto done = exchange::exportToFile(*m_store, query, options, file, {}, {});
        return done ? done->manifestFile : QString();
    }

    exchange::ManifestCheck compared(const QString &file)
    {
        exchange::ManifestCheck check = checked(file);
        if (const auto status = exchange::compareWithCase(check, m_store, {}); !status) {
            check.problems << status.error().sentence;
        }
        return check;
    }

private Q_SLOTS:
    void init() { openCase(u"Acme"_s); }
    void cleanup() { m_store.reset(); }

    void manifestOfEachFormat_data()
    {
        QTest::addColumn<Format>("format");
        QTest::newRow("csv") << Format::Csv;
        QTest::newRow("json") << Format::Json;
        QTest::newRow("ndjson") << Format::NdJson;
        QTest::newRow("parquet") << Format::Parquet;
        QTest::newRow("html") << Format::Html;
    }

    void manifestOfEachFormat()
    {
        QFETCH(const Format, format);
        addSamples(0, 20);
        exchange::ExportOptions options;
        options.format = format;
        options.manifest = true;
        const QString file = path(u"out."_s + exchange::nameOfFormat(format));
        store::EventQuery query;
        query.expression = *filter::parse(R"(outcome.result eq "SUCCESS")");
        query.range.since = event::parseTimestamp("2026-08-01T00:00:00Z");
        const auto done = exchange::exportToFile(*m_store, query, options, file, {}, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
        QCOMPARE(done->manifestFile, file + u".manifest.json"_s);
        QCOMPARE(modeOf(done->manifestFile), 0600U);
        const QByteArray bytes = content(file);
        const QByteArray manifest = content(done->manifestFile);
        const QJsonObject object = QJsonDocument::fromJson(manifest).object();
        const QJsonValue entry = object[u"files"_s][0];
        QCOMPARE(entry[u"name"_s].toString(), QFileInfo(file).fileName());
        QCOMPARE(entry[u"bytes"_s].toInteger(), bytes.size());
        QCOMPARE(
            entry[u"sha256"_s].toString().toStdString(), event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
        QCOMPARE(object[u"events"_s].toInteger(), done->events);
        QCOMPARE(object[u"query"_s][u"filter"_s].toString(), uR"(outcome.result eq "SUCCESS")"_s);
        QCOMPARE(object[u"query"_s][u"since"_s].toString().left(19), u"2026-08-01T00:00:00"_s);
        QCOMPARE(object[u"redacted"_s].toBool(true), false);
        QCOMPARE(object[u"case"_s].toString(), u"acme.duckdb"_s);
        auto head = store::Integrity(m_store).head();
        head.waitForFinished();
        QVERIFY(!head.result()->isEmpty());
        QCOMPARE(object[u"integrityHead"_s].toString(), *head.result());

        const auto check = exchange::checkManifest(done->manifestFile, {}, {});
        QVERIFY(check && check->isSound());
        QCOMPARE(check->sha256, done->manifestDigest);
        QCOMPARE(check->sha256.toStdString(), event::Sha256::hex(event::Sha256::of(manifest.toStdString())));
        // One bit is enough.
        QByteArray changed = bytes;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
        QVERIFY(write(file, changed));
        QCOMPARE(exchange::checkManifest(done->manifestFile, {}, {})->problems.size(), 1);
        QVERIFY(write(file, bytes + '\n'));
        QVERIFY(!exchange::checkManifest(done->manifestFile, {}, {})->isSound());
        QVERIFY(QFile::remove(file));
        QVERIFY(!exchange::checkManifest(done->manifestFile, {}, {})->isSound());
    }

    void aRedactedManifestSaysNothing()
    {
        addSamples(0, 20);
        exchange::ExportOptions options;
        options.format = Format::NdJson;
        options.manifest = true;
        options.redaction = exchange::Redaction{{"actor.alternateId"}, exchange::RedactionKey::random()};
        store::EventQuery query;
        query.expression = *filter::parse(R"(actor.alternateId eq "user3@example.com")");
        const auto done = exchange::exportToFile(*m_store, query, options, path(u"out.ndjson"_s), {}, {});
        QVERIFY(done);
        const QByteArray manifest = content(done->manifestFile);
        QVERIFY(!manifest.contains("user3"));
        QVERIFY(!manifest.contains("acme"));
        const auto check = exchange::checkManifest(done->manifestFile, {}, {});
        QVERIFY(check->isSound());
        QCOMPARE(check->manifest.redactedFields, std::vector<std::string>{"actor.alternateId"});
    }

    void foreignManifests_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray digest(64, 'a');
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("sums");
        QTest::newRow("other JSON") << QByteArray(R"({"files":[]})");
        QTest::newRow("no file") << QByteArray(R"({"octotrailManifest":1,"files":[]})");
        QTest::newRow("newer") << QByteArray(R"({"octotrailManifest":2,"files":[]})");
        QTest::newRow("elsewhere") << QByteArray(
            R"({"octotrailManifest":1,"files":[{"name":"../x","bytes":1,"sha256":")" + digest + R"("}]})");
        QTest::newRow("no digest") << QByteArray(
            R"({"octotrailManifest":1,"files":[{"name":"x","bytes":1,"sha256":"abc"}]})");
    }

    void foreignManifests()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(write(path(u"m.json"_s), bytes));
        const auto check = exchange::checkManifest(path(u"m.json"_s), {}, {});
        QVERIFY(!check);
        QCOMPARE(check.error().kind, event::ErrorKind::InvalidInput);
        QVERIFY(!exchange::checkManifest(path(u"none.json"_s), {}, {}));
    }

    void figuresThatWereChanged_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("events") << u"events"_s << QJsonValue(19);
        QTest::newRow("withheld") << u"withheld"_s << QJsonValue(3);
        QTest::newRow("created") << u"created"_s << QJsonValue(u"2020-01-01T00:00:00.000Z"_s);
        QTest::newRow("format") << u"format"_s << QJsonValue(u"csv"_s);
        QTest::newRow("filter") << u"query"_s << QJsonValue(QJsonObject{{u"filter"_s, u"severity eq \"WARN\""_s}});
        QTest::newRow("head") << u"integrityHead"_s << QJsonValue(QString(64, u'0'));
        QTest::newRow("case") << u"case"_s << QJsonValue(u"other.duckdb"_s);
        QTest::newRow("redacted") << u"redacted"_s << QJsonValue(true);
        QTest::newRow("chosen") << u"chosenEvents"_s << QJsonValue(true);
        QTest::newRow("more") << u"approvedBy"_s << QJsonValue(u"the court"_s);
        QTest::newRow("no checksum") << u"checksum"_s << QJsonValue(QJsonValue::Undefined);
    }

    /// The file is what it was: it is the manifest alone that says something else.
    void figuresThatWereChanged()
    {
        QFETCH(const QString, member);
        QFETCH(const QJsonValue, value);
        addSamples(0, 20);
        const QString file = exported("");
        QJsonObject manifest = QJsonDocument::fromJson(content(file)).object();
        QVERIFY(write(file, QJsonDocument(manifest).toJson(QJsonDocument::Compact)));
        QCOMPARE(checked(file).problems, QStringList()); // another layout is no other figure
        if (value.isUndefined()) {
            manifest.remove(member);
        } else {
            manifest[member] = value;
        }
        QVERIFY(write(file, QJsonDocument(manifest).toJson()));
        const auto check = checked(file);
        QVERIFY(!check.isSound());
        QVERIFY2(check.problems.first().contains(u"checksum"_s), qPrintable(check.problems.first()));
    }

    void eventsAreCounted_data() { manifestOfEachFormat_data(); }

    void eventsAreCounted()
    {
        QFETCH(const Format, format);
        addSamples(0, 20);
        add({"{\"uuid\":\"a\",\"displayMessage\":\"<section id=\\\"e9\\\">, \\\"quoted\\\"\\nand more [{,\"}",
            "{\n \"uuid\" : \"b\",\n \"list\" : [ 1, 2, \"]\" ] }", "no, JSON\"at [all", "{\"uuid\":\"c\\\\\"}"});
        exchange::ExportOptions options;
        options.format = format;
        const QString file = exported("", options);
        QVERIFY(!file.isEmpty());
        QJsonObject manifest = QJsonDocument::fromJson(content(file)).object();
        const bool isCounted = format != Format::Parquet;
        QCOMPARE(checked(file).problems, QStringList());
        QCOMPARE(checked(file).unchecked.size(), isCounted ? 0 : 1);
        manifest[u"events"_s] = 25;
        QVERIFY(write(file, forged(manifest)));
        QCOMPARE(checked(file).isSound(), !isCounted);
        QVERIFY(!compared(file).isSound()); // the case knows in any format
        if (isCounted) {
            const QByteArray bytes = content(path(u"out."_s + exchange::nameOfFormat(format)));
            for (const qsizetype piece : {1, 7, 13, 14, 15, 64}) {
                QCOMPARE(eventsIn(exchange::nameOfFormat(format), bytes, piece), 24);
            }
        }
    }

    void noEvents()
    {
        addSamples(0, 3);
        for (const Format format : {Format::Csv, Format::Json, Format::NdJson, Format::Html}) {
            exchange::ExportOptions options;
            options.format = format;
            const auto check = compared(exported(R"(uuid eq "none")", options));
            QCOMPARE(check.problems, QStringList());
            QCOMPARE(check.manifest.events, 0);
        }
        exchange::ExportOptions options;
        options.format = Format::Csv;
        options.fields = {"debugContext.debugData.none"}; // a row without a character in it
        QCOMPARE(compared(exported("", options)).problems, QStringList());
    }

    void agreesWithItsCase()
    {
        addSamples(0, 20);
        const char *filter = R"(outcome.result eq "SUCCESS")";
        const QString file = exported(filter);
        const auto check = compared(file);
        QCOMPARE(check.problems, QStringList());
        QCOMPARE(check.unchecked, QStringList());
        // What comes later takes nothing from it.
        addSamples(20, 30);
        QCOMPARE(compared(file).problems, QStringList());

        const QJsonObject manifest = QJsonDocument::fromJson(content(file)).object();
        const auto changed = [&](const QString &member, const QJsonValue &value) {
            QJsonObject other = manifest;
            other[member] = value;
            return write(file, forged(other)) ? compared(file) : exchange::ManifestCheck{};
        };
        QJsonObject query = manifest[u"query"_s].toObject();
        query[u"filter"_s] = uR"(outcome.result pr)"_s;
        QVERIFY(!changed(u"query"_s, query).isSound());
        query[u"filter"_s] = uR"(outcome.result eq)"_s;
        QVERIFY(!changed(u"query"_s, query).isSound());
        QVERIFY(!changed(u"integrityHead"_s, QString(64, u'0')).isSound());
        QCOMPARE(changed(u"case"_s, u"other.duckdb"_s).unchecked.size(), 1);
    }

    void saysWhatTheCaseCannotTell()
    {
        addSamples(0, 20);
        exchange::ExportOptions chosen;
        chosen.chosen = std::make_shared<const std::vector<store::Seq>>(std::vector<store::Seq>{1, 3});
        const auto ofChosen = compared(exported("", chosen));
        QCOMPARE(ofChosen.problems, QStringList());
        QCOMPARE(ofChosen.unchecked.size(), 1);

        exchange::ExportOptions redacted;
        redacted.redaction = exchange::Redaction{{"actor.alternateId"}, exchange::RedactionKey::random()};
        const auto ofRedacted = compared(exported(R"(outcome.result eq "SUCCESS")", redacted));
        QCOMPARE(ofRedacted.problems, QStringList());
        QCOMPARE(ofRedacted.unchecked.size(), 1);

        // The analyst goes on working: a filter of notes finds something else then.
        auto note = store::Annotations(m_store).edit({1, 2}, {true, {}, {}, {}});
        note.waitForFinished();
        QVERIFY(note.result());
        const QString bookmarked = exported("annotation.bookmarked eq true");
        QCOMPARE(compared(bookmarked).problems, QStringList());
        auto undone = store::Annotations(m_store).edit({1}, {false, {}, {}, {}});
        undone.waitForFinished();
        QVERIFY(undone.result());
        QCOMPARE(compared(bookmarked).problems, QStringList());
        QCOMPARE(compared(bookmarked).unchecked.size(), 1);

        // So does what was removed in the meantime.
        const QString all = exported("");
        QVERIFY(m_store->removeSource(m_source, true).result());
        QCOMPARE(compared(all).problems, QStringList());
        QCOMPARE(compared(all).unchecked.size(), 1);
    }
};

QTEST_MAIN(TestManifest)
#include "tst_manifest.moc"
