// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/RecordScanner.h"

#include <QRandomGenerator>
#include <QTest>
#include <vector>

using octotrail::exchange::RecordScanner;

namespace {

struct Found
{
    QByteArray bytes;
    qint64 line;
    RecordScanner::Flaw flaw;
    bool operator==(const Found &) const = default;
};

using Records = std::vector<Found>;

Records scan(const QByteArray &text, std::size_t pieceSize, std::size_t bound = RecordScanner::defaultBound)
{
    Records records;
    RecordScanner scanner(
        [&](const RecordScanner::Record &record) {
            records.push_back({QByteArray(record.bytes.data(), static_cast<qsizetype>(record.bytes.size())),
                record.line, record.flaw});
        },
        bound);
    std::string_view rest(text.constData(), static_cast<std::size_t>(text.size()));
    while (!rest.empty()) {
        // A copy of its own, so that a look behind a piece's end is seen by the sanitizers.
        const std::string piece(rest.substr(0, pieceSize));
        scanner.feed(piece);
        rest.remove_prefix(piece.size());
    }
    scanner.finish();
    return records;
}

Found good(const QByteArray &bytes, qint64 line)
{
    return {bytes, line, RecordScanner::Flaw::None};
}

Found bad(const QByteArray &bytes, qint64 line, RecordScanner::Flaw flaw = RecordScanner::Flaw::NotAnObject)
{
    return {bytes, line, flaw};
}

} // namespace

Q_DECLARE_METATYPE(Records)

class TestRecordScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cuts_data()
    {
        using Flaw = RecordScanner::Flaw;
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Records>("expected");

        QTest::newRow("nothing") << QByteArray() << Records{};
        QTest::newRow("white space") << QByteArray(" \r\n\t\n") << Records{};
        QTest::newRow("lines") << QByteArray("{\"a\":1}\n{\"b\":2}\n")
                               << Records{good("{\"a\":1}", 1), good("{\"b\":2}", 2)};
        QTest::newRow("no last line end")
            << QByteArray("{\"a\":1}\n{\"b\":2}") << Records{good("{\"a\":1}", 1), good("{\"b\":2}", 2)};
        QTest::newRow("CRLF, blank lines, mark") << QByteArray("\xef\xbb\xbf\r\n{\"a\":1}\r\n\r\n  \n {\"b\":2} \r\n")
                                                 << Records{good("{\"a\":1}", 2), good("{\"b\":2}", 5)};
        QTest::newRow("odd lines") << QByteArray("{\"a\":1}\n[1,2]\nnull\n\"{\"\n{broken\n{\"b\":2}\n")
                                   << Records{good("{\"a\":1}", 1), bad("[1,2]", 2), bad("null", 3), bad("\"{\"", 4),
                                          good("{broken", 5), good("{\"b\":2}", 6)};
        QTest::newRow("first line broken")
            << QByteArray("{\"a\":\n{\"b\":2}\n") << Records{good("{\"a\":", 1), good("{\"b\":2}", 2)};

        QTest::newRow("array") << QByteArray("[{\"a\":1},{\"b\":2}]")
                               << Records{good("{\"a\":1}", 1), good("{\"b\":2}", 1)};
        QTest::newRow("empty array") << QByteArray("\xef\xbb\xbf [ \n ] \n") << Records{};
        QTest::newRow("pretty array") << QByteArray("[\r\n  {\r\n    \"a\": [{}, {}]\r\n  },\r\n  {\"b\": 2}\r\n]\r\n")
                                      << Records{good("{\r\n    \"a\": [{}, {}]\r\n  }", 2), good("{\"b\": 2}", 5)};
        QTest::newRow("brackets and escapes in strings")
            << QByteArray("[{\"a\":\"}],[{\\\"\\\\\"},{\"b\":\"\\\\\\\\\"}]")
            << Records{good("{\"a\":\"}],[{\\\"\\\\\"}", 1), good("{\"b\":\"\\\\\\\\\"}", 1)};
        QTest::newRow("elements that are no objects") << QByteArray("[1, \"x,]\", {\"a\":1}, [2,3], null,, {\"b\":2}]")
                                                      << Records{bad("1", 1), bad("\"x,]\"", 1), good("{\"a\":1}", 1),
                                                             bad("[2,3]", 1), bad("null", 1), good("{\"b\":2}", 1)};
        QTest::newRow("pages one behind the other")
            << QByteArray("[{\"a\":1}][]\n[{\"b\":2}]") << Records{good("{\"a\":1}", 1), good("{\"b\":2}", 2)};
        QTest::newRow("something behind an array")
            << QByteArray("[{\"a\":1}]\nwhat, {\"x\":1}\n[{\"b\":2}]")
            << Records{good("{\"a\":1}", 1), bad("what, {\"x\":1}", 2), good("{\"b\":2}", 3)};
        QTest::newRow("array cut off in an element")
            << QByteArray("[{\"a\":1},\n{\"b\":") << Records{good("{\"a\":1}", 1), bad("{\"b\":", 2, Flaw::CutOff)};
        QTest::newRow("array cut off between elements")
            << QByteArray("[{\"a\":1},\n") << Records{good("{\"a\":1}", 1), bad("", 2, Flaw::CutOff)};

        QTest::newRow("objects over lines") << QByteArray("{\n  \"a\": 1\n}\n{\n  \"b\": \"}\"\n}\n")
                                            << Records{good("{\n  \"a\": 1\n}", 1), good("{\n  \"b\": \"}\"\n}", 4)};
        QTest::newRow("objects over lines, CRLF, cut off") << QByteArray(
            "{\r\n\"a\":1}\r\n{\r\n\"b\"") << Records{good("{\r\n\"a\":1}", 1), bad("{\r\n\"b\"", 3, Flaw::CutOff)};

        QTest::newRow("missing bracket costs one element")
            << QByteArray("[{\"a\":{\"x\":1},\n{\"b\":2},\n{\"c\":3}]")
            << Records{good("{\"a\":{\"x\":1}", 1), good("{\"b\":2}", 2), good("{\"c\":3}", 3)};
        QTest::newRow("element cut off in a string")
            << QByteArray("[{\"a\":\"cut\n,{\"b\":2}]") << Records{good("{\"a\":\"cut", 1), good("{\"b\":2}", 2)};
        QTest::newRow("string without an end, in its line")
            << QByteArray("[\n{\n\"a\":\"x,\n\"b\":1\n},\n{\"c\":3}]")
            << Records{good("{\n\"a\":\"x,\n\"b\":1\n}", 2), good("{\"c\":3}", 6)};
        QTest::newRow("wrong closing bracket")
            << QByteArray("[{\"a\":[1},{\"b\":2]},{\"c\":3}]")
            << Records{good("{\"a\":[1}", 1), good("{\"b\":2]}", 1), good("{\"c\":3}", 1)};
        QTest::newRow("NUL bytes") << QByteArray("{\"a\":\"\0\"}\n\0\0\n{\"b\":2}", 20)
                                   << Records{good(QByteArray("{\"a\":\"\0\"}", 9), 1), bad(QByteArray("\0\0", 2), 2),
                                          good("{\"b\":2}", 3)};
    }

    void cuts()
    {
        QFETCH(QByteArray, text);
        QFETCH(Records, expected);
        for (std::size_t pieceSize = 1; pieceSize <= static_cast<std::size_t>(text.size()) + 1; ++pieceSize) {
            const Records records = scan(text, pieceSize);
            for (std::size_t i = 0; i < std::min(records.size(), expected.size()); ++i) {
                QCOMPARE(records[i].bytes, expected[i].bytes);
                QCOMPARE(records[i].line, expected[i].line);
                QCOMPARE(records[i].flaw, expected[i].flaw);
            }
            QCOMPARE(records.size(), expected.size());
        }
    }

    /// What a command prints of a line is the line, to the byte.
    void wholeLines()
    {
        const QByteArray text = "\xef\xbb\xbf\n \t{\"a\":1} \r\n\n{\"b\":2}\t";
        for (const std::size_t pieceSize : {1, 2, 5, 100}) {
            std::vector<std::string> lines;
            RecordScanner scanner([&](const RecordScanner::Record &record) { lines.emplace_back(record.whole); });
            const std::string whole = text.toStdString();
            for (std::size_t i = 0; i < whole.size(); i += pieceSize) {
                scanner.feed(std::string_view(whole).substr(i, pieceSize));
            }
            scanner.finish();
            QVERIFY((lines == std::vector<std::string>{" \t{\"a\":1} \r", "{\"b\":2}\t"}));
        }
    }

    void tooLong_data()
    {
        QTest::addColumn<bool>("array");
        QTest::newRow("line") << false;
        QTest::newRow("element") << true;
    }

    void tooLong()
    {
        QFETCH(bool, array);
        const QByteArray big = "{\"a\":\"" + QByteArray(300, 'x') + "\"}";
        const QByteArray text = array ? "[{\"a\":1},\n" + big + ",\n{\"b\":2}]" : "{\"a\":1}\n" + big + "\n{\"b\":2}\n";
        const Records expected{good("{\"a\":1}", 1), bad("", 2, RecordScanner::Flaw::TooLong), good("{\"b\":2}", 3)};
        for (const std::size_t pieceSize : {1, 7, 100, 299, 10'000}) {
            QVERIFY(scan(text, pieceSize, 200) == expected);
        }
    }

    void deepNesting()
    {
        const QByteArray deep = "{\"a\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}";
        const Records records = scan("[" + deep + ",{\"b\":2}]", 4096);
        QCOMPARE(records.size(), 2);
        QCOMPARE(records[0].bytes, deep);
        QCOMPARE(records[1].bytes, QByteArray("{\"b\":2}"));
    }

    /// Whatever comes, the same records come out however the text is cut in pieces, and nothing hangs.
    void garbage()
    {
        QRandomGenerator random(7);
        constexpr std::string_view alphabet = "{}[]\",:\\ \na1";
        for (int round = 0; round < 3000; ++round) {
            QByteArray text;
            const int length = random.bounded(60);
            for (int i = 0; i < length; ++i) {
                text += alphabet[static_cast<std::size_t>(random.bounded(static_cast<int>(alphabet.size())))];
            }
            const Records whole = scan(text, 1000, 20);
            for (const std::size_t pieceSize : {1, 2, 5, 13}) {
                QVERIFY2(scan(text, pieceSize, 20) == whole, text.constData());
            }
        }
    }

    void hostileBracketsTakeLinearTime()
    {
        const QByteArray text = "[" + QByteArray(4 << 20, '[') + QByteArray(4 << 20, '}');
        QElapsedTimer timer;
        timer.start();
        scan(text, 1 << 20);
        QVERIFY2(timer.elapsed() < 5000, "quadratic");
    }
};

QTEST_GUILESS_MAIN(TestRecordScanner)
#include "tst_record_scanner.moc"
