// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExportCase.h"
#include "event/Sha256.h"
#include "exchange/Exporter.h"
#include "exchange/ManifestCheck.h"
#include "exchange/PdfPages.h"
#include "exchange/ReportExport.h"
#include "exchange/ReportWriter.h"
#include "store/Annotations.h"
#include "store/Integrity.h"

#include <QBuffer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

using namespace octotrail;
using tests::content;
using tests::modeOf;
using namespace Qt::StringLiterals;
using exchange::Format;

/// Reports.
class TestReport : public QObject, private tests::ExportCase
{
    Q_OBJECT

private:
    void annotate(std::vector<store::Seq> seqs, const store::AnnotationEdit &edit)
    {
        auto done = store::Annotations(m_store).edit(std::move(seqs), edit);
        done.waitForFinished();
        QVERIFY(done.result());
    }

    event::Result<exchange::ExportProgress> exportTo(const QString &file, const exchange::ExportOptions &options)
    {
        store::EventQuery query;
        query.descending = false;
        return exchange::exportToFile(*m_store, query, options, file, {}, {});
    }

private Q_SLOTS:
    void init() { openCase(u"Acme <b>&"_s); }
    void cleanup() { m_store.reset(); }

    void tellsEventsAndNotes()
    {
        addSamples(0, 3);
        annotate({2}, {true, {u"phishing"_s}, {}, u"First line\nsecond line"_s});
        exchange::ExportOptions options;
        options.format = Format::Html;
        options.report.title = u"Incident 7"_s;
        options.report.remarks = u"What we found."_s;
        options.report.zone = QTimeZone("Asia/Tokyo");
        const auto done = exportTo(path(u"report.html"_s), options);
        QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
        QCOMPARE(done->events, 3);
        QCOMPARE(modeOf(path(u"report.html"_s)), 0600U);
        const QString html = QString::fromUtf8(content(path(u"report.html"_s)));
        for (const QString &text : {u"<h1>Incident 7</h1>"_s, u"What we found."_s, u"First line<br>second line"_s,
                 u"phishing"_s, u"Bookmarked"_s, u"user0@example.com"_s, u"203.0.113.1"_s, u"INVALID_CREDENTIALS"_s,
                 u"2026-08-01 09:00:01.001"_s, u"Asia/Tokyo"_s, u"acme.duckdb"_s, u"Acme &lt;b&gt;&amp;"_s,
                 u"AppInstance Salesforce, Inc. (Salesforce)"_s, u"00000000-0000-11f0-8000-000000000002"_s}) {
            QVERIFY2(html.contains(text), qPrintable(text));
        }
        QCOMPARE(html.count(u"<section"_s), 3);
        // Alone in the world: nothing is fetched, nothing runs.
        for (const QString &text : {u"<script"_s, u"<img"_s, u"<link"_s, u"src="_s, u"href="_s, u"url("_s}) {
            QVERIFY2(!html.contains(text), qPrintable(text));
        }
    }

    void hostileTextsStayTexts()
    {
        const QByteArray bad = R"(<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=\"x&amp;%1%2)";
        add({R"({"uuid":"<b>u</b>","published":"2026-08-01T00:00:00.000Z","eventType":")" + bad
            + R"(","displayMessage":")" + bad + R"(","actor":{"alternateId":")" + bad
            + R"(","displayName":"\u202Eevil\u0000"},"target":[{"type":")" + bad + R"(","displayName":")" + bad
            + R"("}],"client":{"userAgent":{"rawUserAgent":")" + bad + R"("}},"extra":"</pre></details><script>"})"});
        annotate({1}, {{}, {u"<u>tag"_s}, {}, u"<iframe src='x'></iframe>"_s});
        for (const Format format : {Format::Html, Format::Pdf}) {
            exchange::ExportOptions options;
            options.format = format;
            options.report.title = u"<title></title><script>"_s;
            options.report.remarks = u"</p><script>"_s;
            QVERIFY(exportTo(path(u"report"_s), options));
        }
        exchange::ExportOptions options;
        options.format = Format::Html;
        options.report.title = u"<title></title><script>"_s;
        options.report.remarks = u"</p><script>"_s;
        QVERIFY(exportTo(path(u"report.html"_s), options));
        const QString html = QString::fromUtf8(content(path(u"report.html"_s)));
        for (const QString &text :
            {u"<script"_s, u"<img"_s, u"<iframe"_s, u"<b>"_s, u"<u>"_s, QString(QChar(0x202e))}) {
            QVERIFY2(!html.contains(text, Qt::CaseInsensitive), qPrintable(text));
        }
        QCOMPARE(html.count(u"</details>"_s), 1);
        QVERIFY(html.contains(u"&lt;script&gt;alert(1)"_s));
    }

    void pdfHasPages()
    {
        addSamples(0, 30);
        annotate({1, 2}, {true, {u"phishing"_s}, {}, u"A note."_s});
        exchange::ExportOptions options;
        options.format = Format::Pdf;
        options.report.title = u"Incident 7"_s;
        options.manifest = true;
        const auto done = exportTo(path(u"report.pdf"_s), options);
        QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
        const QByteArray pdf = content(path(u"report.pdf"_s));
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.trimmed().endsWith("%%EOF"));
        QVERIFY2(pdf.count("/Type /Page\n") > 3, qPrintable(QString::number(pdf.count("/Type /Page\n"))));
        QCOMPARE(modeOf(path(u"report.pdf"_s)), 0600U);
        QVERIFY(exchange::checkManifest(done->manifestFile, {}, {})->isSound());
    }

    void piecesOfAPdfStayWhole()
    {
        const auto pages = [](const std::vector<int> &linesOfPieces) {
            QBuffer pdf;
            (void)pdf.open(QIODevice::WriteOnly);
            {
                exchange::PdfPages writer(pdf, u"A report"_s, exchange::ReportWriter::paperStyle());
                for (const int lines : linesOfPieces) {
                    writer.add(u"<h2>Heading</h2><p>"_s + u"line<br>"_s.repeated(lines) + u"</p>"_s);
                }
            }
            return pdf.data().count("/Type /Page\n");
        };
        int most = 1; // lines that one page holds
        while (pages({most + 1}) == 1) {
            ++most;
        }
        QVERIFY2(most > 40, qPrintable(QString::number(most)));
        QCOMPARE(pages({most / 3, most / 3}), 1);
        QCOMPARE(pages({most * 2 / 3, most * 2 / 3, most * 2 / 3}), 3);
        QCOMPARE(pages({most / 4, most}), 2);
        QCOMPARE(pages({most * 5 / 2}), 3);
        QCOMPARE(pages({most * 5 / 2, 1}), 4);
        QCOMPARE(pages({}), 1);
    }

    void tooMuchForAPdf()
    {
        addSamples(0, exchange::mostPdfEvents + 1);
        exchange::ExportOptions options;
        options.format = Format::Pdf;
        const auto done = exportTo(path(u"report.pdf"_s), options);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, event::ErrorKind::InvalidInput);
        QVERIFY(!QFile::exists(path(u"report.pdf"_s)));
        options.format = Format::Html;
        QCOMPARE(exportTo(path(u"report.html"_s), options)->events, exchange::mostPdfEvents + 1);
    }

    void nothingIsAReport()
    {
        exchange::ExportOptions options;
        options.format = Format::Html;
        QCOMPARE(exportTo(path(u"report.html"_s), options)->events, 0);
        QVERIFY(content(path(u"report.html"_s)).contains("There is no event"));
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
