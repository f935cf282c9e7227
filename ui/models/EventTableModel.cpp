// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EventTableModel.h"

#include "store/Entity.h"
#include "ui/annotations/AnnotationModel.h"
#include "ui/models/ResultFinder.h"
#include "ui/models/RowColors.h"
#include "ui/widgets/PlainText.h"

#include <QDateTime>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EventRow;
using store::Seq;

namespace {

constexpr int readAhead = 96; ///< rows before and after those on the screen
constexpr int maxWindow = 1024; ///< rows read at once

} // namespace

EventTableModel::EventTableModel(const std::shared_ptr<store::Store> &store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_loader(store)
    , m_result(store, m_loader)
{
    m_text.furtherCells = m_loader.furtherCells();
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(0);
    connect(&m_readTimer, &QTimer::timeout, this, &EventTableModel::readWindow);
    connect(&m_loader, &RowLoader::failed, this, &EventTableModel::readFailed);
    connect(&m_loader, &RowLoader::loaded, this, [this] {
        if (m_rowCount > 0) {
            const int last = std::min(m_rowCount - 1, m_viewLast + readAhead);
            tellCellsChanged(std::clamp(m_viewFirst - readAhead, 0, last), last);
        }
    });
    m_profilesTimer.setSingleShot(true);
    m_profilesTimer.setInterval(std::chrono::seconds(2)); // a listing changes them page by page
    connect(&m_profilesTimer, &QTimer::timeout, this, &EventTableModel::reloadCells);
    connect(store.get(), &store::Store::profilesChanged, this, [this] {
        if (m_loader.isWithProfiles() && !m_profilesTimer.isActive()) {
            m_profilesTimer.start();
        }
    });
    connect(&m_result, &EventResult::aboutToReset, this, [this] { beginResetModel(); });
    connect(&m_result, &EventResult::wasReset, this, [this] {
        m_rowCount = static_cast<int>(std::min<qint64>(m_result.rows().size(), m_limit));
        m_wantFirst = -1;
        endResetModel();
    });
    connect(&m_result, &EventResult::aboutToInsert, this, &EventTableModel::beginInsert);
    connect(&m_result, &EventResult::inserted, this, &EventTableModel::endInsert);
}

int EventTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rowCount;
}

int EventTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : eventColumnCount + static_cast<int>(m_paths.size());
}

void EventTableModel::setRowLimit(int limit)
{
    if (limit == m_limit) {
        return;
    }
    beginResetModel();
    m_limit = limit;
    m_rowCount = static_cast<int>(std::min<qint64>(m_result.rows().size(), m_limit));
    endResetModel();
}

void EventTableModel::beginInsert(qint64 row, qint64 count)
{
    m_inserting = row < m_limit;
    if (!m_inserting) {
        return;
    }
    const auto shown = static_cast<int>(std::min<qint64>(count, m_limit - row));
    const int excess = m_rowCount + shown - m_limit;
    if (excess > 0) {
        // The last rows make place. They go first, so that the view never has more than it can show.
        beginRemoveRows({}, m_rowCount - excess, m_rowCount - 1);
        m_rowCount -= excess;
        endRemoveRows();
    }
    beginInsertRows({}, static_cast<int>(row), static_cast<int>(row) + shown - 1);
    m_rowCount += shown;
}

void EventTableModel::endInsert()
{
    if (m_inserting) {
        m_inserting = false;
        endInsertRows();
    }
}

QVariant EventTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const int column = index.column();
    const bool isTime = column == static_cast<int>(EventColumn::Time);
    const Seq seq = m_result.rows().at(index.row());
    switch (role) {
    case SeqRole:
        return static_cast<qint64>(seq);
    case MarksRole: {
        const store::Annotation *annotation = noted(seq);
        return annotation ? marksOf(*annotation) : 0;
    }
    case RuleRole:
        return m_beside.colors ? m_beside.colors->ruleOf(seq) : -1;
    case HitRole:
        return hitOf(seq);
    default:
        break;
    }
    const EventRow *row = m_loader.find(seq);
    if (role == IsLoadingRole) {
        return row == nullptr;
    }
    if (!row) {
        wantRow(index.row());
        return role == Qt::AccessibleTextRole ? QVariant(tr("Loading")) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, column);
    case Qt::ToolTipRole: {
        const QString text = tip(*row, column);
        return text.isEmpty() ? QVariant() : QVariant(toolTip(text));
    }
    case RawValueRole:
        return m_text.raw(*row, column);
    case CopyRole:
        return m_text.copied(*row, column, noted(seq));
    case NamesRole:
        return store::entityKindOf(pathOf(column).toStdString()) && !m_text.raw(*row, column).isEmpty();
    case SortRole:
        if (isTime) {
            return row->published ? QVariant(toDateTime(*row->published, QTimeZone::utc())) : QVariant();
        }
        return m_text.raw(*row, column);
    case Qt::AccessibleTextRole:
        // A screen reader on the first column hears the row as a sentence.
        return isTime ? sentence(*row) : display(*row, column);
    default:
        return {};
    }
}

QVariant EventTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole) {
        return {};
    }
    const ColumnInfo info = column(section);
    if (role != Qt::ToolTipRole) {
        return section == static_cast<int>(EventColumn::Time) ? tr("Time (%1)").arg(m_text.time.shortName())
                                                              : singleLine(info.title, 80);
    }
    if (section == static_cast<int>(EventColumn::Marks)) {
        return tr("What is noted of the event: bookmark, tags and note");
    }
    if (info.sortPath.empty()) {
        return toolTip(section < eventColumnCount
                ? tr("%1, as the profile says now. The filter knows it as %2. It cannot be sorted by.")
                      .arg(info.title, info.path)
                : tr("%1: %2. It cannot be sorted by.").arg(info.title, info.path));
    }
    return toolTip(tr("%1: %2. Click to sort.").arg(info.title, QString::fromStdString(info.sortPath)));
}

Qt::ItemFlags EventTableModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

void EventTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount()) {
        return;
    }
    store::EventQuery query = m_result.query();
    const std::string path = this->column(column).sortPath;
    const bool descending = order == Qt::DescendingOrder;
    if (path.empty()) {
        return;
    }
    if (query.sortPath == path && query.descending == descending) {
        return;
    }
    query.sortPath = path;
    query.descending = descending;
    m_result.run(query);
}

void EventTableModel::setViewport(int first, int last)
{
    m_viewFirst = std::max(0, first);
    m_viewLast = std::max(m_viewFirst, last);
    // Read ahead when the edge of what is here comes near.
    for (const int row : {m_viewFirst - readAhead / 2, m_viewLast + readAhead / 2}) {
        if (row >= 0 && row < m_rowCount && !m_loader.find(m_result.rows().at(row))) {
            wantRow(row);
        }
    }
}

void EventTableModel::wantRow(int row) const
{
    if (m_wantFirst < 0 || row < m_wantFirst - maxWindow || row > m_wantLast + maxWindow) {
        m_wantFirst = m_wantLast = row; // the view has jumped
    }
    m_wantFirst = std::max(std::min(m_wantFirst, row), row - maxWindow);
    m_wantLast = std::min(std::max(m_wantLast, row), row + maxWindow);
    if (!m_readTimer.isActive()) {
        m_readTimer.start();
    }
}

void EventTableModel::readWindow()
{
    if (m_wantFirst < 0 || m_rowCount == 0) {
        return;
    }
    const int first = std::max(0, m_wantFirst - readAhead);
    const int last = std::min(m_rowCount - 1, m_wantLast + readAhead);
    m_viewFirst = std::clamp(m_viewFirst, first, std::max(first, last));
    m_viewLast = std::clamp(m_viewLast, m_viewFirst, std::max(m_viewFirst, last));
    const int shownFirst = std::max(m_wantFirst, m_viewFirst);
    const int shownLast = std::min({m_wantLast, m_viewLast, m_rowCount - 1});
    m_wantFirst = m_wantLast = -1;
    // Rows of a rare kind stand far apart, and reading a screen of them is soon done.
    m_loader.want(shownFirst <= shownLast ? m_result.rows().slice(shownFirst, shownLast) : std::vector<Seq>(),
        m_result.rows().slice(first, std::min(last, first + 2 * maxWindow)));
}

std::optional<Seq> EventTableModel::seqAt(int row) const
{
    return row >= 0 && row < m_rowCount ? std::optional(m_result.rows().at(row)) : std::nullopt;
}

std::optional<int> EventTableModel::rowOf(Seq seq, int around) const
{
    const std::optional<qint64> row = m_result.rows().find(seq, around, m_rowCount);
    return row ? std::optional(static_cast<int>(*row)) : std::nullopt;
}

const EventRow *EventTableModel::loadedRow(int row) const
{
    const std::optional<Seq> seq = seqAt(row);
    return seq ? m_loader.find(*seq) : nullptr;
}

void EventTableModel::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_text.time) {
        return;
    }
    m_text.time = time;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 0);
    if (m_rowCount > 0) {
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, 0), {Qt::DisplayRole, Qt::AccessibleTextRole, CopyRole});
    }
}

void EventTableModel::setProfilesShown(bool shown)
{
    const bool changed = m_loader.setWithProfiles(shown);
    m_text.furtherCells = m_loader.furtherCells();
    if (changed && shown && m_rowCount > 0) {
        reloadCells();
    }
}

void EventTableModel::reloadCells()
{
    m_loader.clear();
    if (m_rowCount > 0) {
        // What is on the screen asks for itself again.
        tellCellsChanged(0, m_rowCount - 1);
    }
}

void EventTableModel::tellCellsChanged(int firstRow, int lastRow)
{
    Q_EMIT dataChanged(index(firstRow, 0), index(lastRow, columnCount() - 1));
}

void EventTableModel::setBeside(const Beside &beside)
{
    m_beside = beside;
    updateBeside();
}

void EventTableModel::updateBeside()
{
    if (m_rowCount > 0) {
        tellCellsChanged(0, m_rowCount - 1);
    }
}

void EventTableModel::setPathColumns(const QStringList &paths)
{
    for (qsizetype i = m_paths.size() - 1; i >= 0; --i) {
        if (!paths.contains(m_paths[i])) {
            const int column = eventColumnCount + static_cast<int>(i);
            beginRemoveColumns({}, column, column);
            m_paths.removeAt(i);
            m_pathInfos.removeAt(i);
            endRemoveColumns();
        }
    }
    for (const QString &path : paths) {
        if (!m_paths.contains(path)) {
            beginInsertColumns({}, columnCount(), columnCount());
            m_paths << path;
            m_pathInfos << columnInfo(path);
            endInsertColumns();
        }
    }
    std::vector<std::string> further;
    for (const QString &path : m_paths) {
        further.push_back(path.toStdString());
    }
    m_loader.setFurtherPaths(std::move(further));
    updateBeside();
}

void EventTableModel::forgetRows()
{
    reloadCells();
    m_result.refresh();
}

} // namespace octotrail::ui
