// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExportCase.h"
#include "exchange/Exporter.h"
#include "exchange/Redactor.h"
#include "store/Annotations.h"
#include "store/duckdb/Database.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace octotrail;
using tests::content;
using namespace Qt::StringLiterals;
using exchange::Format;
using exchange::Redaction;
using exchange::RedactionKey;
using exchange::Redactor;

namespace {

/// What the events below say of people, in all the spellings in which it could leak.
const QList<QByteArray> secrets{"ada.lovelace@example.com", "Ada Lovelace", "00uADA45678901234567", "203.0.113.77",
    "2001:db8::beef", "grace@example.org", "Grace Hopper", "Zo\xc3\xab Q\xc3\xbc\xc3\xbcl", "\xe7\x8e\x8b\xe4\xbc\x9f",
    "bob-the-builder", "198.51.100.9"};

/// JSON whose quotation marks are written as apostrophes: moc loses its way among raw strings.
QByteArray q(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

std::string text(const char *json)
{
    return q(json).toStdString();
}

QByteArray sample(int n, const QByteArray &members)
{
    return q("{'uuid':'uuid-") + QByteArray::number(n) + q("','published':'2026-08-01T00:00:")
        + QByteArray::number(n).rightJustified(2, '0')
        + q(".000Z','eventType':'user.session.start','severity':'INFO','outcome':{'result':'SUCCESS'},") + members
        + '}';
}

QList<QByteArray> events()
{
    return {
        sample(1,
            q("'actor':{'id':'00uADA45678901234567','type':'User','alternateId':'ada.lovelace@example.com','"
              "displayName':'Ada Lovelace'}, "
              "'client':{'ipAddress':'203.0.113.77','userAgent':{'rawUserAgent':'curl/8'}}, "
              "'request':{'ipChain':[{'ip':'203.0.113.77','version':'V4'},{'ip':'2001:db8::beef','version':'V6'}]}, "
              "'displayMessage':'User ADA.Lovelace@Example.com signed "
              "in','legacyEventType':'core.user.ada.lovelace@example.com', "
              "'debugContext':{'debugData':{'risk':'{level=LOW}','url':'/"
              "u?login=ada.lovelace%40example.com&name=Ada+Lovelace', "
              "'logOnlySecurityData':'{\\'who\\':{\\'mail\\':\\'ada.lovelace@example.com\\',\\'n\\':[\\'Ada "
              "Lovelace\\']},\\'ip\\':\\'203.0.113.77\\'}'}}")),
        // Named here before it is anybody's field: the whole export is learnt first.
        sample(2,
            q("'actor':{'id':'x','type':'User','alternateId':'grace@example.org','displayName':'Grace Hopper'}, "
              "'client':{'ipAddress':'198.51.100.9'},'displayMessage':'grace@example.org gave bob-the-builder to "
              "ada.lovelace@example.com', "
              "'target':[{'id':'t','type':'User','alternateId':'ada.lovelace@example.com','displayName':'Ada "
              "Lovelace'}, "
              "{'id':'00gZZZZZZZZZZZZZZZZZ','type':'UserGroup','alternateId':'unknown','displayName':'Zo\\u00eb "
              "Q\\u00fc\\u00fcl'}], 'debugContext':{'debugData':{'cut':'{\\'a\\':\\'Zo\\\\u00eb "
              "Q\\\\u00fc\\\\u00fcl\\',\\'b','double':'grace%2540example.org'}}")),
        sample(3,
            q("'actor':{'id':'y','type':'User','alternateId':'bob-the-builder','displayName':'王伟'}, "
              "'displayMessage':'用户王伟登录','client':{'ipAddress':'198.51.100.9'},'transaction':{'detail':{'note of "
              "bob-the-builder':1}}, 'odd':[[[{'deep':'via 198.51.100.9:443'}]]]")),
    };
}

const std::vector<std::string> fields{"actor", "target", "client.ipAddress", "request.ipChain"};

RedactionKey key(const char *passphrase = "correct horse battery")
{
    static std::map<std::string, RedactionKey> made; // it takes its time
    const auto found = made.find(passphrase);
    return found != made.end() ? found->second
                               : made.emplace(passphrase, *RedactionKey::fromPassphrase(passphrase)).first->second;
}

/// A secret that stands there, whatever its case.
QByteArray leak(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes).toLower();
    for (const QByteArray &secret : secrets) {
        const QString plain = QString::fromUtf8(secret).toLower();
        QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(plain)).toLower();
        QString form = encoded;
        form.replace(u"%20"_s, u"+"_s);
        QString escaped;
        for (const QChar c : plain) {
            escaped += c.unicode() < 0x80 ? QString(c) : u"\\u%1"_s.arg(c.unicode(), 4, 16, QChar(u'0'));
        }
        for (const QString &spelling : {plain, encoded, form, escaped}) {
            if (text.contains(spelling)) {
                return secret;
            }
        }
    }
    return {};
}

} // namespace

/// Exports that do not say who somebody is.
class TestRedaction : public QObject, private tests::ExportCase
{
    Q_OBJECT

private:
    QByteArray exported(Format format, const RedactionKey &with, const std::vector<std::string> &columns = {},
        const std::vector<std::string> &redacted = fields)
    {
        store::EventQuery query;
        query.descending = false;
        exchange::ExportOptions options;
        options.format = format;
        options.fields = columns;
        options.redaction = Redaction{redacted, with};
        options.report.title = u"About Ada Lovelace"_s;
        const QString file = m_folder->filePath(u"out"_s);
        const auto done = exchange::exportToFile(*m_store, query, options, file, {}, {});
        m_withheld = done ? done->withheld : -1;
        return done ? content(file) : "failed: " + done.error().sentence.toUtf8();
    }

    /// Of the events in the file, in their order.
    static QByteArrayList uuidsIn(const QString &file, Format format)
    {
        QByteArrayList uuids;
        if (format == Format::NdJson) {
            for (const QByteArray &line : content(file).trimmed().split('\n')) {
                uuids << QJsonDocument::fromJson(line)[u"uuid"_s].toString().toUtf8();
            }
            return uuids;
        }
        const auto database = store::duckdb::Database::open({}, {});
        auto connection = database->connect();
        auto rows = connection->query("SELECT uuid FROM read_parquet('" + file.toStdString() + "')");
        while (const auto chunk = rows->next()) {
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                const std::string_view text = chunk->column(0).text(row);
                uuids << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
            }
        }
        return uuids;
    }

    qint64 m_withheld = 0;

private Q_SLOTS:
    void init() { openCase(u"Acme of Grace Hopper"_s); }
    void cleanup() { m_store.reset(); }

    void theEventsDoSayIt()
    {
        // Or this test could not fail.
        QByteArray all;
        for (const QByteArray &bytes : events()) {
            all += bytes;
        }
        for (const QByteArray &secret : secrets) {
            QVERIFY2(all.contains(secret) || all.contains("Zo\\u00eb"), secret.constData());
        }
    }

    void nothingLeaks_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<bool>("flat");
        QTest::newRow("ndjson") << Format::NdJson << false;
        QTest::newRow("json") << Format::Json << false;
        QTest::newRow("csv") << Format::Csv << false;
        QTest::newRow("csv of fields") << Format::Csv << true;
        QTest::newRow("flat json") << Format::Json << true;
        QTest::newRow("html") << Format::Html << false;
    }

    void nothingLeaks()
    {
        QFETCH(const Format, format);
        QFETCH(const bool, flat);
        add(events());
        auto edit = store::Annotations(m_store).edit(
            {1, 2}, {true, {u"ada.lovelace@example.com"_s}, {}, u"Ask Grace Hopper about 203.0.113.77."_s});
        edit.waitForFinished();
        QVERIFY(edit.result());
        const std::vector<std::string> columns{"published", "actor.alternateId", "source", "target",
            "debugContext.debugData", "annotation.tag", "annotation.note", "odd", "transaction.detail"};
        const QByteArray bytes = exported(format, key(), flat ? columns : std::vector<std::string>{});
        QVERIFY2(!bytes.startsWith("failed"), bytes.constData());
        QVERIFY2(leak(bytes).isEmpty(), (leak(bytes) + " in " + bytes).constData());
        QVERIFY(bytes.contains("2026-08-01"));
        QCOMPARE(m_withheld, 0);
        QVERIFY(bytes.contains(key().pseudonym("ada.lovelace@example.com").c_str()));
    }

    void parquetSaysTheSame()
    {
        add(events());
        auto edit = store::Annotations(m_store).edit({1}, {true, {u"vip"_s}, {}, u"Grace Hopper knows."_s});
        edit.waitForFinished();
        QVERIFY(edit.result());
        const QByteArray bytes = exported(Format::Parquet, key());
        QVERIFY2(bytes.startsWith("PAR1"), bytes.constData());
        // It is packed: what it says, DuckDB tells.
        const auto database = store::duckdb::Database::open({}, {});
        auto connection = database->connect();
        auto rows = connection->query(
            "SELECT CAST(t AS VARCHAR) FROM read_parquet('" + m_folder->filePath(u"out"_s).toStdString() + "') t");
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().sentence));
        QByteArray said;
        while (const auto chunk = rows->next()) {
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                const std::string_view text = chunk->column(0).text(row);
                said.append(text.data(), static_cast<qsizetype>(text.size())).append('\n');
            }
        }
        QCOMPARE(said.count('\n'), 3);
        QVERIFY2(leak(said).isEmpty(), (leak(said) + " in " + said).constData());
        QVERIFY(said.contains(key().pseudonym("ada.lovelace@example.com").c_str()));
        QVERIFY(said.contains("vip"));
        QVERIFY(said.contains((key().pseudonym("Grace Hopper") + " knows.").c_str()));
        QCOMPARE(QDir(m_folder->path()).entryList({u".octotrail*"_s}, QDir::AllEntries | QDir::Hidden), QStringList());
    }

    void parquetKeepsTheOrder()
    {
        QList<QByteArray> many = events();
        for (int n = 4; n < 40; ++n) {
            many << sample(n,
                "\"actor\":{\"id\":\"" + QByteArray::number(n * 7 % 40) + "\",\"alternateId\":\"grace@example.org\"}");
        }
        add(many);
        openSource(u"Another"_s);
        add({sample(40, q("'actor':{'id':'12a'}")), sample(41, q("'actor':{'id':'3a'}"))});
        store::EventQuery query;
        query.sortPath = "actor.id";
        const auto uuids = [&](const exchange::ExportOptions &options) -> QByteArrayList {
            const QString file = m_folder->filePath(u"out"_s);
            const auto done = exchange::exportToFile(*m_store, query, options, file, {}, {});
            return done ? uuidsIn(file, options.format) : QByteArrayList{done.error().sentence.toUtf8()};
        };
        exchange::ExportOptions lines;
        lines.redaction = Redaction{{"actor.alternateId"}, key()};
        exchange::ExportOptions parquet = lines;
        parquet.format = Format::Parquet;
        const QByteArrayList sorted = uuids(lines);
        QCOMPARE(sorted.size(), 41);
        QCOMPARE(uuids(parquet), sorted);
        query.descending = false;
        QVERIFY(uuids(lines) != sorted);
        QCOMPARE(uuids(parquet), uuids(lines));
        // Those that somebody chose, as they were chosen.
        parquet.chosen = std::make_shared<const std::vector<store::Seq>>(std::vector<store::Seq>{41, 2, 30, 1});
        QCOMPARE(uuids(parquet), (QByteArrayList{"uuid-41", "uuid-2", "uuid-30", "uuid-1"}));
    }

    void onePersonHasOnePseudonym()
    {
        add(events());
        const QByteArray lines = exported(Format::NdJson, key());
        const QByteArray csv = exported(Format::Csv, key(), {"actor.alternateId", "target.alternateId"});
        const QByteArray ada = QByteArray::fromStdString(key().pseudonym("ada.lovelace@example.com"));
        QVERIFY(QRegularExpression(u"^user-[0-9a-f]{12}$"_s).match(QString::fromUtf8(ada)).hasMatch());
        QCOMPARE(ada, QByteArray::fromStdString(key().pseudonym("ADA.lovelace@EXAMPLE.com")));
        const QJsonObject first = QJsonDocument::fromJson(lines.split('\n').at(0)).object();
        QCOMPARE(first[u"actor"_s][u"alternateId"_s].toString().toUtf8(), ada);
        QCOMPARE(first[u"displayMessage"_s].toString().toUtf8(), "User " + ada + " signed in");
        const QJsonObject second = QJsonDocument::fromJson(lines.split('\n').at(1)).object();
        QCOMPARE(second[u"target"_s][0][u"alternateId"_s].toString().toUtf8(), ada);
        // Who nobody is stays nobody, and types stay what they are.
        QCOMPARE(second[u"target"_s][1][u"alternateId"_s].toString(), u"unknown"_s);
        QCOMPARE(second[u"target"_s][0][u"type"_s].toString(), u"User"_s);
        QVERIFY(csv.contains(ada + ','));
        QVERIFY(csv.contains(',' + ada + "; unknown"));
        // Inside the JSON that is a string, too.
        const QJsonObject inner = QJsonDocument::fromJson(
            first[u"debugContext"_s][u"debugData"_s][u"logOnlySecurityData"_s].toString().toUtf8())
                                      .object();
        QCOMPARE(inner[u"who"_s][u"mail"_s].toString().toUtf8(), ada);
        QVERIFY(inner[u"ip"_s].toString().startsWith(u"ip-"_s));
        // Another key, other pseudonyms.
        QVERIFY(!exported(Format::NdJson, key("another passphrase")).contains(ada));
        QVERIFY(!exported(Format::NdJson, RedactionKey::random()).contains(ada));
        QCOMPARE(exported(Format::NdJson, key()), lines);
    }

    void whatIsNotRedactedStays()
    {
        add(events());
        const QByteArray lines = exported(Format::NdJson, key(), {}, {"client.ipAddress"});
        QVERIFY(lines.contains("ada.lovelace@example.com"));
        QVERIFY(lines.contains("{level=LOW}"));
        QVERIFY(lines.contains("curl/8"));
        QVERIFY(!lines.contains("203.0.113.77"));
        QVERIFY(!lines.contains("198.51.100.9"));
        for (const QByteArray &line : lines.trimmed().split('\n')) {
            QVERIFY(QJsonDocument::fromJson(line).isObject());
        }
    }

    void allOfAnObjectGoes()
    {
        add({sample(4,
            q("'debugContext':{'debugData':{'risk':'{level=LOW}','n':12,'b':true,'mail':'to eve@example.com now'}}, "
              "'displayMessage':'LOW tide, said "
              "eve@example.com','securityContext':{'asNumber':64500,'isProxy':false}"))});
        const QByteArray line = exported(Format::NdJson, key(), {}, {"debugContext.debugData", "securityContext"});
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QJsonValue data = object[u"debugContext"_s][u"debugData"_s];
        QVERIFY(data[u"n"_s].isNull());
        QVERIFY(data[u"b"_s].isNull());
        QVERIFY(data[u"risk"_s].toString().startsWith(u"name-"_s));
        QVERIFY(object[u"securityContext"_s][u"asNumber"_s].isNull());
        QCOMPARE(object[u"displayMessage"_s].toString(),
            u"LOW tide, said "_s + QString::fromStdString(key().pseudonym("eve@example.com")));
    }

    void wordsAreNotTornApart()
    {
        Redactor redactor({{"actor.displayName"}, key()});
        redactor.learn(text("{'actor':{'displayName':'Ann'}}"));
        redactor.learn(text("{'actor':{'displayName':'Q'}}"));
        QCOMPARE(redactor.redactedText("annual planning in Annapolis, Q3"), "annual planning in Annapolis, Q3");
        QCOMPARE(redactor.redactedText("for ann, ANN_x"),
            "for " + key().pseudonym("ann") + ", " + key().pseudonym("ann") + "_x");
    }

    void theLongestIsReplaced()
    {
        Redactor redactor({{"actor"}, key()});
        redactor.learn(text("{'actor':{'alternateId':'ann@example.com','displayName':'ann@example.com.au'}}"));
        QCOMPARE(redactor.redactedText("ann@example.com.au"), key().pseudonym("ann@example.com.au"));
    }

    void hostileJson()
    {
        Redactor redactor({fields, key()});
        redactor.learn(events().at(0).toStdString());
        // Names twice, names in other case, deep nesting, texts as keys.
        std::string deep = text("'ada.lovelace@example.com'");
        for (int i = 0; i < 300; ++i) {
            deep.insert(0, i % 2 == 0 ? "[" : text("{'k':"));
            deep += i % 2 == 0 ? ']' : '}';
        }
        const std::string odd = text("{'Actor':{'alternateID':'mallory@example.com'},'actor':{'alternateId':'a@b.c'},"
                                     "'actor':{'alternateId':'d@e.f'},'ada.lovelace@example.com':1,'x':")
            + deep + "}";
        redactor.learn(odd);
        const auto redacted = redactor.redacted(odd);
        QVERIFY(redacted);
        for (const char *secret : {"mallory", "a@b.c", "d@e.f", "ada."}) {
            QVERIFY2(redacted->find(secret) == std::string::npos, redacted->c_str());
        }
        for (const char *bad : {"", "no JSON at all of ada.lovelace@example.com", "{\"a\":", "\xff\xfe", "[1,2"}) {
            const auto none = redactor.redacted(bad);
            QVERIFY(!none || none->find("ada") == std::string::npos);
        }
    }

    void whatIsNoJsonIsWithheld()
    {
        add(events());
        add({q("{'uuid':'broken','published':'2026-08-01T00:00:30.000Z','actor':{'alternateId':'ada.lovelace@example."
               "com'")});
        const QByteArray lines = exported(Format::NdJson, key());
        QCOMPARE(m_withheld, 1);
        QCOMPARE(lines.count('\n'), 3);
        QVERIFY(leak(lines).isEmpty());
    }

    void refusals()
    {
        add(events());
        QVERIFY(exported(Format::NdJson, key(), {}, {}).startsWith("failed"));
        QVERIFY(exported(Format::NdJson, key(), {}, {"published"}).startsWith("failed"));
        QVERIFY(exported(Format::NdJson, key(), {}, {"actor..id"}).startsWith("failed"));
        QVERIFY(exported(Format::Csv, key(), {"actor.profile.email"}).startsWith("failed"));
        QVERIFY(!RedactionKey::fromPassphrase("short"));
        QVERIFY(exchange::checkRedactedFields(exchange::suggestedRedaction()));
        for (const exchange::RedactableField &field : exchange::redactableFields()) {
            QVERIFY(exchange::checkRedactedFields({std::string(field.path)}));
        }
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
