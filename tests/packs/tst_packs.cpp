// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "BundledPacks.h"
#include "detect/RuleTester.h"
#include "detect/Yaml.h"
#include "event/EventTypes.h"
#include "event/LogEvent.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The event types that a detection asks for by name.
void collectEventTypes(const detect::YamlNode &node, QStringList &types)
{
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (node.isMap() && node.keys[i] == "eventType") {
            types += node.items[i].strings();
        } else {
            collectEventTypes(node.items[i], types);
        }
    }
}

bool hasEventType(const QString &type)
{
    return !event::eventTypeDescription(type.toStdString()).isEmpty();
}

} // namespace

/// The bundled packs: whole, well-formed, and true to the tests that they carry.
class TestPacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_set = packs::load(packs::names());
        for (const detect::RulePtr &rule : m_set.rules) {
            if (!rule->tests.empty()) {
                m_rules.push_back(rule);
            }
        }
    }

    void loadWithoutProblems()
    {
        for (const detect::Problem &problem : m_set.problems) {
            qWarning("%s", qPrintable(problem.text()));
        }
        QVERIFY(m_set.problems.empty());
        QCOMPARE(m_set.foreign, 0);
        QVERIFY2(m_rules.size() >= 60, qPrintable(QString::number(m_rules.size())));
        QCOMPARE(static_cast<int>(m_rules.size()), m_set.files); // a rule that alerts in every file
    }

    void packsSayWhatTheyAre()
    {
        QCOMPARE(packs::names(), QStringList({u"admin-change-audit"_s, u"core"_s, u"hunting"_s, u"identity-threat"_s}));
        for (const QString &name : packs::names()) {
            const auto documents
                = detect::readYaml(contentOf(packs::folder() + u'/' + name + u"/pack.yml"_s).toStdString());
            QVERIFY(documents && documents->size() == 1);
            const detect::YamlNode &pack = documents->front();
            for (const char *key : {"id", "title", "description", "enabled"}) {
                QVERIFY2(pack.find(key), key);
            }
            QCOMPARE(pack.find("id")->string(), name);
            QCOMPARE(pack.find("enabled")->string(), name == u"core"_s ? u"true"_s : u"false"_s);
        }
    }

    void rulesAreComplete_data() { addRules(); }
    void rulesAreComplete()
    {
        QFETCH(detect::RulePtr, rule);
        static const QRegularExpression uuid(
            u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
        static const QRegularExpression tag(u"^attack\\.(t\\d{4}(\\.\\d{3})?|[a-z]+(-[a-z]+)*)$"_s);
        static const QRegularExpression date(u"^\\d{4}-\\d\\d-\\d\\d$"_s);
        QVERIFY(uuid.match(rule->id).hasMatch());
        QVERIFY(date.match(rule->date).hasMatch());
        QVERIFY(rule->title.size() > 10 && rule->title.size() < 80);
        QVERIFY(rule->description.size() > 60);
        QCOMPARE(rule->author, u"The Octotrail authors"_s);
        QVERIFY(rule->status == u"test"_s || rule->status == u"experimental"_s);
        QVERIFY(!rule->techniques().isEmpty());
        for (const QString &each : rule->tags) {
            QVERIFY2(tag.match(each).hasMatch(), qPrintable(each));
        }
        QVERIFY(rule->references.size() >= 2);
        for (const QString &each : rule->references) {
            QVERIFY2(each.startsWith(u"https://"_s), qPrintable(each));
        }
        QVERIFY(!rule->falsePositives.isEmpty());
        QVERIFY(!rule->response.isEmpty());
        QVERIFY(!rule->alert.title.isEmpty());
        QVERIFY(!rule->alert.dedup.empty());
        const auto isHit = [](const detect::RuleTest &test) { return test.match; };
        QVERIFY(std::ranges::any_of(rule->tests, isHit) && !std::ranges::all_of(rule->tests, isHit));
    }

    void testsPass_data() { addRules(); }
    void testsPass()
    {
        QFETCH(detect::RulePtr, rule);
        const auto outcomes = detect::runTests(m_set, rule);
        QCOMPARE(outcomes.size(), rule->tests.size());
        for (const detect::TestOutcome &outcome : outcomes) {
            QVERIFY2(outcome.passed, qPrintable(rule->tests[outcome.test].name));
        }
    }

    void eventsAreOktas_data() { addRules(); }
    void eventsAreOktas()
    {
        QFETCH(detect::RulePtr, rule);
        const auto documents = detect::readYaml(contentOf(rule->file).toStdString());
        QVERIFY(documents);
        QStringList types;
        for (const detect::YamlNode &document : *documents) {
            if (const detect::YamlNode *detection = document.find("detection")) {
                collectEventTypes(*detection, types);
            }
        }
        for (const QString &type : types) {
            QVERIFY2(hasEventType(type), qPrintable(type));
        }
        for (const detect::RuleTest &test : rule->tests) {
            for (const std::string &bytes : test.events) {
                const auto event = event::LogEvent::fromBytes(bytes);
                QVERIFY2(event.defects().isEmpty(), qPrintable(event.defects()));
                QVERIFY(event.text(event::field::EventType) && event.text(event::field::ActorAlternateId));
                const auto type = QString::fromUtf8(event.text(event::field::EventType).value_or(""));
                QVERIFY2(hasEventType(type), qPrintable(type));
            }
        }
    }

    void templatesWork()
    {
        detect::RuleLoader loader;
        loader.addFolder(packs::folder() + u"/../templates"_s);
        const detect::RuleSet templates = loader.link();
        QVERIFY(templates.problems.empty());
        int withTests = 0;
        for (const detect::RulePtr &rule : templates.rules) {
            const auto outcomes = detect::runTests(templates, rule);
            for (const detect::TestOutcome &outcome : outcomes) {
                const detect::RuleTest &test = rule->tests[outcome.test];
                QVERIFY2(outcome.passed, qPrintable(rule->title + u": "_s + test.name));
            }
            withTests += outcomes.size() >= 2;
        }
        QDir folder(packs::folder() + u"/../templates"_s);
        const auto files = folder.entryInfoList({u"*.yml"_s}, QDir::Files);
        // The one in Python is tested by Python's own part.
        const auto inSigma = std::ranges::count_if(
            files, [&](const QFileInfo &file) { return !folder.exists(file.completeBaseName() + u".py"_s); });
        QCOMPARE(withTests, inSigma);
        QVERIFY(inSigma >= 9);
    }

    void titlesAndIdsAreUnique()
    {
        QStringList ids;
        QStringList titles;
        for (const detect::RulePtr &rule : m_set.rules) {
            ids.append(rule->id);
        }
        for (const detect::RulePtr &rule : m_rules) {
            titles.append(rule->title);
        }
        QCOMPARE(ids.removeDuplicates(), 0);
        QCOMPARE(titles.removeDuplicates(), 0);
    }

private:
    void addRules() const
    {
        QTest::addColumn<detect::RulePtr>("rule");
        for (const detect::RulePtr &rule : m_rules) {
            QTest::newRow(qPrintable(packs::nameOf(*rule))) << rule;
        }
    }

    detect::RuleSet m_set;
    std::vector<detect::RulePtr> m_rules; ///< those that alert
};

QTEST_GUILESS_MAIN(TestPacks)
#include "tst_packs.moc"
