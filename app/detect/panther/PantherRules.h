// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/panther/PantherAnswer.h"
#include "detect/panther/PantherFolder.h"
#include "detect/panther/PythonHost.h"
#include "event/Result.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::detect::panther {

struct TestOutcome
{
    QString name;
    bool passed = false;
    QString sentence; ///< why not
};

/// The rules of a folder, at work in a Python process. A rule that ends the process, stops it, or fails again and again
/// is disabled and told of; the others go on.
///
/// Waits for the process: for one thread that is not the GUI's.
class PantherRules
{
public:
    struct Event
    {
        std::string_view bytes; ///< JSON
        std::string_view source; ///< its source's name
        std::string_view sourceId; ///< and what names it for machines
        std::int64_t row = 0;
    };
    struct Outcome
    {
        std::vector<Hit> hits;
        std::vector<Fault> faults;
        StateChanges state; ///< to be kept with the hits, for state
    };

    /// Which of the folder's rules are to run; state is what was kept of Outcome::state.
    PantherRules(Folder folder, const QStringList &ids, std::map<std::string, std::string> state,
        PythonHost::Options options = {});

    const QList<Rule> &rules() const { return m_rules; }
    /// Starts the process and loads the rules. The faults are those of rules that cannot be loaded.
    event::Result<std::vector<Fault>> start();
    /// Asks every rule about every event, in order.
    event::Result<Outcome> run(const std::vector<Event> &events);
    /// Runs the tests that a rule carries.
    std::vector<TestOutcome> test(int rule);

    PythonHost::Confined confined() const { return m_host ? m_host->confined() : PythonHost::Confined{}; }

private:
    event::Result<std::vector<Fault>> load();
    event::Result<QJsonObject> ask(const QByteArray &request, std::vector<Fault> &faults);
    std::optional<Fault> blame(const event::Error &error);
    std::optional<Fault> findCulprit(const QByteArray &request);

    static constexpr int mostStrikes = 3;

    Folder m_folder;
    QList<Rule> m_rules;
    std::map<std::string, std::string> m_state;
    PythonHost::Options m_options;
    std::unique_ptr<PythonHost> m_host;
    std::vector<int> m_strikes; ///< how often each rule ended the process
    std::vector<bool> m_disabled;
};

} // namespace octotrail::detect::panther
