// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Peers.h"

#include "Measure.h"
#include "event/FieldCatalogue.h"
#include "store/Schema.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <cstdio>

namespace octotrail::bench {

using store::schema::literal;
using store::schema::quoted;

namespace {

std::string jsonPath(std::string_view path)
{
    std::string result = "$";
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        result += "." + quoted(name);
        path.remove_prefix(std::min(path.size(), name.size() + 1));
    }
    return literal(result);
}

} // namespace

std::optional<Cost> loadWithDuckDb(const QString &input, const QString &file)
{
    std::string columns = "raw VARCHAR USING COMPRESSION zstd";
    std::string paths;
    std::string values;
    int index = 0;
    for (const event::Field &field : event::fields()) {
        columns += ", " + quoted(field.path) + " VARCHAR";
        paths += (index == 0 ? "" : ", ") + jsonPath(field.path);
        values += ", fields[" + std::to_string(++index) + "]";
    }
    const std::string load = "INSERT INTO events SELECT json" + values
        + " FROM (SELECT json, json_extract_string(json, [" + paths + "]) AS fields FROM read_ndjson_objects("
        + literal(input.toStdString()) + ")); CHECKPOINT";
    double processor = 0;
    Cost cost;
    const event::Status done = store::duckdb::Database::open(file.toStdString(),
        {{"storage_compatibility_version", "latest"},
            {"preserve_insertion_order",
                "false"}}).and_then([&](store::duckdb::Database &&database) -> event::Status {
        return database.connect().and_then([&](store::duckdb::Connection &&connection) -> event::Status {
            return connection.run("CREATE TABLE events(" + columns + ")").and_then([&]() -> event::Status {
                const Stopwatch watch;
                processor = processorSeconds();
                event::Status loaded = connection.run(load);
                cost.milliseconds = watch.milliseconds();
                return loaded;
            });
        });
    });
    if (!done) {
        std::fprintf(stderr, "DuckDB alone: %s\n", qPrintable(done.error().sentence));
        return std::nullopt;
    }
    cost.processorSeconds = processorSeconds() - processor;
    cost.bytes = static_cast<double>(QFileInfo(file).size());
    return cost;
}

DuckDbPeer::DuckDbPeer(const QString &file)
{
    auto database = store::duckdb::Database::open(file.toStdString(), {});
    if (!database) {
        std::fprintf(stderr, "DuckDB alone: %s\n", qPrintable(database.error().sentence));
        return;
    }
    m_database.emplace(std::move(*database));
    if (auto connection = m_database->connect()) {
        m_connection.emplace(std::move(*connection));
    }
}

std::optional<double> DuckDbPeer::milliseconds(const std::string &sql)
{
    std::vector<double> times;
    // What takes long varies little.
    for (int i = 0; m_connection && i < 3 && (times.empty() || times.back() < 5000); ++i) {
        const Stopwatch watch;
        if (const auto done = m_connection->query(sql); !done) {
            std::fprintf(stderr, "DuckDB alone: %s\n", qPrintable(done.error().sentence));
            return std::nullopt;
        }
        times.push_back(watch.milliseconds());
    }
    return times.empty() ? std::nullopt : std::optional(percentile(times, 0.5));
}

std::optional<Cost> runProgram(const QString &program, const QStringList &arguments)
{
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty()) {
        std::fprintf(stderr, "%s is not here, and is left out\n", qPrintable(program));
        return std::nullopt;
    }
    QProcess process;
    // Its output is taken: grep stops at the first match when it sees that nobody reads.
    process.setStandardErrorFile(QProcess::nullDevice());
    const double processor = childrensProcessorSeconds();
    const Stopwatch watch;
    process.start(path, arguments);
    // rg and grep end with 1 where they find nothing.
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit || process.exitCode() > 1) {
        std::fprintf(stderr, "%s did not do it, and is left out\n", qPrintable(program));
        return std::nullopt;
    }
    return Cost{watch.milliseconds(), childrensProcessorSeconds() - processor, 0};
}

} // namespace octotrail::bench
