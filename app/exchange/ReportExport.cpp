// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ReportExport.h"

#include "exchange/PdfPages.h"
#include "exchange/ReportWriter.h"
#include "store/Integrity.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QObject>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

namespace {

QString timeText(event::Timestamp time)
{
    return QString::fromStdString(event::formatTimestamp(time));
}

QString rangeText(const event::TimeRange &range)
{
    if (range.since && range.until) {
        return QObject::tr("from %1 until before %2").arg(timeText(*range.since), timeText(*range.until));
    }
    if (range.since) {
        return QObject::tr("from %1").arg(timeText(*range.since));
    }
    return range.until ? QObject::tr("before %1").arg(timeText(*range.until)) : QString();
}

event::Result<ReportHead> headOf(const EventFlow &flow)
{
    const ReportOptions &options = flow.options().report;
    ReportHead head;
    head.title = options.title.trimmed().isEmpty() ? QObject::tr("Events") : options.title.trimmed();
    head.remarks = options.remarks;
    head.zone = options.zone;
    head.created = event::now();
    auto chain = store::Integrity(borrowed(flow.store())).head();
    chain.waitForFinished();
    if (!chain.result()) {
        return tl::unexpected(chain.result().error());
    }
    head.head = *chain.result();
    if (flow.redactor()) {
        const auto shown = [&flow](const QString &text) {
            return QString::fromStdString(flow.redactor()->redactedText(text.toStdString()));
        };
        head.title = shown(head.title);
        head.remarks = shown(head.remarks);
        for (const std::string &field : flow.options().redaction->fields) {
            head.redacted << QString::fromStdString(field);
        }
        return head;
    }
    const store::EventQuery &query = flow.query();
    head.caseName = QFileInfo(flow.store().file()).fileName();
    if (flow.options().chosen) {
        head.filter = QObject::tr("chosen events");
        return head;
    }
    head.filter = QString::fromStdString(query.expression.toString());
    for (const std::string &word : query.words) {
        head.filter += (head.filter.isEmpty() ? QString() : u" "_s) + u'"' + QString::fromStdString(word) + u'"';
    }
    head.range = rangeText(query.range);
    return head;
}

using Write = std::function<bool(const std::string &html)>;

/// Gives the report to write, piece by piece. The number of events is that of those that matched; what is withheld is
/// told beside it at the end.
event::Status report(EventFlow &flow, ReportWriter::Medium medium, qint64 most, const Write &write)
{
    auto head = headOf(flow);
    const auto sources = flow.sourceNames();
    const auto annotations = flow.annotations();
    if (!head) {
        return tl::unexpected(head.error());
    }
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    if (!annotations) {
        return tl::unexpected(annotations.error());
    }
    const auto count = flow.count();
    if (!count) {
        return tl::unexpected(count.error());
    }
    if (most > 0 && *count > most) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 events are too many for a PDF, which takes %2 at most. Narrow the filter, choose some of "
                        "the events, or make the report as HTML.")
                .arg(QLocale().toString(static_cast<qlonglong>(*count)), QLocale().toString(most)));
    }
    ReportWriter writer(medium, std::move(*head));
    bool isWritten = write(writer.begin(*count));
    auto flowed = flow.run([&](const store::StoredEvent &stored) {
        const std::string_view uuid = stored.event.uuid();
        const auto annotation = annotations->find(QString::fromUtf8(uuid.data(), static_cast<qsizetype>(uuid.size())));
        const auto source = sources->find(stored.source);
        isWritten = isWritten
            && write(writer.event(stored.event,
                source == sources->end() ? QString() : QString::fromStdString(source->second),
                annotation == annotations->end() ? store::Annotation() : annotation->second));
        return isWritten;
    });
    if (!flowed) {
        return flowed;
    }
    (void)(isWritten && medium == ReportWriter::Medium::Screen && write(writer.end()));
    return {};
}

} // namespace

event::Result<ExportProgress> writeHtmlReport(EventFlow &flow, QIODevice &device)
{
    bool isWritten = true;
    const auto status = report(flow, ReportWriter::Medium::Screen, 0, [&](const std::string &html) {
        const auto size = static_cast<qint64>(html.size());
        isWritten = isWritten && device.write(html.data(), size) == size;
        return isWritten;
    });
    if (!isWritten) {
        return failure(
            ErrorKind::Storage, QObject::tr("The export could not be written: %1.").arg(device.errorString()));
    }
    return status.map([&flow] { return flow.done(); });
}

event::Result<ExportProgress> writePdfReport(EventFlow &flow, QIODevice &device)
{
    if (!qobject_cast<QGuiApplication *>(QCoreApplication::instance())) {
        return failure(ErrorKind::Internal, QObject::tr("A PDF cannot be made here."));
    }
    PdfPages pages(device, flow.redactor() ? QString() : flow.options().report.title, ReportWriter::paperStyle());
    return report(flow, ReportWriter::Medium::Paper, mostPdfEvents, [&pages](const std::string &piece) {
        pages.add(QString::fromStdString(piece));
        return true;
    }).map([&flow] { return flow.done(); });
}

} // namespace octotrail::exchange
