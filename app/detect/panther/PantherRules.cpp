// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherRules.h"

#include "event/Json.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QLocale>
#include <QObject>
#include <algorithm>

namespace octotrail::detect::panther {

using event::ErrorKind;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray packed(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray eventsRequest(const std::vector<PantherRules::Event> &events)
{
    QByteArray request = R"({"op":"events","events":[)";
    for (std::size_t i = 0; i < events.size(); ++i) {
        request += i == 0 ? "{\"source\":" : ",{\"source\":";
        request += event::quoteJson(events[i].source);
        request += ",\"source_id\":" + event::quoteJson(events[i].sourceId);
        request += ",\"row\":" + QByteArray::number(qint64{events[i].row}) + ",\"event\":";
        // As a text: what is no JSON must not spoil the request.
        request += event::quoteJson(events[i].bytes);
        request += '}';
    }
    return request + "]}";
}

/// Two letters by the English name of each country.
QJsonObject countries()
{
    QJsonObject codes;
    for (int i = QLocale::AnyTerritory + 1; i <= QLocale::LastTerritory; ++i) {
        const auto territory = static_cast<QLocale::Territory>(i);
        const QString code = QLocale::territoryToCode(territory);
        if (code.size() == 2) {
            codes.insert(QLocale::territoryToString(territory), code);
        }
    }
    return codes;
}

} // namespace

PantherRules::PantherRules(
    Folder folder, const QStringList &ids, std::map<std::string, std::string> state, PythonHost::Options options)
    : m_folder(std::move(folder))
    , m_state(std::move(state))
    , m_options(std::move(options))
{
    for (const Rule &rule : m_folder.rules) {
        if (ids.contains(rule.id)) {
            m_rules.append(rule);
        }
    }
    m_strikes.resize(static_cast<std::size_t>(m_rules.size()));
    m_disabled.resize(static_cast<std::size_t>(m_rules.size()));
    const auto allow = [this](const QString &script) {
        const QString folderOf = QFileInfo(script).absolutePath();
        if (!script.isEmpty() && !m_options.readable.contains(folderOf)) {
            m_options.readable.append(folderOf);
        }
    };
    for (const Rule &rule : m_rules) {
        allow(rule.script);
    }
    for (const Helper &helper : m_folder.helpers) {
        allow(helper.script);
    }
    for (const Model &model : m_folder.models) {
        allow(model.script);
    }
}

event::Result<std::vector<Fault>> PantherRules::start()
{
    std::vector<Fault> faults;
    // Each round that fails disables a rule, or is the last.
    for (;;) {
        auto loaded = load();
        if (loaded) {
            faults.insert(faults.end(), loaded->begin(), loaded->end());
            return faults;
        }
        const auto fault = blame(loaded.error());
        if (!fault) {
            return tl::unexpected(loaded.error());
        }
        faults.push_back(*fault);
    }
}

event::Result<std::vector<Fault>> PantherRules::load()
{
    m_host.reset();
    auto host = PythonHost::start(m_options);
    if (!host) {
        return tl::unexpected(host.error());
    }
    m_host = std::move(*host);
    QJsonArray helpers;
    for (const Helper &helper : m_folder.helpers) {
        helpers.append(QJsonObject{{u"id"_s, helper.id}, {u"path"_s, helper.script}});
    }
    QJsonArray models;
    for (const Model &model : m_folder.models) {
        models.append(QJsonObject{{u"id"_s, model.id}, {u"path"_s, model.script},
            {u"log_types"_s, QJsonArray::fromStringList(model.logTypes)}, {u"mappings"_s, model.mappings}});
    }
    QJsonArray rules;
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        const Rule &rule = m_rules[i];
        rules.append(m_disabled[static_cast<std::size_t>(i)]
                ? QJsonValue::Null
                : QJsonValue(QJsonObject{{u"id"_s, rule.id}, {u"path"_s, rule.script}, {u"meta"_s, rule.meta}}));
    }
    QJsonObject state;
    for (const auto &[key, text] : m_state) {
        state.insert(QString::fromStdString(key), QString::fromStdString(text));
    }
    const auto answer = m_host->ask(packed({{u"op"_s, u"load"_s}, {u"globals"_s, helpers}, {u"models"_s, models},
        {u"rules"_s, rules}, {u"state"_s, state}, {u"countries"_s, countries()}}));
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    std::vector<Fault> faults;
    const auto collect = [&](const QJsonValue &problems, auto idOf) {
        const QJsonArray array = problems.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (array[i].isObject()) {
                faults.push_back(faultOf(idOf(i), array[i].toObject()));
                faults.back().disabled = true;
            }
        }
    };
    collect((*answer)["models"_L1], [this](qsizetype i) { return m_folder.models.value(i).id; });
    // Models of other logs are there for tests alone.
    std::erase_if(faults, [this](const Fault &fault) {
        return std::ranges::any_of(m_folder.models, [&](const Model &model) {
            return model.id == fault.ruleId && !model.logTypes.contains(QLatin1String(logType));
        });
    });
    collect((*answer)["rules"_L1], [this](qsizetype i) { return m_rules.value(i).id; });
    return faults;
}

/// Holds the end of the process against the rule that was at work; nothing if it was none.
std::optional<Fault> PantherRules::blame(const event::Error &error)
{
    const int rule = m_host ? m_host->place().rule : -1;
    if (rule < 0 || rule >= m_rules.size()) {
        return std::nullopt;
    }
    const auto index = static_cast<std::size_t>(rule);
    Fault fault;
    fault.ruleId = m_rules[rule].id;
    fault.function = u"rule"_s;
    fault.disabled = m_disabled[index] = ++m_strikes[index] >= mostStrikes;
    fault.sentence = error.kind == ErrorKind::Timeout
        ? QObject::tr("The rule neither ended nor could be interrupted, so its process was killed.")
        : QObject::tr("The rule ended the process that it runs in.");
    if (fault.disabled) {
        fault.sentence += u' ' + QObject::tr("It did so %1 times and is disabled.").arg(mostStrikes);
    }
    fault.traceback = m_host->output();
    return fault;
}

/// Whoever spoils an answer may be done by the time it is read: gives the request to each rule alone.
std::optional<Fault> PantherRules::findCulprit(const QByteArray &request)
{
    const std::vector<bool> disabled = m_disabled;
    for (std::size_t i = 0; i < disabled.size(); ++i) {
        if (disabled[i]) {
            continue;
        }
        m_disabled.assign(disabled.size(), true);
        m_disabled[i] = false;
        if (load() && m_host->ask(request)) {
            continue;
        }
        Fault fault{m_rules[static_cast<qsizetype>(i)].id, u"rule"_s,
            QObject::tr("The rule disturbs the process that it runs in, and is disabled."),
            m_host ? m_host->output() : QString(), true};
        m_disabled = disabled;
        m_disabled[i] = true;
        return fault;
    }
    m_disabled = disabled;
    return std::nullopt;
}

/// Asks, and if a rule ends the process, starts another one and asks again, until that rule is disabled.
event::Result<QJsonObject> PantherRules::ask(const QByteArray &request, std::vector<Fault> &faults)
{
    for (;;) {
        if (!m_host) {
            return event::failure(ErrorKind::Unavailable, QObject::tr("The Python rules are not running."));
        }
        auto answer = m_host->ask(request);
        if (answer) {
            return answer;
        }
        auto fault = blame(answer.error());
        if (!fault) {
            fault = findCulprit(request);
        }
        if (!fault) {
            m_host.reset();
            return answer;
        }
        faults.push_back(*fault);
        auto restarted = start();
        if (!restarted) {
            return tl::unexpected(restarted.error());
        }
    }
}

event::Result<PantherRules::Outcome> PantherRules::run(const std::vector<Event> &events)
{
    Outcome outcome;
    const auto answer = ask(eventsRequest(events), outcome.faults);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    QStringList ids;
    for (const Rule &rule : m_rules) {
        ids.append(rule.id);
    }
    Answer read = readAnswer(*answer, ids, events.size());
    outcome.hits = std::move(read.hits);
    outcome.faults.insert(outcome.faults.end(), read.faults.begin(), read.faults.end());
    for (const std::size_t rule : read.givenUp) {
        m_disabled[rule] = true;
    }
    for (const auto &[key, text] : read.state) {
        if (text) {
            m_state[key] = *text;
        } else {
            m_state.erase(key);
        }
    }
    outcome.state = std::move(read.state);
    return outcome;
}

std::vector<TestOutcome> PantherRules::test(int rule)
{
    const QJsonArray tests = m_rules[rule].tests();
    std::vector<TestOutcome> outcomes;
    std::vector<Fault> faults;
    const auto answer = ask(packed({{u"op"_s, u"test"_s}, {u"rule"_s, rule}, {u"tests"_s, tests}}), faults);
    const QJsonArray results = answer ? (*answer)["outcomes"_L1].toArray() : QJsonArray();
    for (qsizetype i = 0; i < tests.size(); ++i) {
        TestOutcome outcome;
        outcome.name = tests[i].toObject()["Name"_L1].toString();
        if (i >= results.size()) {
            outcome.sentence = !faults.empty() ? faults.back().sentence
                : answer                       ? QObject::tr("The rule could not be loaded.")
                                               : answer.error().sentence;
        } else if (const QJsonObject result = results[i].toObject(); result["passed"_L1].toBool()) {
            outcome.passed = true;
        } else if (const QJsonArray problems = result["problems"_L1].toArray(); !problems.isEmpty()) {
            const Fault fault = faultOf(m_rules[rule].id, problems.first().toObject());
            outcome.sentence = fault.function + u": "_s + fault.sentence;
        } else {
            outcome.sentence = result["expected"_L1].toBool() ? QObject::tr("The rule should fire, and does not.")
                                                              : QObject::tr("The rule fires, and should not.");
        }
        outcomes.push_back(outcome);
    }
    return outcomes;
}

} // namespace octotrail::detect::panther
