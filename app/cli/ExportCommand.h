// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "cli/QueryOptions.h"
#include "cli/RedactionOptions.h"
#include "exchange/Exporter.h"

#include <vector>

namespace octotrail::cli {

/// octotrail export: events of the store to a file or standard output, newest last.
class ExportCommand : public Command
{
public:
    const char *name() const override { return "export"; }
    const char *summary() const override
    {
        return "Write events as CSV, JSON, NDJSON or Parquet, or as a report, newest last";
    }
    void declare(CLI::App &options) override;
    bool needsFonts() const override;
    ExitCode run(const CommonOptions &common) override;

private:
    event::Result<exchange::ExportOptions> exportOptions(const QString &output) const;

    QueryOptions m_query;
    std::vector<std::string> m_fields;
    std::string m_format;
    std::string m_output;
    RedactionOptions m_redaction;
    bool m_manifest = false;
    bool m_noManifest = false;
    std::string m_title;
    std::string m_zone;
};

} // namespace octotrail::cli
