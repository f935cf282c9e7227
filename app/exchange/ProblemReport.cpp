// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ProblemReport.h"

#include "event/PrivateFile.h"
#include "exchange/CsvText.h"

#include <QObject>
#include <QSaveFile>

namespace octotrail::exchange {

namespace {

void appendRow(std::string &csv, const QString &file, qint64 line, const QString &sentence)
{
    appendCsvCell(csv, file.toStdString(), false);
    csv += ',';
    csv += line > 0 ? std::to_string(line) : std::string();
    csv += ',';
    appendCsvCell(csv, sentence.toStdString(), false);
    csv += "\r\n";
}

} // namespace

event::Status writeProblemReport(const QList<ImportProblem> &problems, qint64 total, const QString &fileName)
{
    QSaveFile out(fileName);
    bool good = event::openPrivately(out);
    constexpr std::size_t enough = std::size_t{64} << 10;
    std::string csv = "file,line,problem\r\n";
    const auto flush = [&] {
        const auto size = static_cast<qint64>(csv.size());
        good = good && out.write(csv.data(), size) == size;
        csv.clear();
    };
    for (const ImportProblem &problem : problems) {
        appendRow(csv, problem.file, problem.line, problem.sentence);
        if (csv.size() > enough) {
            flush();
        }
    }
    if (total > problems.size()) {
        appendRow(csv, {}, 0, QObject::tr("... and %1 more, which are not listed.").arg(total - problems.size()));
    }
    flush();
    if (!good || !out.commit()) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("The report could not be written to %1: %2.").arg(fileName, out.errorString()));
    }
    return {};
}

} // namespace octotrail::exchange
