// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/RowClipboard.h"

#include "exchange/CsvText.h"
#include "store/EventLookup.h"
#include "ui/widgets/PlainText.h"

#include <QFuture>
#include <span>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t atOnce = 2000; ///< events that are read

/// What a cell holds must not end it, nor become markup of its own.
QString markdownCell(const QString &text)
{
    QString result;
    for (const QChar c : singleLine(text, 1000)) {
        if (u"\\|`*_<>[]#~&"_s.contains(c)) {
            result += u'\\';
        }
        result += c;
    }
    return result;
}

QString lineOf(RowCopy::Form form, QStringList cells)
{
    switch (form) {
    case RowCopy::Form::Csv:
        return exchange::csvLine(cells);
    case RowCopy::Form::Markdown:
        for (QString &cell : cells) {
            cell = markdownCell(cell);
        }
        return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
    default:
        return cells.join(u'\t') + u'\n';
    }
}

QString headOf(const RowCopy &copy)
{
    switch (copy.form) {
    case RowCopy::Form::Csv:
        return lineOf(copy.form, copy.heads);
    case RowCopy::Form::Markdown:
        return lineOf(copy.form, copy.heads) + u"| "_s + QStringList(copy.heads.size(), u"---"_s).join(u" | "_s)
            + u" |\n"_s;
    default:
        return {};
    }
}

event::Status addRows(store::Store &store, const RowCopy &copy, std::vector<store::Seq> seqs, QString &text)
{
    auto reading = store.rows(std::move(seqs), copy.paths);
    reading.waitForFinished();
    const auto rows = reading.result();
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    for (const store::EventRow &row : *rows) {
        const auto noted = copy.annotations.find(row.seq);
        QStringList cells;
        for (const int column : copy.columns) {
            cells << copy.text.copied(row, column, noted == copy.annotations.end() ? nullptr : &noted->second);
        }
        text += lineOf(copy.form, cells);
    }
    return {};
}

event::Status addEvents(store::Store &store, std::vector<store::Seq> seqs, QString &text)
{
    auto reading = store::EventLookup(store).events(std::move(seqs));
    reading.waitForFinished();
    const auto events = reading.result();
    if (!events) {
        return tl::unexpected(events.error());
    }
    for (const store::StoredEvent &stored : *events) {
        text += QString::fromStdString(stored.event.bytes()) + u'\n';
    }
    return {};
}

} // namespace

event::Result<QString> copiedText(store::Store &store, const RowCopy &copy,
    const std::function<void(std::size_t)> &progress, const std::stop_token &stop)
{
    QString text = headOf(copy);
    const std::span<const store::Seq> all(copy.seqs);
    for (std::size_t done = 0; done < all.size(); done += atOnce) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("Copying was cancelled."));
        }
        const auto part = all.subspan(done, std::min(atOnce, all.size() - done));
        std::vector<store::Seq> seqs(part.begin(), part.end());
        if (event::Status added = copy.form == RowCopy::Form::Json ? addEvents(store, std::move(seqs), text)
                                                                   : addRows(store, copy, std::move(seqs), text);
            !added) {
            return tl::unexpected(added.error());
        }
        if (text.size() > mostCopied) {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr("That is more than %1 MB of text, too much for the clipboard. Nothing was copied; an "
                            "export takes any number of events.")
                    .arg(mostCopied / (1024 * 1024)));
        }
        progress(done + part.size());
    }
    return text;
}

} // namespace octotrail::ui
