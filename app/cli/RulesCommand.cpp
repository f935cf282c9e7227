// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RulesCommand.h"

#include "cli/Console.h"
#include "cli/LineFilter.h"
#include "detect/RuleTester.h"
#include "detect/SigmaDetector.h"
#include "detect/panther/PantherDetector.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <set>

namespace octotrail::cli {

namespace {

/// Whether what fires may be a line that is long past: a window is judged when it is over.
bool judgesLater(const detect::RulePtr &rule)
{
    const detect::Correlation *correlation = rule->correlation();
    return correlation && correlation->condition.hasUpperBound();
}

/// Runs the tests that rules in Panther's format carry; how many passed, and how many failed.
std::pair<int, int> checkPython(const detect::panther::Folder &folder)
{
    QStringList ids;
    for (const detect::panther::Rule &rule : folder.rules) {
        ids.append(rule.id);
    }
    std::pair<int, int> counts;
    detect::panther::PantherRules rules(folder, ids, {});
    const auto faults = rules.start();
    if (!faults) {
        tell(faults.error());
        return {0, static_cast<int>(ids.size())};
    }
    for (const detect::panther::Fault &fault : *faults) {
        ++counts.second;
        tell(QObject::tr("The rule %1 cannot be loaded: %2").arg(fault.ruleId, fault.sentence));
    }
    for (int rule = 0; rule < rules.rules().size(); ++rule) {
        for (const detect::panther::TestOutcome &outcome : rules.test(rule)) {
            ++(outcome.passed ? counts.first : counts.second);
            if (!outcome.passed) {
                tell(detect::Problem{0,
                    QObject::tr("The test \"%1\" of \"%2\" failed: %3")
                        .arg(outcome.name, rules.rules()[rule].title, outcome.sentence),
                    rules.rules()[rule].file}
                         .text());
            }
        }
    }
    return counts;
}

void tellProblems(const std::vector<detect::Problem> &problems)
{
    for (const detect::Problem &problem : problems) {
        tell(problem.text());
    }
}

} // namespace

void RulesCommand::declare(CLI::App &options)
{
    options.require_subcommand(1);
    m_match = options.add_subcommand("match", "Print the lines of NDJSON on which the rules fire");
    m_match->add_option("--rule", m_rules, "A file with Sigma rules; further *.yml files are rules, too")
        ->required()
        ->allow_extra_args(false)
        ->type_name("FILE");
    m_match->add_option("FILE", m_events, "NDJSON, perhaps packed; standard input if there is none")->type_name("");
    CLI::App *check = options.add_subcommand("check", "Load the rules of folders, and run the tests that they carry");
    check->add_option("DIR", m_folders, "A folder with rules, or a file")->required()->type_name("");
}

ExitCode RulesCommand::run(const CommonOptions & /*common*/)
{
    return m_match->parsed() ? match() : check();
}

ExitCode RulesCommand::match() const
{
    // --rule a.yml b.yml: nobody's events are YAML.
    std::vector<std::string> rules = m_rules;
    std::vector<std::string> events;
    for (const std::string &file : m_events) {
        (file.ends_with(".yml") || file.ends_with(".yaml") ? rules : events).push_back(file);
    }
    detect::RuleLoader loader(detect::RuleLoader::LogSource::Any);
    for (const std::string &file : rules) {
        loader.addFile(QFile::decodeName(file.c_str()));
    }
    const detect::RuleSet set = loader.link();
    if (!set.problems.empty()) {
        tellProblems(set.problems);
        return ExitCode::Usage;
    }
    detect::SigmaDetector detector(set.rules);
    const bool isLater = std::ranges::any_of(set.rules, judgesLater);
    store::Seq seq = 0;
    std::vector<std::string> lines; // kept if it may turn out later that one fired
    std::set<store::Seq> fired;
    const auto remember = [&](const std::vector<detect::Match> &matches) {
        for (const detect::Match &match : matches) {
            fired.insert(match.firedBy);
        }
    };
    StandardOutput output;
    LineFilter filter(
        [&](const event::LogEvent &event) {
            std::vector<detect::Match> matches;
            detector.process({{++seq, 1, &event}}, matches);
            if (isLater) {
                lines.push_back(event.bytes());
                remember(matches);
                return false;
            }
            return !matches.empty();
        },
        output);
    const ExitCode code = filter.readAll(events);
    if (isLater) {
        std::vector<detect::Match> matches;
        detector.finish(matches);
        remember(matches);
        std::string text;
        for (const store::Seq one : fired) {
            text.append(lines[static_cast<std::size_t>(one - 1)]).append("\n");
        }
        if (!output.print(text) && !output.isAbandoned()) {
            tell(QObject::tr("The lines could not be written: %1.").arg(output.errorString()));
            return ExitCode::Failure;
        }
    }
    return code;
}

ExitCode RulesCommand::check() const
{
    detect::RuleLoader loader;
    for (const std::string &name : m_folders) {
        const QString path = QFile::decodeName(name.c_str());
        if (!QFileInfo::exists(path)) {
            tell(QObject::tr("There is no folder %1.").arg(path));
            return ExitCode::Usage;
        }
        if (QFileInfo(path).isDir()) {
            loader.addFolder(path);
        } else {
            loader.addFile(path);
        }
    }
    detect::RuleSet set = loader.link();
    int passed = 0;
    int failed = 0;
    for (const std::string &name : m_folders) {
        const QString path = QFile::decodeName(name.c_str());
        if (QFileInfo(path).isDir()) {
            detect::panther::addRules(path, set);
        }
    }
    std::set<std::shared_ptr<const detect::panther::Folder>> folders;
    for (const detect::RulePtr &rule : set.rules) {
        if (rule->python() && folders.insert(rule->python()->folder).second) {
            const auto [good, bad] = checkPython(*rule->python()->folder);
            passed += good;
            failed += bad;
        }
    }
    tellProblems(set.problems);
    for (const detect::RulePtr &rule : set.rules) {
        for (const detect::TestOutcome &outcome : detect::runTests(set, rule)) {
            if (outcome.passed) {
                ++passed;
                continue;
            }
            ++failed;
            const detect::RuleTest &test = rule->tests[outcome.test];
            tell(detect::Problem{test.line,
                test.match ? QObject::tr("The test \"%1\" of \"%2\" failed: the rule should fire, and does not.")
                                 .arg(test.name, rule->title)
                           : QObject::tr("The test \"%1\" of \"%2\" failed: the rule should not fire, and does.")
                                 .arg(test.name, rule->title),
                rule->file}
                     .text());
        }
    }
    tellProblems(set.leftOut);
    if (set.foreign > 0) {
        tell(QObject::tr("%n rule(s) for other products than Okta were left out.", nullptr, set.foreign));
    }
    tell(QObject::tr("%1 rules loaded from %2 files; %3 files or rules rejected.")
             .arg(set.rules.size())
             .arg(set.files)
             .arg(set.problems.size()));
    StandardOutput output;
    output.print(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed\n");
    return failed == 0 && set.problems.empty() ? ExitCode::Success : ExitCode::Failure;
}

} // namespace octotrail::cli
