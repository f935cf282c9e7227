// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EventTableModel.h"

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

QString cellText(const EventRow &row, cell::Index index)
{
    return index < static_cast<int>(row.cells.size()) ? row.cells[index] : QString();
}

} // namespace

EventTableModel::EventTableModel(std::shared_ptr<store::Store> store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_loader(store)
    , m_result(store, m_loader)
{
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(0);
    connect(&m_readTimer, &QTimer::timeout, this, &EventTableModel::readWindow);
    connect(&m_loader, &RowLoader::failed, this, &EventTableModel::readFailed);
    connect(&m_loader, &RowLoader::loaded, this, [this] {
        if (m_rowCount > 0) {
            const int last = std::min(m_rowCount - 1, m_viewLast + readAhead);
            Q_EMIT dataChanged(
                index(std::clamp(m_viewFirst - readAhead, 0, last), 0), index(last, eventColumnCount - 1));
        }
    });
    m_profilesTimer.setSingleShot(true);
    m_profilesTimer.setInterval(std::chrono::seconds(2)); // a listing changes them page by page
    connect(&m_profilesTimer, &QTimer::timeout, this, &EventTableModel::reloadProfiles);
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
    return parent.isValid() ? 0 : eventColumnCount;
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
    const auto column = static_cast<EventColumn>(index.column());
    const Seq seq = m_result.rows().at(index.row());
    if (role == SeqRole) {
        return static_cast<qint64>(seq);
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
        const QString text = display(*row, column).toString();
        return text.isEmpty() ? QVariant() : QVariant(toolTip(text));
    }
    case RawValueRole:
        return raw(*row, column);
    case CopyRole:
        return column == EventColumn::Time || column == EventColumn::Location || column == EventColumn::Targets
            ? display(*row, column)
            : QVariant(raw(*row, column));
    case SortRole:
        if (column == EventColumn::Time) {
            return row->published ? QVariant(toDateTime(*row->published, QTimeZone::utc())) : QVariant();
        }
        return raw(*row, column);
    case Qt::AccessibleTextRole:
        // A screen reader on the first column hears the row as a sentence.
        return column == EventColumn::Time ? sentence(*row) : display(*row, column);
    default:
        return {};
    }
}

QVariant EventTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return {};
    }
    const auto column = static_cast<EventColumn>(section);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        return column == EventColumn::Time ? tr("Time (%1)").arg(m_time.shortName()) : eventColumnTitle(column);
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        if (section >= firstProfileColumn) {
            const std::string_view path = eventColumnInfo(column).filterPath;
            return toolTip(tr("%1, as the profile says now. The filter knows it as %2.")
                               .arg(eventColumnTitle(column),
                                   QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size()))));
        }
        const std::string_view path = eventColumnInfo(column).sortPath;
        return toolTip(
            tr("%1: %2. Click to sort.")
                .arg(eventColumnTitle(column), QString::fromUtf8(path.data(), static_cast<int>(path.size()))));
    }
    return {};
}

Qt::ItemFlags EventTableModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

void EventTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= eventColumnCount) {
        return;
    }
    store::EventQuery query = m_result.query();
    const std::string_view path = eventColumnInfo(static_cast<EventColumn>(column)).sortPath;
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
    m_wantFirst = m_wantLast = -1;
    m_loader.want(m_result.rows().slice(first, std::min(last, first + 2 * maxWindow)));
}

std::optional<Seq> EventTableModel::seqAt(int row) const
{
    return row >= 0 && row < m_rowCount ? std::optional(m_result.rows().at(row)) : std::nullopt;
}

std::optional<int> EventTableModel::rowOf(Seq seq) const
{
    const std::optional<qint64> row = m_result.rows().find(seq, std::min(m_rowCount, 4'000'000));
    return row ? std::optional(static_cast<int>(*row)) : std::nullopt;
}

const EventRow *EventTableModel::loadedRow(int row) const
{
    const std::optional<Seq> seq = seqAt(row);
    return seq ? m_loader.find(*seq) : nullptr;
}

void EventTableModel::loadRows(const QList<int> &rows, QObject *context, std::function<void(const QList<int> &)> done)
{
    std::vector<Seq> seqs;
    QList<QPersistentModelIndex> places; // new events may come in meanwhile
    for (const int row : rows) {
        if (const auto seq = seqAt(row)) {
            seqs.push_back(*seq);
            places << index(row, 0);
        }
    }
    m_loader.load(std::move(seqs), context, [places, done = std::move(done)](const event::Status &) {
        QList<int> now;
        for (const QPersistentModelIndex &place : places) {
            if (place.isValid()) {
                now << place.row();
            }
        }
        done(now);
    });
}

void EventTableModel::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    m_time = time;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 0);
    if (m_rowCount > 0) {
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, 0), {Qt::DisplayRole, Qt::AccessibleTextRole, CopyRole});
    }
}

void EventTableModel::setProfilesShown(bool shown)
{
    if (m_loader.setWithProfiles(shown) && shown && m_rowCount > 0) {
        reloadProfiles();
    }
}

void EventTableModel::reloadProfiles()
{
    m_loader.clear();
    if (m_rowCount > 0) {
        // What is on the screen asks for itself again.
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, eventColumnCount - 1));
    }
}

void EventTableModel::forgetRows()
{
    m_loader.clear();
    m_result.refresh();
}

QVariant EventTableModel::display(const EventRow &row, EventColumn column) const
{
    switch (column) {
    case EventColumn::Time:
        return row.published ? m_time.table(*row.published) : tr("no time");
    case EventColumn::Location: {
        const QString city = singleLine(cellText(row, cell::City));
        const QString country = singleLine(cellText(row, cell::Country));
        return city.isEmpty() || country.isEmpty() ? city + country : city + u", "_s + country;
    }
    case EventColumn::Actor: {
        // The login says who it is; of what has none (a client, a service) the name does.
        const QString login = cellText(row, cell::Actor);
        return singleLine(login.isEmpty() ? cellText(row, cell::ActorName) : login);
    }
    default:
        return singleLine(raw(row, column));
    }
}

QString EventTableModel::raw(const EventRow &row, EventColumn column) const
{
    switch (column) {
    case EventColumn::Time:
        return row.published ? QString::fromStdString(event::formatTimestamp(*row.published)) : QString();
    case EventColumn::Severity:
        return cellText(row, cell::Severity);
    case EventColumn::EventType:
        return cellText(row, cell::EventType);
    case EventColumn::Message:
        return cellText(row, cell::Message);
    case EventColumn::Actor:
        return cellText(row, cell::Actor);
    case EventColumn::ClientIp:
        return cellText(row, cell::ClientIp);
    case EventColumn::Location:
        return cellText(row, cell::City);
    case EventColumn::Outcome:
        return cellText(row, cell::Outcome);
    case EventColumn::Targets:
        return cellText(row, cell::Targets);
    case EventColumn::Source:
        return cellText(row, cell::Source);
    case EventColumn::ActorDepartment:
        return cellText(row, cell::ActorDepartment);
    case EventColumn::ActorTitle:
        return cellText(row, cell::ActorTitle);
    case EventColumn::ActorManager:
        return cellText(row, cell::ActorManager);
    case EventColumn::ActorStatus:
        return cellText(row, cell::ActorStatus);
    }
    return {};
}

QString EventTableModel::sentence(const EventRow &row) const
{
    const auto text = [&](EventColumn column) { return display(row, column).toString(); };
    QStringList parts{text(EventColumn::Message).isEmpty() ? text(EventColumn::EventType) : text(EventColumn::Message)};
    if (!text(EventColumn::Actor).isEmpty()) {
        parts << tr("by %1").arg(text(EventColumn::Actor));
    }
    if (!text(EventColumn::ClientIp).isEmpty()) {
        parts << tr("from %1").arg(text(EventColumn::ClientIp));
    }
    if (!text(EventColumn::Outcome).isEmpty()) {
        parts << tr("outcome %1").arg(text(EventColumn::Outcome));
    }
    return text(EventColumn::Time) + u": "_s + parts.join(u", "_s);
}

} // namespace octotrail::ui
