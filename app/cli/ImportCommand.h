// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "exchange/Importer.h"

#include <QStringList>
#include <string>
#include <vector>

namespace octotrail::cli {

/// octotrail import: archives into the store.
class ImportCommand : public Command
{
public:
    const char *name() const override { return "import"; }
    const char *summary() const override
    {
        return "Add events from JSON, NDJSON or CSV files, plain, gzip, zstd or zip";
    }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    ExitCode preview() const;
    QStringList files() const;
    bool writeReport(const QList<exchange::ImportProblem> &problems, qint64 total) const;

    std::vector<std::string> m_files;
    std::string m_source = "Import";
    std::string m_report;
    bool m_isPreview = false;
};

} // namespace octotrail::cli
