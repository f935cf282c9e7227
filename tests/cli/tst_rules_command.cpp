// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"
#include "Program.h"
#include "SampleEvents.h"
#include "detect/OwnRules.h"
#include "store/Documents.h"
#include "store/Store.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail::tests;
using namespace Qt::StringLiterals;

class TestRulesCommand : public QObject
{
    Q_OBJECT

private:
    QString file(const QByteArray &bytes, const QString &name)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return path;
    }

    const QByteArray m_failures = "title: Failure\nid: failure\nlogsource: {product: okta}\ndetection:\n"
                                  "  s: {outcome.result: FAILURE}\n  condition: s\nlevel: low\n";
    QTemporaryDir m_folder;

private Q_SLOTS:
    void matchPrintsTheLines()
    {
        QByteArray expected;
        for (int n = 0; n < 500; n += 7) {
            expected += sampleEvent(n) + '\n';
        }
        const QString rule = file(m_failures, u"failure.yml"_s);
        const Outcome piped = run({u"rules"_s, u"match"_s, u"--rule"_s, rule}, sampleLines(0, 500));
        QCOMPARE(piped.code, 0);
        QCOMPARE(piped.out, expected);
        QCOMPARE(piped.err, QByteArray());
        const Outcome files = run({u"rules"_s, u"match"_s, u"--rule"_s, rule, file(sampleLines(0, 200), u"a.ndjson"_s),
            file(gzip(sampleLines(200, 500)), u"b.gz"_s)});
        QCOMPARE(files.code, 0);
        QCOMPARE(files.out, expected);
    }

    void matchPrintsTheLineThatFiredACorrelation()
    {
        const QString rule = file(m_failures
                + "name: failure\n---\ntitle: Many\ncorrelation:\n  type: event_count\n  rules: failure\n"
                  "  timespan: 7d\n  condition: {gte: 3}\n",
            u"many.yml"_s);
        const Outcome outcome = run({u"rules"_s, u"match"_s, u"--rule"_s, rule}, sampleLines(0, 22));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleEvent(14) + '\n' + sampleEvent(21) + '\n');
    }

    void aRejectedRuleNamesLineAndReason()
    {
        const QString rule = file("title: Bad\ndetection:\n  s:\n    a|contians: b\n  condition: s\n", u"bad.yml"_s);
        const Outcome outcome = run({u"rules"_s, u"match"_s, u"--rule"_s, rule}, sampleLines(0, 3));
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.err.contains("bad.yml:4: ") && outcome.err.contains("contians"), outcome.err.constData());
        QCOMPARE(run({u"rules"_s, u"match"_s, u"--rule"_s, m_folder.filePath(u"none"_s)}).code, 2);
        QCOMPARE(run({u"rules"_s, u"match"_s}).code, 2);
        QCOMPARE(run({u"rules"_s}).code, 2);
    }

    void checkRunsTests()
    {
        const QString folder = m_folder.filePath(u"rules"_s);
        file(m_failures
                + "tests:\n  - {name: yes, match: true, events: [{outcome: {result: FAILURE}}]}\n"
                  "  - {name: no, match: false, events: [{outcome: {result: SUCCESS}}]}\n",
            u"rules/good.yml"_s);
        const Outcome good = run({u"rules"_s, u"check"_s, folder});
        QVERIFY2(good.code == 0, good.err.constData());
        QCOMPARE(good.out, QByteArray("2 passed, 0 failed\n"));
        file("title: X\nid: x\ndetection: {s: {a: b}, condition: s}\n"
             "tests:\n  - {name: wrong, match: true, events: [{a: c}]}\n",
            u"rules/wrong.yml"_s);
        const Outcome wrong = run({u"rules"_s, u"check"_s, folder});
        QCOMPARE(wrong.code, 1);
        QCOMPARE(wrong.out, QByteArray("2 passed, 1 failed\n"));
        QVERIFY2(wrong.err.contains("wrong.yml:5: "), wrong.err.constData());
        file("title: [\n", u"rules/broken.yml"_s);
        const Outcome broken = run({u"rules"_s, u"check"_s, folder});
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.err.contains("broken.yml:"), broken.err.constData());
        QCOMPARE(run({u"rules"_s, u"check"_s, m_folder.filePath(u"nowhere"_s)}).code, 2);
    }

    void bundledPacksPass()
    {
        const Outcome outcome = run({u"rules"_s, u"check"_s, QStringLiteral(PACKS)});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(outcome.out.endsWith(" passed, 0 failed\n"), outcome.out.constData());
        QVERIFY(outcome.out.split(' ').first().toInt() > 200);
    }

    void detectPrintsAlerts()
    {
        const QString store = m_folder.filePath(u"case.duckdb"_s);
        QCOMPARE(run({u"--store"_s, store, u"import"_s, u"-"_s}, sampleLines(0, 210)).code, 0);
        const QString rules = m_folder.filePath(u"own"_s);
        file(m_failures + "alert: {title: 'Failed: {eventType}', dedup: [eventType], period: 7d}\n", u"own/f.yml"_s);
        const Outcome json = run({u"--store"_s, store, u"detect"_s, u"--rules"_s, rules, u"--format"_s, u"json"_s});
        QVERIFY2(json.code == 0, json.err.constData());
        qsizetype events = 0;
        for (const QByteArray &line : json.out.split('\n')) {
            if (line.isEmpty()) {
                continue;
            }
            const QJsonObject alert = QJsonDocument::fromJson(line).object();
            QCOMPARE(alert[u"ruleId"_s].toString(), u"failure"_s);
            QCOMPARE(alert[u"severity"_s].toString(), u"low"_s);
            QCOMPARE(alert[u"title"_s].toString(), u"Failed: "_s + alert[u"dedupKey"_s].toString());
            events += alert[u"events"_s].toArray().size();
        }
        QCOMPARE(events, 30);
        const Outcome text = run({u"--store"_s, store, u"detect"_s, u"--rules"_s, rules});
        QCOMPARE(text.code, 0);
        QCOMPARE(text.out.count('\n'), json.out.count('\n'));
        QCOMPARE(run({u"--store"_s, store, u"detect"_s, u"--pack"_s, u"core"_s}).code, 0);
        QCOMPARE(run({u"--store"_s, store, u"detect"_s}).code, 0);
        const Outcome unknown = run({u"--store"_s, store, u"detect"_s, u"--pack"_s, u"nothing"_s});
        QCOMPARE(unknown.code, 2);
        QVERIFY2(unknown.err.contains("core"), unknown.err.constData());

        // Rules that were written in the window are in the case.
        QCOMPARE(run({u"--store"_s, store, u"detect"_s, u"--pack"_s, u"own"_s}).out, QByteArray());
        {
            const auto opened = octotrail::store::Store::open(store);
            QVERIFY(opened);
            octotrail::detect::RuleDraft draft;
            draft.yaml = QString::fromUtf8(m_failures);
            octotrail::store::Document document;
            document.kind = octotrail::detect::ownRuleKind();
            document.id = octotrail::store::Documents::makeId();
            document.name = draft.title();
            document.body = draft.toBytes();
            QVERIFY(octotrail::store::Documents(*opened).save(document).result());
        }
        const Outcome own = run({u"--store"_s, store, u"detect"_s, u"--pack"_s, u"own"_s});
        QVERIFY2(own.code == 0, own.err.constData());
        QVERIFY2(own.out.contains("Failure"), own.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestRulesCommand)
#include "tst_rules_command.moc"
