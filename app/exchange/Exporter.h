// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "exchange/Redaction.h"
#include "store/Store.h"

#include <QIODevice>
#include <QTimeZone>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::exchange {

enum class Format { Csv, Json, NdJson, Parquet, Html, Pdf };

/// csv, json, ndjson, parquet, html or pdf.
event::Result<Format> formatByName(const QString &name);
/// By a file's ending; nullopt if it tells nothing.
std::optional<Format> formatByFileName(const QString &fileName);

/// The format's name, which is its file ending, too.
QString nameOfFormat(Format format);

/// What a report (HTML, PDF) says beside the events.
struct ReportOptions
{
    QString title;
    QString remarks;
    QTimeZone zone = QTimeZone::utc(); ///< in which times are told
};

struct ExportOptions
{
    Format format = Format::NdJson;
    /// Paths for CSV columns (and for JSON, where they make flat objects). Empty: every field for CSV, the bytes as
    /// received for JSON and NDJSON. source is the name of the event's source, target the names of its targets.
    std::vector<std::string> fields;
    /// Pseudonyms in place of what these fields say, see Redactor. Events are read twice then, bytes are written anew,
    /// an event that is no JSON is withheld, and fields of profiles are InvalidInput.
    std::optional<Redaction> redaction{};
    ReportOptions report{};
    /// These events alone, in this order, whatever the query says; null for all that it finds.
    std::shared_ptr<const std::vector<store::Seq>> chosen{};
    /// Whether exportToFile() writes a manifest beside the file.
    bool manifest = false;
};

struct ExportProgress
{
    qint64 events = 0;
    qint64 total = 0;
    bool isLearning = false; ///< events are read for what is to be redacted; writing begins afterwards
    qint64 withheld = 0;
    QString manifestFile{}; ///< that was written
    QString manifestDigest{}; ///< its SHA-256
};

/// Writes the events of the query, in its order, to the device, which is open for writing.
/// CSV: RFC 4180, UTF-8, a header row of Okta paths; a cell that a spreadsheet would take for a formula (= + - @ tab CR
/// at its start; a number is none) is written with a leading apostrophe; several values are joined by "; ". NDJSON and
/// JSON: bytes as received, but line breaks inside an event are spaces in NDJSON, and an event that is no JSON is a
/// string in a JSON array, which it would break otherwise. HTML and PDF are reports, with what was noted. Waits: call
/// it from a worker thread. progress is told in that thread or another, never twice at a time.
event::Result<ExportProgress> exportEvents(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, QIODevice &device, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop);

/// The same into a file that appears whole or not at all, readable by its owner alone. Parquet and PDF need a file.
event::Result<ExportProgress> exportToFile(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, const QString &fileName, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop);

} // namespace octotrail::exchange
