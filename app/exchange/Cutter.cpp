// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Cutter.h"

#include "exchange/CsvScanner.h"
#include "exchange/Envelope.h"
#include "exchange/OktaCsv.h"
#include "exchange/RecordScanner.h"

#include <QObject>
#include <algorithm>
#include <optional>

namespace octotrail::exchange {

namespace {

constexpr std::string_view leading = "\xef\xbb\xbf \t\r\n";

void tellTooLong(const Cutter::Sink &sink, qint64 line)
{
    sink.problem(line, QObject::tr("This is longer than 16 MB, which no event is. It was skipped."));
}

void tellCutOff(const Cutter::Sink &sink, qint64 line)
{
    sink.cutOff();
    sink.problem(line, QObject::tr("The file ends too early: it was cut off. Get the whole file and import it again."));
}

class JsonCutter : public Cutter
{
public:
    JsonCutter(std::string_view head, Sink sink)
        : m_sink(std::move(sink))
        , m_scanner([this](const RecordScanner::Record &record) { take(record); })
    {
        const auto first = head.find_first_not_of(leading);
        m_isArray = first != std::string_view::npos && head[first] == '[';
        if (head.size() >= headSize && first != std::string_view::npos && head[first] == '{') {
            m_envelope = envelopeArray(head).value_or(0);
        }
        m_isEnvelope = m_envelope > 0;
    }

    QString format() const override
    {
        return m_isArray ? QObject::tr("JSON array") : (m_isEnvelope ? QObject::tr("JSON") : QObject::tr("NDJSON"));
    }

    void feed(std::string_view text) override
    {
        if (m_envelope > 0) {
            // What stands before the array counts for its lines only.
            const auto before = text.substr(0, m_envelope);
            m_scanner.feed(std::string(static_cast<std::size_t>(std::ranges::count(before, '\n')), '\n'));
            text.remove_prefix(before.size());
            m_envelope = 0;
        }
        m_scanner.feed(text);
    }

    void finish() override { m_scanner.finish(); }

private:
    void take(const RecordScanner::Record &record)
    {
        switch (record.flaw) {
        case RecordScanner::Flaw::TooLong:
            tellTooLong(m_sink, record.line);
            break;
        case RecordScanner::Flaw::NotAnObject:
            // Behind an envelope's array come its closing brackets.
            if (!m_isEnvelope || record.bytes.find_first_not_of("}], \t\r\n") != std::string_view::npos) {
                m_sink.problem(record.line, QObject::tr("This is no JSON object. It was skipped."));
            }
            break;
        case RecordScanner::Flaw::CutOff:
            tellCutOff(m_sink, record.line);
            break;
        case RecordScanner::Flaw::None:
            m_sink.record(record.bytes, record.line);
            break;
        }
    }

    Sink m_sink;
    RecordScanner m_scanner;
    std::size_t m_envelope = 0; ///< where its array begins in what is fed first
    bool m_isEnvelope = false;
    bool m_isArray = false;
};

class CsvCutter : public Cutter
{
public:
    explicit CsvCutter(Sink sink)
        : m_sink(std::move(sink))
        , m_scanner([this](const CsvScanner::Row &row) { take(row); }, RecordScanner::defaultBound)
    { }

    QString format() const override { return QObject::tr("CSV of the Admin Console"); }
    bool isRebuilding() const override { return true; }
    void feed(std::string_view text) override { m_scanner.feed(text); }
    void finish() override { m_scanner.finish(); }

private:
    void take(const CsvScanner::Row &row)
    {
        if (!m_csv) {
            m_csv = OktaCsv::create(row.cells);
        } else if (row.flaw == CsvScanner::Flaw::TooLong) {
            tellTooLong(m_sink, row.line);
        } else if (row.flaw == CsvScanner::Flaw::CutOff) {
            tellCutOff(m_sink, row.line);
        } else if (const auto event = m_csv->event(row.cells)) {
            m_sink.record(*event, row.line);
        } else {
            m_sink.problem(row.line, event.error().sentence);
        }
    }

    Sink m_sink;
    std::optional<OktaCsv> m_csv;
    CsvScanner m_scanner;
};

} // namespace

Cutter::~Cutter() = default;

bool Cutter::isEnough(std::string_view head)
{
    const auto first = head.find_first_not_of(leading);
    return head.size() >= headSize
        || (first != std::string_view::npos && head.find('\n', first) != std::string_view::npos && head[first] != '{');
}

std::unique_ptr<Cutter> Cutter::create(std::string_view head, Sink sink)
{
    if (OktaCsv::isHeader(head)) {
        return std::make_unique<CsvCutter>(std::move(sink));
    }
    return std::make_unique<JsonCutter>(head, std::move(sink));
}

} // namespace octotrail::exchange
