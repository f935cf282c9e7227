// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleCheck.h"

#include "detect/RuleTester.h"
#include "detect/SigmaFields.h"
#include "detect/Yaml.h"
#include "detect/panther/PantherRules.h"
#include "event/EventTypes.h"
#include "event/FieldCatalogue.h"

#include <QObject>
#include <algorithm>
#include <set>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

using Weight = Remark::Weight;

const QString onlyDocument = u"draft"_s;
constexpr std::size_t mostHints = 30;

/// Looks for what is right Sigma and yet may be a slip of the pen.
class Hints
{
public:
    explicit Hints(std::vector<Remark> &remarks)
        : m_remarks(remarks)
    { }

    void look(const std::vector<YamlNode> &documents)
    {
        bool hasTests = false;
        for (const YamlNode &document : documents) {
            if (!document.isMap()) {
                continue;
            }
            hasTests = hasTests || document.find("tests");
            if (const YamlNode *detection = document.find("detection"); detection && detection->isMap()) {
                for (std::size_t i = 0; i < detection->items.size(); ++i) {
                    if (detection->keys[i] != "condition") {
                        lookAtSelection(detection->items[i]);
                    }
                }
            }
        }
        if (!hasTests) {
            add(0, QObject::tr("The rule has no tests. Add events on which it has to fire, and a near miss."));
        }
    }

private:
    void add(int line, const QString &sentence)
    {
        if (m_remarks.size() < mostHints) {
            m_remarks.push_back({Weight::Hint, false, line, sentence});
        }
    }

    void lookAtSelection(const YamlNode &node)
    {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (node.isMap()) {
                lookAtItem(node.keys[i], node.keyLines[i], node.items[i]);
            } else {
                lookAtSelection(node.items[i]);
            }
        }
    }

    void lookAtItem(const std::string &key, int line, const YamlNode &value)
    {
        const std::string name = key.substr(0, key.find('|'));
        if (name.empty()) {
            return;
        }
        const auto field = sigmaField(name);
        const QString shown = QString::fromStdString(name).left(100);
        const std::string path = field ? field->path.toString() : std::string();
        const bool isKnown = !field || field->reach == filter::Reach::Exact || path.starts_with("debugContext.")
            || path.starts_with("target.") || path.starts_with("transaction.") || path.starts_with("device.");
        if (!isKnown) {
            add(line,
                QObject::tr("Events of Okta's log have no field \"%1\" that is known here. It is looked for as it is "
                            "written.")
                    .arg(shown));
        }
        const bool isPlain = key == name || key == name + "|cased";
        if (!field || path != "eventType" || !isPlain) {
            return;
        }
        for (const YamlNode &one : value.isSequence() ? value.items : std::vector<YamlNode>{value}) {
            if (one.isScalar() && one.text.find_first_of("*?\\") == std::string::npos
                && event::eventTypeDescription(one.text).isEmpty()) {
                add(one.line > 0 ? one.line : line,
                    QObject::tr("The event type \"%1\" is not in the catalogue: is it spelt as in your events?")
                        .arg(one.string().left(100)));
            }
        }
    }

    std::vector<Remark> &m_remarks;
};

void testSigma(RuleCheck &check)
{
    for (const TestOutcome &outcome : runTests(check.set, check.rule)) {
        const RuleTest &test = check.rule->tests[outcome.test];
        CheckedTest one{test.name.isEmpty() ? QObject::tr("Test %1").arg(outcome.test + 1) : test.name, test.match,
            outcome.passed, {}, test.line};
        if (outcome.matches == 0) {
            one.sentence = test.match ? QObject::tr("The rule should fire, and does not.")
                                      : QObject::tr("The rule does not fire.");
        } else {
            one.sentence = test.match ? QObject::tr("The rule fires.") : QObject::tr("The rule fires, and should not.");
        }
        check.tests.push_back(std::move(one));
    }
}

/// The lines at which the tests begin.
std::vector<int> linesOfTests(const RuleDraft &draft)
{
    std::vector<int> lines;
    const auto documents = readYaml(draft.yaml.toStdString());
    if (documents && !documents->empty() && documents->front().isMap()) {
        if (const YamlNode *tests = documents->front().find("Tests")) {
            for (const YamlNode &test : tests->items) {
                lines.push_back(test.line);
            }
        }
    }
    return lines;
}

void runPython(RuleCheck &check)
{
    const panther::Folder &folder = *check.rule->python()->folder;
    panther::PantherRules rules(folder, {check.rule->id}, {});
    const auto faults = rules.start();
    if (!faults) {
        check.remarks.push_back({Weight::Error, true, 0, faults.error().sentence});
        check.rule.reset();
        return;
    }
    for (const panther::Fault &fault : *faults) {
        check.remarks.push_back({Weight::Error, true, fault.line, fault.sentence});
    }
    if (!faults->empty()) {
        check.rule.reset();
        return;
    }
    const std::vector<int> lines = linesOfTests(check.draft);
    const QJsonArray written = rules.rules().front().tests();
    const auto outcomes = rules.test(0);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        CheckedTest one;
        one.name = outcomes[i].name.isEmpty() ? QObject::tr("Test %1").arg(i + 1) : outcomes[i].name;
        one.match = written.at(static_cast<qsizetype>(i)).toObject().value(QLatin1String("ExpectedResult")).toBool();
        one.passed = outcomes[i].passed;
        one.sentence = !outcomes[i].passed ? outcomes[i].sentence
            : one.match                    ? QObject::tr("The rule fires.")
                                           : QObject::tr("The rule does not fire.");
        one.line = i < lines.size() ? lines[i] : 0;
        check.tests.push_back(std::move(one));
    }
    if (outcomes.empty()) {
        check.remarks.push_back({Weight::Hint, false, 0,
            QObject::tr("The rule has no tests. Add events on which it has to fire, and a near miss.")});
    }
    if (!check.rule->raises) {
        check.remarks.push_back({Weight::Hint, false, 0,
            QObject::tr("The rule raises no alerts: it is a signal, which is for correlations only.")});
    }
    if (!check.rule->isOnByDefault) {
        check.remarks.push_back({Weight::Hint, false, 0,
            QObject::tr("The rule is off until it is switched on: it is not enabled, experimental, deprecated, or to "
                        "be configured first.")});
    }
}

} // namespace

RuleCheck checkDraft(const RuleDraft &draft, const PythonHelpers &helpers)
{
    RuleCheck check;
    check.draft = draft;
    Pack pack = ownPack({{onlyDocument, draft}}, helpers);
    check.set = std::move(pack.set);
    for (const Problem &problem : check.set.problems) {
        check.remarks.push_back({Weight::Error, false, problem.line, problem.reason});
    }
    const bool isPython = draft.format == Rule::Format::Panther;
    if (check.set.problems.empty()) {
        // The file's point: its last rule that alerts.
        for (const RulePtr &rule : check.set.rules) {
            if (rule->raises || isPython) {
                check.rule = rule;
            }
        }
        if (!check.rule) {
            check.remarks.push_back({Weight::Error, false, 0, QObject::tr("The file holds no rule that alerts.")});
        }
    }
    if (check.rule && isPython) {
        runPython(check);
    } else if (check.rule) {
        testSigma(check);
        if (check.rule->alert.isRecord) {
            check.remarks.push_back({Weight::Hint, false, 0,
                QObject::tr("What this rule finds is recorded, and calls nobody. A level above informational, or "
                            "\"record: false\" under alert, makes alerts of it.")});
        }
        if (const auto documents = readYaml(draft.yaml.toStdString())) {
            Hints(check.remarks).look(*documents);
        }
    }
    return check;
}

} // namespace octotrail::detect
