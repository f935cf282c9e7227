// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/ReportModel.h"

#include "ui/alerts/AlertLook.h"
#include "ui/widgets/PlainText.h"

#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

ReportModel::ReportModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void ReportModel::setReport(const detect::AlertReport &report, detect::ReportBy by)
{
    beginResetModel();
    m_report = report;
    m_by = by;
    m_highest = 0;
    for (const detect::AlertSeries &one : m_report.series) {
        m_highest = std::max(m_highest, one.counts.empty() ? 0 : std::ranges::max(one.counts));
    }
    endResetModel();
}

void ReportModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, Last), index(rowCount() - 1, Last));
    }
}

int ReportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_report.series.size());
}

int ReportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReportModel::text(const detect::AlertSeries &one, int column) const
{
    const QLocale locale;
    switch (column) {
    case Name:
        return singleLine(one.name, 200);
    case Alerts:
        return locale.toString(static_cast<qlonglong>(one.total));
    case Recorded:
        return one.recorded == 0 ? QString(u'–') : locale.toString(static_cast<qlonglong>(one.recorded));
    case PerDay: {
        const double perDay = static_cast<double>(one.total) / m_report.days();
        return locale.toString(perDay, 'f', perDay < 0.1 ? 3 : 2);
    }
    case FalsePositives: {
        const auto share = one.falsePositiveShare();
        return share ? tr("%1 % of %2").arg(qRound(*share * 100)).arg(one.judged) : QString(u'–');
    }
    case Last:
        return one.last ? m_time.seconds(*one.last) : QString();
    default:
        return {};
    }
}

QVariant ReportModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const detect::AlertSeries &one = m_report.series[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(one, index.column());
    case Qt::ToolTipRole:
        return index.column() == Name ? QVariant(ui::toolTip(one.name)) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Trend ? tr("%1 in all").arg(alertCount(one.total))
                                       : text(one, index.column()).toString();
    case Qt::TextAlignmentRole:
        return index.column() == Name || index.column() == Last || index.column() == Trend
            ? QVariant(Qt::AlignLeading | Qt::AlignVCenter)
            : QVariant(Qt::AlignTrailing | Qt::AlignVCenter);
    case CountsRole: {
        QVariantList counts;
        for (const std::int64_t count : one.counts) {
            counts << static_cast<qlonglong>(count);
        }
        return counts;
    }
    default:
        return {};
    }
}

QVariant ReportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    switch (section) {
    case Name:
        return m_by == detect::ReportBy::Rule ? tr("Rule")
            : m_by == detect::ReportBy::Actor ? tr("Actor")
                                              : tr("Technique");
    case Trend:
        return tr("Over time");
    case Alerts:
        return tr("Alerts");
    case PerDay:
        return tr("A day");
    case Recorded:
        return role == Qt::ToolTipRole ? tr("What rules found that only record: it calls nobody") : tr("Recorded");
    case FalsePositives:
        return role == Qt::ToolTipRole ? tr("False positives among the alerts that were judged: resolved, or marked as "
                                            "false positives")
                                       : tr("False positives");
    case Last:
        return tr("Last fired");
    default:
        return {};
    }
}

void ReportModel::sort(int column, Qt::SortOrder order)
{
    const auto isLess = [column](const detect::AlertSeries &a, const detect::AlertSeries &b) {
        switch (column) {
        case Name:
            return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
        case Recorded:
            return a.recorded < b.recorded;
        case FalsePositives:
            return a.falsePositiveShare().value_or(-1) < b.falsePositiveShare().value_or(-1);
        case Last:
            return a.last < b.last;
        default:
            return a.total < b.total;
        }
    };
    Q_EMIT layoutAboutToBeChanged();
    std::vector<detect::AlertSeries> before = m_report.series;
    std::ranges::stable_sort(m_report.series, [&](const detect::AlertSeries &a, const detect::AlertSeries &b) {
        return order == Qt::AscendingOrder ? isLess(a, b) : isLess(b, a);
    });
    const QModelIndexList old = persistentIndexList();
    for (const QModelIndex &one : old) {
        const QString &key = before[static_cast<std::size_t>(one.row())].key;
        const auto now = std::ranges::find(m_report.series, key, &detect::AlertSeries::key);
        changePersistentIndex(one, index(static_cast<int>(now - m_report.series.begin()), one.column()));
    }
    Q_EMIT layoutChanged();
}

} // namespace octotrail::ui
