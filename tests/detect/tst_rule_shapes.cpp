// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RuleShapes.h"

#include "detect/PastMatches.h"
#include "detect/RuleLoader.h"
#include "detect/SigmaDetector.h"
#include "event/LogEvent.h"

#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;

/// Rules as others write them give the right verdict: on events as they come, and on those that are stored.
class TestRuleShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        detect::RuleLoader loader;
        loader.addText(u"shapes.yml"_s, shapeRules);
        m_rules = loader.link();
        QStringList problems;
        for (const detect::Problem &problem : m_rules.problems) {
            problems.append(problem.text());
        }
        QCOMPARE(problems, QStringList());
        std::vector<event::LogEvent> events;
        for (const ShapeEvent &one : shapeEvents) {
            const std::string uuid = one.uuid;
            events.push_back(event::LogEvent::fromBytes(
                R"({"uuid":")" + uuid + R"(","published":"2026-03-04T22:15:30Z",)" + one.json + "}"));
            QVERIFY2(events.back().defects().isEmpty(), one.uuid);
        }
        detect::SigmaDetector detector(m_rules.rules);
        for (std::size_t i = 0; i < events.size(); ++i) {
            std::vector<detect::Match> matches;
            detector.process({{static_cast<store::Seq>(i + 1), 1, &events[i]}}, matches);
            add(m_live, matches);
        }
        const auto store = store::Store::open(m_folder.filePath(u"shapes.duckdb"_s));
        QVERIFY(store.has_value());
        QVERIFY((*store)->append({1, events, {}}).result().has_value());
        const auto status = detect::PastMatches(*store).forEach(
            m_rules.rules, {}, [this](const detect::Match &match) { add(m_past, {match}); });
        QVERIFY(status.has_value());
    }

    void verdicts_data()
    {
        QTest::addColumn<QStringList>("expected");
        for (const ShapeEvent &one : shapeEvents) {
            QTest::newRow(one.uuid) << QString::fromLatin1(one.matchedBy).split(u' ', Qt::SkipEmptyParts);
        }
    }
    void verdicts()
    {
        QFETCH(QStringList, expected);
        const std::string uuid = QTest::currentDataTag();
        expected.sort();
        QCOMPARE(sorted(m_live[uuid]), expected);
        QCOMPARE(sorted(m_past[uuid]), expected);
    }

    void everyRuleIsAsked()
    {
        QStringList matched;
        for (const auto &[uuid, ids] : m_live) {
            matched += ids;
        }
        for (const detect::RulePtr &rule : m_rules.rules) {
            QVERIFY2(matched.contains(rule->id), qPrintable(rule->id));
        }
    }

private:
    using RulesOf = std::map<std::string, QStringList>; ///< which rules match an event

    static void add(RulesOf &rules, const std::vector<detect::Match> &matches)
    {
        for (const detect::Match &match : matches) {
            rules[match.members.front().uuid].append(match.rule->id);
        }
    }

    static QStringList sorted(QStringList list)
    {
        list.sort();
        return list;
    }

    QTemporaryDir m_folder;
    detect::RuleSet m_rules;
    RulesOf m_live;
    RulesOf m_past;
};

QTEST_GUILESS_MAIN(TestRuleShapes)
#include "tst_rule_shapes.moc"
