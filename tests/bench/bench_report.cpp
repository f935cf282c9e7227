// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measure.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

using namespace Qt::StringLiterals;
using octotrail::bench::ours;

namespace {

/// What was measured of one number of events: of each row, by who.
struct Run
{
    qint64 events = 0;
    QStringList rows; ///< in the order in which they were measured
    QMap<QString, QMap<QString, double>> cells;
    QString machine;
};

bool read(const QString &file, Run &run)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QJsonObject object = QJsonDocument::fromJson(in.readAll()).object();
    run.machine = object[u"machine"_s].toString(run.machine);
    for (const QJsonValue &value : object[u"cells"_s].toArray()) {
        const QString row = value[u"row"_s].toString();
        if (!run.rows.contains(row)) {
            run.rows << row;
        }
        run.cells[row][value[u"who"_s].toString()] = value[u"value"_s].toDouble();
    }
    return !object.isEmpty();
}

bool isLimit(const QString &who)
{
    return who.startsWith("limit"_L1);
}

QString figure(double value)
{
    return QString::number(value, 'g', 3);
}

/// The least of the peers, or of the limits.
std::pair<QString, double> best(const QMap<QString, double> &cells, bool ofLimits)
{
    std::pair<QString, double> found{{}, 0};
    for (auto it = cells.begin(); it != cells.end(); ++it) {
        if (it.key() != QLatin1StringView(ours) && isLimit(it.key()) == ofLimits
            && (found.first.isEmpty() || it.value() < found.second)) {
            found = {it.key(), it.value()};
        }
    }
    return found;
}

void printTable(const Run &run)
{
    std::printf("\n%lld events; %s; seconds unless the row says otherwise\n", static_cast<long long>(run.events),
        qPrintable(run.machine));
    std::printf("%-46s %10s  %-24s %8s  %-28s %8s\n", "", "octotrail", "best of the peers", "ratio", "limit", "ratio");
    for (const QString &row : run.rows) {
        const auto &cells = run.cells[row];
        const double own = cells.value(QLatin1StringView(ours), 0);
        if (own <= 0) {
            continue;
        }
        const auto tell = [&](const std::pair<QString, double> &other) {
            return other.first.isEmpty() ? QStringList{QString(), QString()}
                                         : QStringList{other.first + u' ' + figure(other.second),
                                             other.second > 0 ? figure(own / other.second) : QString()};
        };
        const QStringList peer = tell(best(cells, false));
        const QStringList limit = tell(best(cells, true));
        std::printf("%-46s %10s  %-24s %8s  %-28s %8s\n", qPrintable(row), qPrintable(figure(own)), qPrintable(peer[0]),
            qPrintable(peer[1]), qPrintable(limit[0]), qPrintable(limit[1]));
    }
}

/// How fast a cost grows: 1 is as fast as the events, 0 not at all.
double growth(const Run &first, const Run &last, const QString &row)
{
    const double from = first.cells[row].value(QLatin1StringView(ours), 0);
    const double to = last.cells[row].value(QLatin1StringView(ours), 0);
    return from > 0 && to > 0
        ? std::log(to / from) / std::log(static_cast<double>(last.events) / static_cast<double>(first.events))
        : std::nan("");
}

QStringList growingRows(const std::vector<Run> &runs)
{
    QStringList rows;
    for (const QString &row : runs.back().rows) {
        if (!std::isnan(growth(runs.front(), runs.back(), row))) {
            rows << row;
        }
    }
    return rows;
}

void printGrowth(const std::vector<Run> &runs)
{
    std::printf("\nGrowth: the power of the number of events that a cost goes with (1: linear)\n%-46s", "");
    for (const Run &run : runs) {
        std::printf(" %12lld", static_cast<long long>(run.events));
    }
    std::printf(" %8s\n", "power");
    for (const QString &row : growingRows(runs)) {
        std::printf("%-46s", qPrintable(row));
        for (const Run &run : runs) {
            std::printf(" %12s", qPrintable(figure(run.cells[row].value(QLatin1StringView(ours), 0))));
        }
        std::printf(" %8.2f\n", growth(runs.front(), runs.back(), row));
    }
}

/// What somebody waits for in front of a table, as opposed to what takes its time.
bool isInteractive(const QString &row)
{
    static const QRegularExpression pattern(
        u"first screen|^200 rows|^505|^one event|^facets|^histogram|^values of|^count of a filter|^page|frame|rows, ms"_s);
    return row.contains(pattern);
}

/// One diagram. Both axes logarithmic, so that a power is a slope: the dashed line is linear. Lines are numbered where
/// they end, as they are beside it, from the top.
class Panel
{
public:
    Panel(const std::vector<Run> &runs, QStringList rows)
        : m_runs(runs)
        , m_rows(std::move(rows))
    {
        std::ranges::sort(m_rows, std::ranges::greater(), [this](const QString &row) { return last(row); });
        for (const Run &run : runs) {
            for (const QString &row : m_rows) {
                if (const double value = valueOf(run, row); value > 0) {
                    m_least = std::min(m_least, value);
                    m_most = std::max(m_most, value);
                }
            }
        }
    }

    static constexpr int width = 1180;
    int height() const { return std::max(diagramHeight, lineHeight * static_cast<int>(m_rows.size())) + 2 * margin; }

    QString svg(const QString &title, int top)
    {
        m_top = top + margin;
        m_svg.clear();
        text(margin, top + 34, title, u"font-size=\"15\""_s);
        drawAxes();
        int number = 0;
        for (const QString &row : std::as_const(m_rows)) {
            draw(row, ++number);
        }
        return m_svg;
    }

private:
    static constexpr int margin = 60;
    static constexpr int diagramWidth = 620;
    static constexpr int diagramHeight = 520;
    static constexpr int lineHeight = 16;

    static double valueOf(const Run &run, const QString &row)
    {
        return run.cells[row].value(QLatin1StringView(ours), 0);
    }
    double last(const QString &row) const { return valueOf(m_runs.back(), row); }

    static double part(double value, double from, double to)
    {
        return to > from ? std::log(value / from) / std::log(to / from) : 0.0;
    }
    double x(const Run &run) const
    {
        return margin
            + part(static_cast<double>(run.events), static_cast<double>(m_runs.front().events),
                  static_cast<double>(m_runs.back().events))
            * diagramWidth;
    }
    double y(double value) const { return m_top + (1 - part(value, m_least, m_most)) * diagramHeight; }

    void line(double x1, double y1, double x2, double y2, const QString &style)
    {
        m_svg += u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" %5/>\n"_s.arg(x1).arg(y1).arg(x2).arg(y2).arg(style);
    }
    void text(double left, double base, const QString &what, const QString &style)
    {
        m_svg += u"<text x=\"%1\" y=\"%2\" %3>%4</text>\n"_s.arg(left).arg(base).arg(style, what.toHtmlEscaped());
    }

    void drawAxes()
    {
        const int bottom = m_top + diagramHeight;
        for (const Run &run : m_runs) {
            line(x(run), m_top, x(run), bottom, u"stroke=\"#ccc\""_s);
            text(x(run), bottom + 18, QString::number(run.events), u"text-anchor=\"middle\""_s);
        }
        const int highest = static_cast<int>(std::floor(std::log10(m_most)));
        for (int power = static_cast<int>(std::ceil(std::log10(m_least))); power <= highest; ++power) {
            const double value = std::pow(10, power);
            line(margin, y(value), margin + diagramWidth, y(value), u"stroke=\"#ccc\""_s);
            text(10, y(value) + 4, figure(value), {});
        }
        const double times = static_cast<double>(m_runs.back().events) / static_cast<double>(m_runs.front().events);
        line(margin, y(std::max(m_least, m_most / times)), margin + diagramWidth, y(m_most),
            u"stroke=\"black\" stroke-dasharray=\"6 4\""_s);
    }

    void draw(const QString &row, int number)
    {
        const QString colour = u"hsl(%1, 70%, 35%)"_s.arg(number * 137 % 360);
        QStringList points;
        for (const Run &run : m_runs) {
            if (const double value = valueOf(run, row); value > 0) {
                points << u"%1,%2"_s.arg(x(run)).arg(y(value));
            }
        }
        m_svg += u"<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"%1\" points=\"%2\"/>\n"_s.arg(
            colour, points.join(u' '));
        const QString fill = u"fill=\"%1\""_s.arg(colour);
        // Neighbours end close to each other: every other number stands further to the right.
        text(margin + diagramWidth + 4 + number % 3 * 16, y(last(row)) + 4, QString::number(number), fill);
        text(margin + diagramWidth + 64, m_top + lineHeight * (number - 1),
            u"%1  %2 (power %3)"_s.arg(number).arg(row).arg(growth(m_runs.front(), m_runs.back(), row), 0, 'f', 2),
            fill);
    }

    const std::vector<Run> &m_runs;
    QStringList m_rows;
    double m_least = 1e9;
    double m_most = 1e-9;
    int m_top = 0;
    QString m_svg;
};

QString plot(const std::vector<Run> &runs)
{
    QStringList interactive;
    QStringList others;
    for (const QString &row : growingRows(runs)) {
        (isInteractive(row) ? interactive : others) << row;
    }
    Panel upper(runs, interactive);
    Panel lower(runs, others);
    return u"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" font-family=\"sans-serif\" "
           "font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"_s.arg(Panel::width)
               .arg(upper.height() + lower.height())
        + upper.svg(u"What somebody waits for, in seconds unless the row says otherwise, by number of events"_s, 0)
        + lower.svg(
            u"What goes through all, in seconds unless the row says otherwise, by number of events"_s, upper.height())
        + u"</svg>\n"_s;
}

bool write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
}

} // namespace

/// bench_report FOLDER EVENTS...: the table and the growth of what packaging/bench measured, from the files that it
/// left in the folder for each of these numbers of events; bench.json and growth.svg beside them.
int main(int argc, char *argv[])
{
    if (argc < 3) {
        std::fputs("usage: bench_report FOLDER EVENTS...\n", stderr);
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    std::vector<Run> runs;
    QJsonArray all;
    for (int i = 2; i < argc; ++i) {
        Run &run = runs.emplace_back();
        run.events = QByteArray(argv[i]).toLongLong();
        for (const char *part : {"import", "store", "commands"}) {
            if (!read(u"%1/%2-%3.json"_s.arg(folder, QLatin1StringView(part)).arg(run.events), run)) {
                std::fprintf(stderr, "bench_report: no figures of %s, %s events\n", part, argv[i]);
                return 1;
            }
        }
        QJsonObject rows;
        for (const QString &row : run.rows) {
            QJsonObject cells;
            for (auto it = run.cells[row].begin(); it != run.cells[row].end(); ++it) {
                cells[it.key()] = it.value();
            }
            rows[row] = cells;
        }
        all.append(QJsonObject{{u"events"_s, run.events}, {u"machine"_s, run.machine}, {u"rows"_s, rows}});
    }
    printTable(runs.back());
    bool isWritten = write(folder + u"/bench.json"_s, QJsonDocument(all).toJson());
    if (runs.size() > 1) {
        printGrowth(runs);
        isWritten = write(folder + u"/growth.svg"_s, plot(runs).toUtf8()) && isWritten;
    }
    if (!isWritten) {
        std::perror(argv[1]);
    }
    return isWritten ? 0 : 1;
}
