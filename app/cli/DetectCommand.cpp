// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/DetectCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "detect/BackTest.h"
#include "detect/OwnRules.h"
#include "detect/Packs.h"
#include "event/Json.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <set>

namespace octotrail::cli {

namespace {

std::string textOf(const detect::AlertFold::Alert &alert)
{
    const auto &match = alert.match;
    // Nothing of an event leaves its line, nor plays with the terminal.
    QString line = QStringLiteral("%1  %2  %3  [%4; %n]")
                       .arg(QString::fromStdString(event::formatTimestamp(match.first)),
                           detect::levelName(match.level()).leftJustified(13), match.title, match.rule->title);
    line.replace(QStringLiteral("%n"), QObject::tr("%n match(es)", nullptr, static_cast<int>(alert.matches)));
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control) {
            c = QChar::ReplacementCharacter;
        }
    }
    return line.toStdString();
}

std::string jsonOf(const detect::AlertFold::Alert &alert)
{
    const auto &match = alert.match;
    const auto quoted = [](const QString &text) { return event::quoteJson(text.toStdString()); };
    std::string json = "{\"ruleId\":" + quoted(match.rule->id) + ",\"ruleTitle\":" + quoted(match.rule->title)
        + ",\"severity\":" + quoted(detect::levelName(match.level())) + ",\"title\":" + quoted(match.title)
        + ",\"dedupKey\":" + quoted(match.dedupKey)
        + ",\"first\":" + event::quoteJson(event::formatTimestamp(match.first)) + ",\"last\":"
        + event::quoteJson(event::formatTimestamp(match.last)) + ",\"matches\":" + std::to_string(alert.matches)
        + ",\"source\":" + std::to_string(match.source) + ",\"tags\":[";
    for (const QString &tag : match.rule->tags) {
        json += (json.ends_with('[') ? "" : ",") + quoted(tag);
    }
    json += "],\"events\":[";
    for (const detect::Member &member : match.members) {
        json += (json.ends_with('[') ? "" : ",") + event::quoteJson(member.uuid);
    }
    return json + "]}";
}

} // namespace

void DetectCommand::declare(CLI::App &options)
{
    options.add_option("--rules", m_folders, "A folder with rules or packs, or a file")
        ->allow_extra_args(false)
        ->type_name("DIR");
    options
        .add_option("--pack", m_packs,
            "One of the packs that Octotrail brings, or own: the case's own rules; without --rules and --pack: core")
        ->allow_extra_args(false)
        ->type_name("NAME");
    options.add_option("--format", m_format, "text, or json: one alert a line")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("text|json");
    options.add_option("--since", m_since, "Events from this time on")->type_name("T");
    options.add_option("--until", m_until, "Events before this time")->type_name("T");
}

std::optional<std::vector<detect::RulePtr>> DetectCommand::rules(const std::shared_ptr<store::Store> &store) const
{
    std::vector<detect::RulePtr> rules;
    std::set<QString> known;
    const auto add = [&](const detect::RuleSet &set) {
        for (const detect::Problem &problem : set.problems) {
            tell(problem.text());
        }
        for (const detect::RulePtr &rule : set.rules) {
            if (rule->isOnByDefault && known.insert(rule->id).second) {
                rules.push_back(rule);
            }
        }
    };
    std::vector<std::string> names = m_packs;
    if (m_folders.empty() && names.empty()) {
        names.emplace_back("core");
    }
    const auto bundled = names.empty() ? std::vector<detect::Pack>() : detect::bundledPacks();
    for (const std::string &name : names) {
        if (name == detect::ownPackId().toStdString()) {
            const auto documents = store::Documents(store).list(detect::ownRuleKind()).result();
            if (!documents) {
                tell(documents.error());
                return std::nullopt;
            }
            std::vector<detect::Problem> problems;
            detect::RuleSet own = detect::ownPack(detect::ownRulesOf(*documents, problems)).set;
            own.problems.insert(own.problems.end(), problems.begin(), problems.end());
            add(own);
            continue;
        }
        const auto pack = std::ranges::find_if(
            bundled, [&](const detect::Pack &one) { return one.id == QString::fromStdString(name); });
        if (pack == bundled.end()) {
            QStringList ids;
            for (const detect::Pack &one : bundled) {
                ids.append(one.id);
            }
            tell(QObject::tr("There is no pack \"%1\": there are %2.")
                     .arg(QString::fromStdString(name), ids.join(QStringLiteral(", "))));
            return std::nullopt;
        }
        add(pack->set);
    }
    for (const std::string &name : m_folders) {
        const QString path = QFile::decodeName(name.c_str());
        if (!QFileInfo::exists(path)) {
            tell(QObject::tr("There is no folder %1.").arg(path));
            return std::nullopt;
        }
        if (QFileInfo(path).isDir()) {
            for (const detect::Pack &pack : detect::packsIn(path)) {
                add(pack.set);
            }
        } else {
            detect::RuleLoader loader;
            loader.addFile(path);
            add(loader.link());
        }
    }
    return rules;
}

ExitCode DetectCommand::run(const CommonOptions &common)
{
    event::TimeRange range;
    for (const auto &[text, option, into] : {std::tuple(&m_since, QStringLiteral("--since"), &range.since),
             std::tuple(&m_until, QStringLiteral("--until"), &range.until)}) {
        if (!text->empty()) {
            const auto time = readTime(*text, option);
            if (!time) {
                tell(time.error());
                return ExitCode::Usage;
            }
            *into = *time;
        }
    }
    const auto store = openStore(common, false);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    const auto chosen = rules(*store);
    if (!chosen) {
        return ExitCode::Usage;
    }
    const Interruption interruption;
    ProgressLine progress;
    const auto alerts = detect::BackTest(*store).alerts(*chosen, range, interruption.token(),
        [&](double part) { progress.show(QObject::tr("%1 % of the events").arg(static_cast<int>(part * 100))); });
    progress.wipe();
    if (!alerts) {
        tell(alerts.error());
        return exitCodeFor(alerts.error());
    }
    StandardOutput output;
    for (const auto &alert : *alerts) {
        if (!output.print((m_format == "json" ? jsonOf(alert) : textOf(alert)) + '\n')) {
            if (output.isAbandoned()) {
                return ExitCode::Success;
            }
            tell(QObject::tr("The alerts could not be written: %1.").arg(output.errorString()));
            return ExitCode::Failure;
        }
    }
    tell(QObject::tr("%1 alerts by %2 rules").arg(alerts->size()).arg(chosen->size()));
    return ExitCode::Success;
}

} // namespace octotrail::cli
