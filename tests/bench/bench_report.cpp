// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measure.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <cstdio>
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

/// Both axes logarithmic, so that a power is a slope: the dashed line is linear.
QString plot(const std::vector<Run> &runs)
{
    constexpr int width = 560;
    constexpr int height = 520;
    constexpr int margin = 60;
    double least = 1e9;
    double most = 1e-9;
    const QStringList rows = growingRows(runs);
    for (const Run &run : runs) {
        for (const QString &row : rows) {
            if (const double value = run.cells[row].value(QLatin1StringView(ours), 0); value > 0) {
                least = std::min(least, value);
                most = std::max(most, value);
            }
        }
    }
    const auto part = [](double value, double from, double to) {
        return to > from ? std::log(value / from) / std::log(to / from) : 0.0;
    };
    const auto x = [&](double events) {
        return margin
            + part(events, static_cast<double>(runs.front().events), static_cast<double>(runs.back().events)) * width;
    };
    const auto y = [&](double value) { return margin + (1 - part(value, least, most)) * height; };
    QString svg
        = u"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"%1\" font-family=\"sans-serif\" "
          "font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
          "<text x=\"%2\" y=\"30\" font-size=\"15\">Costs by number of events (both axes logarithmic)</text>\n"_s
              .arg(std::max<int>(height + 2 * margin, 15 * static_cast<int>(rows.size()) + 2 * margin))
              .arg(margin);
    const auto line = [&](double x1, double y1, double x2, double y2, const QString &style) {
        svg += u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" %5/>\n"_s.arg(x1).arg(y1).arg(x2).arg(y2).arg(style);
    };
    const auto text = [&](double left, double base, const QString &what, const QString &style) {
        svg += u"<text x=\"%1\" y=\"%2\" %3>%4</text>\n"_s.arg(left).arg(base).arg(style, what.toHtmlEscaped());
    };
    for (const Run &run : runs) {
        const double at = x(static_cast<double>(run.events));
        line(at, margin, at, margin + height, u"stroke=\"#ccc\""_s);
        text(at - 20, margin + height + 18, QString::number(run.events), {});
    }
    for (double value = std::pow(10, std::ceil(std::log10(least))); value <= most; value *= 10) {
        line(margin, y(value), margin + width, y(value), u"stroke=\"#ccc\""_s);
        text(10, y(value) + 4, figure(value), {});
    }
    const double times = static_cast<double>(runs.back().events) / static_cast<double>(runs.front().events);
    line(margin, y(most / times), margin + width, y(most), u"stroke=\"black\" stroke-dasharray=\"6 4\""_s);
    int number = 0;
    for (const QString &row : rows) {
        const QString colour = u"hsl(%1, 70%, 40%)"_s.arg(number * 137 % 360);
        QStringList points;
        for (const Run &run : runs) {
            if (const double value = run.cells[row].value(QLatin1StringView(ours), 0); value > 0) {
                points << u"%1,%2"_s.arg(x(static_cast<double>(run.events))).arg(y(value));
            }
        }
        svg += u"<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"%1\" points=\"%2\"/>\n"_s.arg(
            colour, points.join(u' '));
        text(margin + width + 20, margin + 15 * number,
            u"%1 (power %2)"_s.arg(row).arg(growth(runs.front(), runs.back(), row), 0, 'f', 2),
            u"fill=\"%1\""_s.arg(colour));
        ++number;
    }
    return svg + u"</svg>\n"_s;
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
        for (const char *part : {"store", "commands"}) {
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
