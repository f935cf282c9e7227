// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"
#include "exchange/ByteSource.h"
#include "exchange/Unpacker.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    QByteArray text;
    std::optional<event::Error> error;
};

} // namespace

class TestUnpacker : public QObject
{
    Q_OBJECT

private:
    QString file(const QByteArray &bytes)
    {
        QFile out(m_folder.filePath(QString::number(m_count++)));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    Outcome unpack(const QByteArray &bytes)
    {
        auto source = exchange::ByteSource::open(file(bytes));
        if (!source) {
            return {{}, source.error()};
        }
        exchange::Unpacker unpacker(**source);
        Outcome outcome;
        while (true) {
            const auto piece = unpacker.next({});
            if (!piece) {
                outcome.error = piece.error();
                return outcome;
            }
            if (piece->empty()) {
                return outcome;
            }
            outcome.text.append(piece->data(), static_cast<qsizetype>(piece->size()));
        }
    }

    QTemporaryDir m_folder;
    int m_count = 0;
    QByteArray m_text;

private Q_SLOTS:
    void initTestCase()
    {
        QRandomGenerator random(1);
        while (m_text.size() < 5'000'000) {
            m_text += "{\"value\":" + QByteArray::number(random.generate()) + "}\n";
        }
    }

    void plain() { QCOMPARE(unpack(m_text).text, m_text); }
    void gzip() { QCOMPARE(unpack(tests::gzip(m_text)).text, m_text); }
    void zstd() { QCOMPARE(unpack(tests::zstd(m_text)).text, m_text); }

    void empty()
    {
        const Outcome outcome = unpack({});
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.text, QByteArray());
    }

    void shorterThanAnyMagic() { QCOMPARE(unpack("{}").text, QByteArray("{}")); }

    void severalMembersAndPadding()
    {
        const Outcome outcome
            = unpack(tests::gzip("one\n") + tests::gzip("") + tests::gzip("two\n") + QByteArray(512, '\0'));
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.text, QByteArray("one\ntwo\n"));
    }

    void severalFrames()
    {
        const Outcome outcome = unpack(tests::zstd("one\n") + tests::zstd("two\n"));
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.text, QByteArray("one\ntwo\n"));
    }

    void cutOff_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QTest::newRow("gzip") << tests::gzip(m_text);
        QTest::newRow("zstd") << tests::zstd(m_text);
    }

    void cutOff()
    {
        QFETCH(QByteArray, packed);
        const Outcome outcome = unpack(packed.left(packed.size() * 2 / 3));
        QVERIFY(outcome.error);
        QVERIFY(outcome.error->sentence.contains(u"ends too early"_s));
        QVERIFY(outcome.text.size() > m_text.size() / 3);
        QVERIFY(m_text.startsWith(outcome.text));
        // In the middle of the header, and of the checksum behind the data.
        QVERIFY(unpack(packed.left(9)).error);
        QVERIFY(unpack(packed.chopped(1)).error);
    }

    void damaged_data() { cutOff_data(); }

    void damaged()
    {
        QFETCH(QByteArray, packed);
        for (qsizetype i = packed.size() / 2; i < packed.size() / 2 + 400; ++i) {
            packed[i] = 'x';
        }
        const Outcome outcome = unpack(packed);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, event::ErrorKind::InvalidInput);
    }

    void somethingBehindTheEnd()
    {
        const Outcome outcome = unpack(tests::gzip("one\n") + "garbage");
        QCOMPARE(outcome.text, QByteArray("one\n"));
        QVERIFY(outcome.error);
    }

    void expandsWithoutKeepingIt()
    {
        // 60 MB of zeros from some kilobytes: every piece stays small.
        const QByteArray packed = tests::gzip(QByteArray(60 << 20, '\0'));
        QVERIFY(packed.size() < 1 << 20);
        auto source = exchange::ByteSource::open(file(packed));
        QVERIFY(source);
        exchange::Unpacker unpacker(**source);
        qint64 total = 0;
        while (true) {
            const auto piece = unpacker.next({});
            QVERIFY(piece);
            if (piece->empty()) {
                break;
            }
            QVERIFY(piece->size() <= 4 << 20);
            total += static_cast<qint64>(piece->size());
        }
        QCOMPARE(total, qint64{60} << 20);
    }

    void foreignFormats_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("advice");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << u"UTF-8"_s;
        QTest::newRow("zip") << QByteArray("PK\x03\x04rest") << u"zip"_s;
        QTest::newRow("xz") << QByteArray("\xfd"
                                          "7zXZ\0rest")
                            << u"xz"_s;
        QTest::newRow("bzip2") << QByteArray("BZh91AY") << u"bzip2"_s;
    }

    void foreignFormats()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, advice);
        const Outcome outcome = unpack(bytes);
        QVERIFY(outcome.error);
        QVERIFY2(outcome.error->sentence.contains(advice), qPrintable(outcome.error->sentence));
    }

    void whatCannotBeOpened()
    {
        const auto missing = exchange::ByteSource::open(m_folder.filePath(u"missing.json"_s));
        QVERIFY(!missing);
        QVERIFY(missing.error().sentence.contains(u"missing.json"_s));
        const auto folder = exchange::ByteSource::open(m_folder.path());
        QVERIFY(!folder);
        QVERIFY(folder.error().sentence.contains(u"is a folder"_s));
    }
};

QTEST_GUILESS_MAIN(TestUnpacker)
#include "tst_unpacker.moc"
