// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/DocumentFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::exchange;
using namespace Qt::StringLiterals;

class TestDocumentFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack();
    void strangersFiles_data();
    void strangersFiles();
    void someOfThem();
    void cannotBeWritten();

private:
    QString write(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(u"shared.json"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            return {};
        }
        return path;
    }

    QTemporaryDir m_folder;
};

void TestDocumentFile::thereAndBack()
{
    const std::vector<store::Document> documents{
        {u"search"_s, u"1"_s, u"a/b"_s, u"One \U0001f419"_s, "{\"filter\":\"x eq \\\"y\\\"\"}", {}},
        {u"search"_s, u"2"_s, {}, u"Two"_s, "no JSON at all", {}}};
    const QString path = m_folder.filePath(u"out.json"_s);
    QVERIFY(writeDocumentFile(path, documents));
    const auto read = readDocumentFile(path, u"search"_s);
    QVERIFY(read);
    QVERIFY(read->skipped.isEmpty());
    QCOMPARE(read->documents, documents);
}

void TestDocumentFile::strangersFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("truncated") << QByteArray("{\"octotrail\":\"documents\",\"documents\":[{");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("another JSON") << QByteArray("{\"a\":1}");
    QTest::newRow("newer") << QByteArray("{\"octotrail\":\"documents\",\"version\":99}");
    QTest::newRow("deep") << QByteArray(200'000, '[');
    QTest::newRow("binary") << QByteArray("\0\x1\xff\xfe", 4);
    QTest::newRow("huge") << QByteArray(largestDocumentFile + 1, ' ');
}

void TestDocumentFile::strangersFiles()
{
    QFETCH(const QByteArray, bytes);
    const auto read = readDocumentFile(write(bytes), u"search"_s);
    QVERIFY(!read);
    QVERIFY2(read.error().sentence.contains(u"shared.json"_s), qPrintable(read.error().sentence));
    QVERIFY(!readDocumentFile(m_folder.filePath(u"none.json"_s), u"search"_s));
}

void TestDocumentFile::someOfThem()
{
    QByteArray many;
    for (int i = 0; i < mostDocuments + 10; ++i) {
        many += ",{\"kind\":\"search\",\"name\":\"n\",\"body\":{}}";
    }
    const auto read = readDocumentFile(
        write(
            "{\"octotrail\":\"documents\",\"version\":1,\"documents\":["
            "{\"kind\":\"search\",\"id\":\"1\",\"name\":\"  a\\n\\u202eb  \",\"folder\":7,\"body\":{\"filter\":\"x\"}},"
            "{\"kind\":\"layout\",\"name\":\"Other\",\"body\":{}},{\"kind\":\"search\",\"name\":\" \",\"body\":{}},"
            "{\"kind\":\"search\",\"name\":\"Bodyless\"},7,null"
            + many + "]}"),
        u"search"_s);
    QVERIFY(read);
    QCOMPARE(read->documents.front().name, u"a b"_s);
    QCOMPARE(read->documents.size(), static_cast<std::size_t>(mostDocuments - 5));
    QCOMPARE(read->skipped.size(), 6); // five, and that there are more
    QVERIFY(read->skipped.filter(u"Other"_s).size() == 1);
}

void TestDocumentFile::cannotBeWritten()
{
    const auto refused = writeDocumentFile(m_folder.filePath(u"no/such/folder.json"_s), {});
    QVERIFY(!refused);
    QVERIFY(refused.error().sentence.contains(u"folder.json"_s));
}

QTEST_GUILESS_MAIN(TestDocumentFile)
#include "tst_document_file.moc"
