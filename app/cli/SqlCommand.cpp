// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/SqlCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "cli/TextTable.h"
#include "exchange/SqlExport.h"

#include <QFile>
#include <QObject>

namespace octotrail::cli {

namespace {

/// A table is for eyes: its columns can be as wide as their cells only once all are known.
constexpr std::int64_t tableRows = 10'000;
constexpr int widestColumn = 60;

/// Line and column of an error, where it has one.
QString sqlErrorText(const event::Error &error, const QString &sql)
{
    if (error.column <= 0) {
        return error.sentence;
    }
    const QString before = sql.left(error.column - 1);
    const auto line = before.count(u'\n') + 1;
    const auto column = before.size() - (before.lastIndexOf(u'\n') + 1) + 1;
    return line == 1 ? QObject::tr("Column %1: %2").arg(column).arg(error.sentence)
                     : QObject::tr("Line %1, column %2: %3").arg(line).arg(column).arg(error.sentence);
}

QString tableText(const store::SqlTable &table)
{
    QList<TextTable::Column> columns;
    for (const store::SqlColumn &column : table.columns) {
        columns.append({column.name, widestColumn, column.kind == store::SqlColumn::Kind::Number});
    }
    TextTable text(columns);
    for (std::size_t row = 0; row < static_cast<std::size_t>(table.rowCount()); ++row) {
        QStringList cells;
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            cells.append(table.cell(row, column));
        }
        text.addRow(cells);
    }
    return text.toString();
}

} // namespace

void SqlCommand::declare(CLI::App &options)
{
    options.add_option("QUERY", m_query, "One SELECT or WITH statement; - reads it from standard input")
        ->required()
        ->type_name("");
    options.add_option("--format", m_format, "csv, json or table")
        ->check(CLI::IsMember({"csv", "json", "table"}))
        ->type_name("FORMAT")
        ->capture_default_str();
}

ExitCode SqlCommand::run(const CommonOptions &common)
{
    QString sql = QString::fromStdString(m_query);
    if (sql == QLatin1String("-")) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly)) {
            tell(QObject::tr("Standard input cannot be read."));
            return ExitCode::Failure;
        }
        sql = QString::fromUtf8(input.readAll());
    }
    const auto store = openStore(common, false);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    store::SqlConsole console(*store);
    const Interruption interruption;
    StandardOutput output;
    const auto fail = [&](const event::Error &error) {
        tell(sqlErrorText(error, sql));
        return exitCodeFor(error);
    };
    if (m_format != "table") {
        const auto format = m_format == "csv" ? exchange::TableFormat::Csv : exchange::TableFormat::Json;
        const auto rows
            = [&](const auto &begin, const auto &row) { return console.stream(sql, begin, row, interruption.token()); };
        const auto done = exchange::exportRows(rows, format, output, {});
        return done || output.isAbandoned() ? ExitCode::Success : fail(done.error());
    }
    std::stop_source stop;
    const std::stop_callback interrupted(interruption.token(), [&stop] { stop.request_stop(); });
    const auto table = console.run(sql, {tableRows}, stop).result();
    if (!table) {
        return fail(table.error());
    }
    if (!output.print(tableText(*table).toStdString()) && !output.isAbandoned()) {
        tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    if (table->isCut) {
        tell(
            QObject::tr("These are the first %1 rows. --format csv or json gives all of them.").arg(table->rowCount()));
    }
    return ExitCode::Success;
}

} // namespace octotrail::cli
