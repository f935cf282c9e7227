// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ReportWriter.h"

#include "event/Json.h"
#include "event/Text.h"

#include <QDateTime>
#include <QLocale>
#include <QObject>
#include <QStringList>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestValue = 2000;
constexpr qsizetype longestJson = 200'000;
constexpr qsizetype mostTargets = 50;

/// A text that cannot be taken for markup, nor turn the text around it: directions and controls are shown as U+FFFD.
QString escaped(QString text, qsizetype longest, bool keepsLines = false)
{
    if (text.size() > longest) {
        text.truncate(longest);
        if (text.back().isHighSurrogate()) {
            text.chop(1);
        }
        text += QChar(0x2026);
    }
    for (QChar &c : text) {
        const bool isLine = c == u'\n' && keepsLines;
        const bool isTurning = (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069) || c.unicode() == 0x200e || c.unicode() == 0x200f
            || c.unicode() == 0x061c;
        if (c == u'\t') {
            c = u' ';
        } else if (!isLine && (c.category() == QChar::Other_Control || isTurning)) {
            c = QChar::ReplacementCharacter;
        }
    }
    text = text.toHtmlEscaped();
    if (keepsLines) {
        text.replace(u'\n', u"<br>"_s);
    }
    return text;
}

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString valueOf(const event::LogEvent &event, std::string_view path)
{
    const auto id = event::fieldByPath(path);
    const auto text = id ? event.text(*id) : std::nullopt;
    return text ? toText(*text) : QString();
}

QString joined(const QStringList &parts, const QString &between)
{
    QStringList filled = parts;
    filled.removeAll(QString());
    return filled.join(between);
}

/// "Alice (alice@example.com)"
QString named(const QString &name, const QString &login)
{
    if (name.isEmpty() || name == login) {
        return login;
    }
    return login.isEmpty() ? name : u"%1 (%2)"_s.arg(name, login);
}

QString row(const QString &label, const QString &value)
{
    return value.isEmpty()
        ? QString()
        : u"<tr><th align=\"left\" valign=\"top\">%1</th><td>%2</td></tr>\n"_s.arg(label, escaped(value, longestValue));
}

QString screenStyle()
{
    return u":root{color-scheme:light dark}"
           "body{font:14px/1.45 Inter,system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1.5rem;"
           "color:#1c2126;background:#fff}"
           "h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.05rem;margin:0 0 .4rem}"
           "section{border-top:1px solid #d5dade;padding:1rem 0;break-inside:avoid}"
           "table{border-collapse:collapse}th{color:#5b6670;font-weight:400;padding:1px 1.2rem 1px "
           "0;white-space:nowrap}"
           "td{overflow-wrap:anywhere;padding:1px 0}"
           ".note{background:#fff6d6;color:#1c2126;padding:.5rem .75rem;margin:.5rem 0;border-radius:4px}"
           ".tag{display:inline-block;border:1px solid #9aa5ae;border-radius:9px;padding:0 .5rem;margin-right:.3rem}"
           ".muted{color:#5b6670}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;background:#f3f5f7;"
           "color:#1c2126;padding:.75rem;border-radius:4px}summary{cursor:pointer;color:#5b6670}"
           "@media (prefers-color-scheme:dark){body{color:#e4e8eb;background:#16191c}section{border-color:#394149}"
           "th,.muted,summary{color:#9aa5ae}}"
           "@media print{body{max-width:none;margin:0}details{display:none}}"_s;
}

} // namespace

QString ReportWriter::paperStyle()
{
    return u"body{font-family:Inter,\"DejaVu Sans\",sans-serif;font-size:9pt;color:#1c2126}"
           "h1{font-size:17pt;margin-bottom:6px}h2{font-size:11pt;margin-top:4px;margin-bottom:4px}"
           "p{margin-top:2px;margin-bottom:4px}th{color:#5b6670;font-weight:normal;padding-right:12px}"
           ".note{background-color:#fff6d6}.muted{color:#5b6670}"_s;
}

ReportWriter::ReportWriter(Medium medium, ReportHead head)
    : m_medium(medium)
    , m_head(std::move(head))
{ }

QString ReportWriter::time(event::Timestamp time) const
{
    const qint64 milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(milliseconds, m_head.zone);
    const QString zone = m_head.zone == QTimeZone::utc() ? u"UTC"_s : moment.timeZoneAbbreviation();
    return moment.toString(u"yyyy-MM-dd HH:mm:ss.zzz "_s) + zone;
}

std::string ReportWriter::begin(qint64 events) const
{
    QString html
        = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>%1</title><style>%2</style></head><body>\n"
          "<h1>%1</h1>\n"_s.arg(
              escaped(m_head.title, longestValue), m_medium == Medium::Screen ? screenStyle() : QString());
    if (!m_head.remarks.trimmed().isEmpty()) {
        html += u"<p>%1</p>\n"_s.arg(escaped(m_head.remarks.trimmed(), longestJson, true));
    }
    html += u"<table>\n"_s;
    html += row(QObject::tr("Events"), QLocale(QLocale::English).toString(events));
    html += row(QObject::tr("Case"), m_head.caseName);
    html += row(QObject::tr("Filter"), m_head.filter);
    html += row(QObject::tr("Time"), m_head.range);
    html += row(
        QObject::tr("Time zone"), m_head.zone == QTimeZone::utc() ? u"UTC"_s : QString::fromUtf8(m_head.zone.id()));
    html += row(QObject::tr("Pseudonyms"),
        m_head.redacted.isEmpty() ? QString() : QObject::tr("in place of %1").arg(m_head.redacted.join(u", "_s)));
    html += row(QObject::tr("Integrity"), m_head.head);
    html += row(QObject::tr("Made"), time(m_head.created) + u" \u00b7 Octotrail " OCTOTRAIL_VERSION ""_s);
    html += u"</table>\n"_s;
    if (events == 0) {
        html += u"<p class=\"muted\">%1</p>\n"_s.arg(QObject::tr("There is no event in this report."));
    }
    return html.toStdString();
}

std::string ReportWriter::event(
    const event::LogEvent &event, const QString &source, const store::Annotation &annotation)
{
    ++m_number;
    const QString type = valueOf(event, "eventType");
    QString message = valueOf(event, "displayMessage");
    if (message.isEmpty()) {
        message = type.isEmpty() ? QObject::tr("An event that could not be read in full") : type;
    }
    const auto published = event.published();
    QString html = m_medium == Medium::Screen ? u"<section id=\"e%1\">"_s.arg(m_number) : u"<body>"_s;
    html += u"<h2>%1. %2</h2>\n"_s.arg(m_number).arg(escaped(message, longestValue));
    if (annotation.bookmarked || !annotation.tags.isEmpty()) {
        QStringList marks;
        if (annotation.bookmarked) {
            marks << u"<span class=\"tag\">\u2605 %1</span>"_s.arg(QObject::tr("Bookmarked"));
        }
        for (const QString &tag : annotation.tags) {
            marks << u"<span class=\"tag\">%1</span>"_s.arg(escaped(tag, longestValue));
        }
        html += u"<p>%1</p>\n"_s.arg(marks.join(m_medium == Medium::Screen ? u" "_s : u" \u00b7 "_s));
    }
    if (!annotation.note.isEmpty()) {
        const QString note = escaped(annotation.note, longestJson, true);
        html += m_medium == Medium::Screen
            ? u"<div class=\"note\">%1</div>\n"_s.arg(note)
            : u"<table width=\"100%\" cellpadding=\"6\"><tr><td class=\"note\">%1</td></tr></table>\n"_s.arg(note);
    }
    html += u"<table>\n"_s;
    html += row(QObject::tr("Time"), published ? time(*published) : QString());
    html += row(QObject::tr("Event type"), type);
    html += row(
        QObject::tr("Outcome"), joined({valueOf(event, "outcome.result"), valueOf(event, "outcome.reason")}, u": "_s));
    html += row(QObject::tr("Severity"), valueOf(event, "severity"));
    html += row(QObject::tr("Actor"), named(valueOf(event, "actor.displayName"), valueOf(event, "actor.alternateId")));
    html += row(QObject::tr("Client"),
        joined({valueOf(event, "client.ipAddress"),
                   joined({valueOf(event, "client.geographicalContext.city"),
                              valueOf(event, "client.geographicalContext.state"),
                              valueOf(event, "client.geographicalContext.country")},
                       u", "_s)},
            u" \u00b7 "_s));
    html += row(QObject::tr("User agent"), valueOf(event, "client.userAgent.rawUserAgent"));
    QStringList targets;
    for (const auto &target : event.targets()) {
        if (targets.size() == mostTargets) {
            targets << QChar(0x2026);
            break;
        }
        const QString name = named(toText(target.displayName.value_or("")), toText(target.alternateId.value_or("")));
        targets << joined({toText(target.type.value_or("")), name}, u" "_s);
    }
    html += row(QObject::tr("Targets"), targets.join(u"; "_s));
    html += row(QObject::tr("Risk"), valueOf(event, "debugContext.debugData.risk"));
    html += row(QObject::tr("Transaction"), valueOf(event, "transaction.id"));
    html += row(QObject::tr("Session"), valueOf(event, "authenticationContext.externalSessionId"));
    html += row(QObject::tr("Source"), source);
    html += row(u"UUID"_s, toText(event.uuid()));
    html += u"</table>\n"_s;
    if (m_medium == Medium::Screen) {
        html += u"<details><summary>JSON</summary><pre>%1</pre></details></section>\n"_s.arg(
            escaped(toText(event::toValidUtf8(event::prettyPrint(event.bytes()))), longestJson, true)
                .replace(u"<br>"_s, u"\n"_s));
    } else {
        html += u"</body>"_s;
    }
    return html.toStdString();
}

std::string ReportWriter::end() const
{
    return "</body></html>\n";
}

} // namespace octotrail::exchange
