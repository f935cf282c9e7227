// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/DocumentBody.h"
#include "store/Documents.h"
#include "store/Migrations.h"
#include "store/StoreFile.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::store;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

Document document(const QString &id, const QString &folder, const QString &name, const QByteArray &body = "{}")
{
    return {u"search"_s, id, folder, name, body, {}};
}

QStringList idsOf(const std::vector<Document> &documents)
{
    QStringList ids;
    for (const Document &each : documents) {
        ids << each.id;
    }
    return ids;
}

} // namespace

class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsThemAcrossOpenings();
    void replacesAndRemoves();
    void keepsVersions();
    void allOrNone();
    void tellsEveryOneOfTheStore();
    void olderFilesGetTheTables();
    void bodies();
};

void TestDocuments::keepsThemAcrossOpenings()
{
    Case c;
    c.open();
    const QByteArray odd("{\"a\":\"\xc3\xa9\\u0000\"}\0x", 18);
    {
        Documents documents(c.shared());
        QVERIFY(get(documents.save(document(u"2"_s, u"b"_s, u"Alpha"_s, odd))));
        QVERIFY(get(documents.save(document(u"1"_s, u"A/x"_s, u"zulu 'quoted' \U0001f419"_s))));
        QVERIFY(get(documents.save(document(u"3"_s, {}, u"Top"_s))));
        QVERIFY(get(documents.save({u"layout"_s, u"1"_s, {}, u"Another kind"_s, "x", {}})));
    }
    c.reopen();
    Documents documents(c.shared());
    const auto read = must(get(documents.list(u"search"_s)));
    QCOMPARE(idsOf(read), QStringList({u"3"_s, u"1"_s, u"2"_s}));
    QCOMPARE(read[2].body, odd);
    QCOMPARE(read[1].name, u"zulu 'quoted' \U0001f419"_s);
    QVERIFY(read[1].modified > event::Timestamp());
    QCOMPARE(must(get(documents.list(u"layout"_s))).size(), 1U);
    QVERIFY(must(get(documents.list(u"none"_s))).empty());
}

void TestDocuments::replacesAndRemoves()
{
    Case c;
    c.open();
    Documents documents(c.shared());
    QVERIFY(get(documents.save(document(u"1"_s, {}, u"Before"_s, "1"))));
    QVERIFY(get(documents.save(document(u"1"_s, u"f"_s, u"After"_s, "2"))));
    const auto read = must(get(documents.list(u"search"_s)));
    QCOMPARE(read.size(), 1U);
    QCOMPARE(read[0].name, u"After"_s);
    QCOMPARE(read[0].body, QByteArray("2"));
    QVERIFY(get(documents.remove(u"search"_s, u"1"_s)));
    QVERIFY(get(documents.remove(u"search"_s, u"1"_s)));
    QVERIFY(must(get(documents.list(u"search"_s))).empty());
}

void TestDocuments::keepsVersions()
{
    Case c;
    c.open();
    Documents documents(c.shared());
    for (const char *body : {"one", "one", "two", "one"}) {
        QVERIFY(get(documents.save(document(u"1"_s, {}, u"Rule"_s, body), true)));
    }
    QVERIFY(get(documents.save(document(u"1"_s, {}, u"Rule"_s, "unkept"))));
    const auto versions = must(get(documents.versions(u"search"_s, u"1"_s)));
    QCOMPARE(versions.size(), 3U); // the same body twice in a row is one version
    QCOMPARE(versions[0].version, 3);
    QCOMPARE(versions[0].body, QByteArray("one"));
    QCOMPARE(versions[1].body, QByteArray("two"));
    QVERIFY(get(documents.remove(u"search"_s, u"1"_s)));
    QCOMPARE(must(get(documents.versions(u"search"_s, u"1"_s))), versions);
}

void TestDocuments::allOrNone()
{
    Case c;
    c.open();
    Documents documents(c.shared());
    Document large = document(u"2"_s, {}, u"Large"_s, QByteArray(Documents::largestBody + 1, 'x'));
    const auto refused = get(documents.saveAll({document(u"1"_s, {}, u"Good"_s), large}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, event::ErrorKind::InvalidInput);
    QVERIFY2(refused.error().sentence.contains(u"Large"), qPrintable(refused.error().sentence));
    QVERIFY(!get(documents.save(document(u"1"_s, {}, u"  "_s))));
    QVERIFY(!get(documents.save(document({}, {}, u"No id"_s))));
    QVERIFY(must(get(documents.list(u"search"_s))).empty());
    QVERIFY(get(documents.saveAll({document(u"1"_s, {}, u"a"_s), document(u"2"_s, {}, u"b"_s)})));
    QVERIFY(get(documents.removeAll(u"search"_s, {u"1"_s, u"2"_s})));
    QVERIFY(must(get(documents.list(u"search"_s))).empty());
}

void TestDocuments::tellsEveryOneOfTheStore()
{
    Case c;
    c.open();
    Documents one(c.shared());
    Documents other(c.shared());
    QSignalSpy spy(&other, &Documents::changed);
    QVERIFY(get(one.save(document(u"1"_s, {}, u"a"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, 30'000);
    QCOMPARE(spy[0][0].toString(), u"search"_s);
    QVERIFY(get(one.remove(u"search"_s, u"1"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 2, 30'000);
}

void TestDocuments::olderFilesGetTheTables()
{
    Case c;
    {
        StoreFile::Options options;
        options.steps = migrations().first(4);
        QVERIFY(StoreFile::open(c.file(), options));
    }
    c.open();
    c.append(events(0, 20));
    Documents documents(c.shared());
    QVERIFY(get(documents.save(document(u"1"_s, {}, u"a"_s), true)));
    QCOMPARE(must(get(documents.list(u"search"_s))).size(), 1U);
    QCOMPARE(must(get(c.store().count({}))), 20);
}

void TestDocuments::bodies()
{
    const QVariantMap members{{u"filter"_s, u"actor.id eq \"x\""_s}, {u"list"_s, QVariantList{1, u"two"_s, true}}};
    const auto read = readBody(writeBody(members));
    QVERIFY(read);
    QCOMPARE(read->value(u"filter"_s).toString(), u"actor.id eq \"x\""_s);
    QCOMPARE(read->value(u"list"_s).toList().size(), 3);
    QVERIFY(writeBody(members, true).contains('\n'));
    for (const QByteArray &bad :
        {QByteArray(), QByteArray("[1]"), QByteArray("{\"a\":"), QByteArray("\0\0", 2), QByteArray(100'000, '[')}) {
        const auto refused = readBody(bad);
        QVERIFY(!refused);
        QVERIFY(!refused.error().sentence.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
