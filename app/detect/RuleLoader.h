// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Placeholders.h"
#include "detect/Problem.h"
#include "detect/Rule.h"
#include "detect/SigmaReader.h"

#include <map>
#include <vector>

namespace octotrail::detect {

/// Rules that were loaded together, and what could not be.
struct RuleSet
{
    std::vector<RulePtr> rules; ///< what a correlation refers to stands before it
    std::vector<Problem> problems; ///< each with its file, and its line where there is one
    int files = 0; ///< that were read
    int foreign = 0; ///< rules for other products than Okta, which were left out
    std::vector<Problem> leftOut; ///< files whose rules are about Okta, but not to be run here; no fault of theirs

    RulePtr find(const QString &idOrName) const;
};

/// Loads Sigma rules. A file that is wrong is told as a problem and stops nothing else. Add all that belongs together,
/// then link(): correlations may refer to rules of other files, by id or name.
class RuleLoader
{
public:
    enum class LogSource {
        Okta, ///< rules for other products are left out
        Any, ///< the user means these rules: take them all
    };

    explicit RuleLoader(LogSource logSource = LogSource::Okta);

    /// One file, with what placeholders.yml beside it says.
    void addFile(const QString &file);
    /// All *.yml and *.yaml in the folder and below, but pack.yml, hidden folders and rules of other formats.
    /// placeholders.yml of a folder counts for it and what is below.
    void addFolder(const QString &folder);
    void addText(const QString &file, std::string_view text, const Placeholders &placeholders = {});

    RuleSet link();

private:
    struct Entry
    {
        SigmaDocument document;
        QString file;
        bool isUsable = true;
    };

    void fail(const QString &file, Problem problem);
    Placeholders placeholdersOf(const QString &folder, const QString &root);
    void readFile(const QString &file, const Placeholders &placeholders);
    void nameRules(std::size_t first, const QString &file);
    void dropDoubles();
    void narrow();
    Entry *find(const QString &idOrName, const QString &file = {});
    bool resolve(Entry &entry);
    void order(Entry &entry, std::vector<Entry *> &ordered, std::vector<Entry *> &path);

    LogSource m_logSource;
    std::vector<Entry> m_entries;
    std::vector<Problem> m_problems;
    std::map<QString, Placeholders> m_placeholders; ///< by folder
    int m_files = 0;
    int m_foreign = 0;
};

} // namespace octotrail::detect
