// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherDetector.h"

#include <QFileInfo>
#include <QObject>
#include <algorithm>

namespace octotrail::detect::panther {

namespace {

constexpr std::size_t eventsAtOnce = 500;

Level levelOf(const QString &severity)
{
    static const std::map<QString, Level> levels{{QStringLiteral("LOW"), Level::Low},
        {QStringLiteral("MEDIUM"), Level::Medium}, {QStringLiteral("HIGH"), Level::High},
        {QStringLiteral("CRITICAL"), Level::Critical}};
    const auto found = levels.find(severity);
    return found == levels.end() ? Level::Informational : found->second;
}

RulePtr makeTroubleRule()
{
    auto rule = std::make_shared<detect::Rule>();
    rule->id = QStringLiteral("octotrail.python-rules");
    rule->title = QObject::tr("Trouble with Python rules");
    rule->format = detect::Rule::Format::Panther;
    rule->level = Level::Low;
    rule->alert.period = std::chrono::hours(24);
    return rule;
}

detect::Rule ruleOf(const Rule &from, const std::shared_ptr<const Folder> &folder)
{
    detect::Rule rule;
    rule.format = detect::Rule::Format::Panther;
    rule.id = from.id;
    rule.title = from.title;
    rule.description = from.description();
    rule.status = from.meta.value(QLatin1String("Status")).toString();
    rule.level = levelOf(from.severity);
    rule.tags = from.tags;
    rule.references = QStringList(from.meta.value(QLatin1String("Reference")).toString());
    rule.references.removeAll({});
    rule.response = QStringList(from.meta.value(QLatin1String("Runbook")).toString());
    rule.response.removeAll({});
    rule.alert.period = from.dedupPeriod;
    rule.alert.threshold = from.threshold;
    rule.file = from.file;
    rule.digest = from.id.toStdString();
    rule.logic = PythonRule{folder};
    rule.raises = from.createsAlert;
    rule.isOnByDefault = from.enabled;
    return rule;
}

} // namespace

void addRules(const QString &path, RuleSet &set)
{
    addRules(std::make_shared<const Folder>(readFolder(path)), set);
}

void addRules(const std::shared_ptr<const Folder> &folder, RuleSet &set)
{
    for (const Problem &problem : folder->problems) {
        // A file that is no YAML is none for either kind of rules.
        const bool isKnown = std::ranges::any_of(set.problems, [&](const Problem &known) {
            return known.line == problem.line && QFileInfo(known.file) == QFileInfo(problem.file);
        });
        if (!isKnown) {
            set.problems.push_back(problem);
        }
    }
    for (const Rule &rule : folder->rules) {
        set.rules.push_back(std::make_shared<const detect::Rule>(ruleOf(rule, folder)));
        ++set.files;
    }
    set.foreign += folder->others;
    set.leftOut.insert(set.leftOut.end(), folder->leftOut.begin(), folder->leftOut.end());
}

PantherDetector::PantherDetector(
    std::shared_ptr<const Folder> folder, std::vector<RulePtr> rules, Watches watches, Sources sources)
    : m_folder(std::move(folder))
    , m_watches(std::move(watches))
    , m_sources(std::move(sources))
    , m_prefix("python/")
    , m_trouble(makeTroubleRule())
{
    for (RulePtr &rule : rules) {
        const QString id = rule->id;
        m_rules.emplace(id, std::move(rule));
    }
}

PantherDetector::~PantherDetector() = default;

bool PantherDetector::start(const EventRef &event, std::vector<Match> &matches)
{
    if (m_host || m_failed) {
        return m_host != nullptr;
    }
    QStringList ids;
    for (const auto &[id, rule] : m_rules) {
        ids.append(id);
    }
    auto host = std::make_unique<PantherRules>(*m_folder, ids, m_state);
    const auto faults = host->start();
    if (!faults) {
        m_failed = true;
        matches.push_back(trouble(event, {}, QObject::tr("Python rules do not run"), faults.error().sentence));
        return false;
    }
    tellFaults(*faults, event, matches);
    const PythonHost::Confined confined = host->confined();
    if (!confined.network || !confined.files) {
        matches.push_back(trouble(event, {}, QObject::tr("Python rules are not confined"),
            confined.files ? QObject::tr("This system does not keep rules in Python from the network.")
                           : QObject::tr("This system does not keep rules in Python from your files: run only rules "
                                         "that you trust.")));
    }
    m_host = std::move(host);
    return true;
}

void PantherDetector::process(const std::vector<EventRef> &events, std::vector<Match> &matches)
{
    for (std::size_t first = 0; first < events.size(); first += eventsAtOnce) {
        if (!start(events[first], matches)) {
            return;
        }
        const auto count = std::min(eventsAtOnce, events.size() - first);
        std::vector<PantherRules::Event> batch;
        std::map<store::SourceId, std::pair<std::string, std::string>> names; // and ids
        for (std::size_t i = first; i < first + count; ++i) {
            const auto [name, isNew] = names.try_emplace(events[i].source);
            if (isNew) {
                const auto source = m_sources.find(events[i].source);
                const bool isKnown = source != m_sources.end();
                const std::string number = std::to_string(events[i].source);
                name->second = {isKnown ? source->second.name.toStdString() : number,
                    isKnown ? source->second.uuid.toStdString() : number};
            }
            batch.push_back({events[i].event->bytes(), name->second.first, name->second.second, events[i].seq});
        }
        const auto outcome = m_host->run(batch);
        if (!outcome) {
            // Asked again with the next batch, by a new process.
            matches.push_back(
                trouble(events[first], {}, QObject::tr("Python rules were interrupted"), outcome.error().sentence));
            m_host.reset();
            continue;
        }
        tellFaults(outcome->faults, events[first], matches);
        for (const Hit &hit : outcome->hits) {
            if (auto match = matchOf(hit, events[first + hit.event])) {
                matches.push_back(std::move(*match));
            }
        }
        for (const auto &[key, text] : outcome->state) {
            if (text) {
                m_state[key] = *text;
            } else {
                m_state.erase(key);
            }
            m_changes[m_prefix + key] = text.value_or(std::string());
        }
    }
}

std::optional<Match> PantherDetector::matchOf(const Hit &hit, const EventRef &event) const
{
    const auto found = m_rules.find(m_host->rules()[hit.rule].id);
    if (found == m_rules.end() || !found->second->raises || (m_watches && !m_watches(*found->second, event.source))) {
        return std::nullopt;
    }
    Match match;
    match.rule = found->second;
    match.source = event.source;
    match.members = {{event.seq, std::string(event.event->uuid())}};
    match.first = match.last = event.event->published().value_or(event::Timestamp{});
    match.title = hit.title;
    match.dedupKey = hit.dedup;
    match.context = hit.context;
    match.firedBy = event.seq;
    match.verdict = Verdict{levelOf(hit.severity), hit.description, hit.reference, hit.runbook, {}};
    if (hit.unique) {
        match.verdict->unique = hit.unique->toStdString();
    }
    return match;
}

Match PantherDetector::trouble(
    const EventRef &event, const QString &ruleId, const QString &title, const QString &text) const
{
    Match match;
    match.rule = m_trouble;
    match.source = event.source;
    match.members = {{event.seq, std::string(event.event->uuid())}};
    match.first = match.last = event.event->published().value_or(event::now());
    match.title = title;
    match.dedupKey = ruleId + u'\n' + title;
    match.firedBy = event.seq;
    match.verdict = Verdict{m_trouble->level, text, {}, {}, {}};
    return match;
}

void PantherDetector::tellFaults(
    const std::vector<Fault> &faults, const EventRef &event, std::vector<Match> &matches) const
{
    for (const Fault &fault : faults) {
        const QString title = fault.disabled ? QObject::tr("The rule %1 was disabled").arg(fault.ruleId)
                                             : QObject::tr("The rule %1 failed").arg(fault.ruleId);
        matches.push_back(trouble(event, fault.ruleId, title,
            QStringLiteral("%1: %2\n\n%3").arg(fault.function, fault.sentence, fault.traceback).trimmed()));
    }
}

std::map<std::string, std::string> PantherDetector::takeChangedState()
{
    return std::exchange(m_changes, {});
}

void PantherDetector::restore(const std::map<std::string, std::string> &state)
{
    for (auto entry = state.lower_bound(m_prefix); entry != state.end() && entry->first.starts_with(m_prefix);
         ++entry) {
        m_state[entry->first.substr(m_prefix.size())] = entry->second;
    }
}

} // namespace octotrail::detect::panther
