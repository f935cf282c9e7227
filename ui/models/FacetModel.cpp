// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/FacetModel.h"

#include "ui/models/EventColumns.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int page = 8; ///< values shown of a field at first, and more at a time
constexpr int maxValues = 200;

QString textOf(const std::string &value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

} // namespace

FacetModel::FacetModel(std::shared_ptr<store::Store> store, const EventResult &result, QObject *parent)
    : QAbstractItemModel(parent)
    , m_store(std::move(store))
    , m_result(result)
    , m_recount(result)
{
    for (const QString &path : usualPaths()) {
        m_fields.push_back({.path = path, .limit = page});
    }
    connect(&m_recount, &Recount::due, this, &FacetModel::count);
    connect(&m_recount, &Recount::outdated, this, &FacetModel::setOutdated);
}

FacetModel::~FacetModel() = default;

QStringList FacetModel::usualPaths()
{
    return {u"outcome.result"_s, u"eventType"_s, u"actor.alternateId"_s, u"client.ipAddress"_s,
        u"client.geographicalContext.country"_s, u"target"_s, u"severity"_s};
}

QString FacetModel::caption(const QString &path)
{
    if (path == u"target"_s) {
        return tr("Target");
    }
    return path == u"source"_s ? tr("Source") : singleLine(captionOfPath(path), 80);
}

QStringList FacetModel::paths() const
{
    QStringList all;
    for (const Field &field : m_fields) {
        all << field.path;
    }
    return all;
}

int FacetModel::rowOf(const QString &path) const
{
    const auto it = std::ranges::find(m_fields, path, &Field::path);
    return it == m_fields.end() ? -1 : static_cast<int>(it - m_fields.begin());
}

void FacetModel::setPaths(const QStringList &paths)
{
    beginResetModel();
    m_fields.clear();
    for (const QString &path : paths) {
        if (!path.isEmpty() && rowOf(path) < 0 && m_fields.size() < mostFields) {
            m_fields.push_back({.path = path, .limit = page});
        }
    }
    endResetModel();
    m_recount.restart();
    Q_EMIT pathsChanged();
}

void FacetModel::addPath(const QString &path)
{
    if (path.isEmpty() || rowOf(path) >= 0 || m_fields.size() >= mostFields) {
        return;
    }
    const auto row = static_cast<int>(m_fields.size());
    beginInsertRows({}, row, row);
    m_fields.push_back({.path = path, .limit = page});
    endInsertRows();
    m_recount.restart();
    Q_EMIT pathsChanged();
}

void FacetModel::removePath(const QString &path)
{
    const int row = rowOf(path);
    if (row < 0) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_fields.erase(m_fields.begin() + row);
    endRemoveRows();
    Q_EMIT pathsChanged();
    if (m_recount.isActive()) {
        m_recount.restart(); // what runs counts by places
    }
}

void FacetModel::movePath(const QString &path, int by)
{
    const int row = rowOf(path);
    const int to = row + by;
    if (row < 0 || std::abs(by) != 1 || to < 0 || to >= static_cast<int>(m_fields.size())) {
        return;
    }
    // Values know their field by its place, so moving is leaving and coming.
    Field moved = m_fields[static_cast<std::size_t>(row)];
    beginRemoveRows({}, row, row);
    m_fields.erase(m_fields.begin() + row);
    endRemoveRows();
    beginInsertRows({}, to, to);
    m_fields.insert(m_fields.begin() + to, std::move(moved));
    endInsertRows();
    m_recount.restart();
    Q_EMIT pathsChanged();
}

void FacetModel::setRareFirst(bool rareFirst)
{
    if (rareFirst != m_rareFirst) {
        m_rareFirst = rareFirst;
        m_recount.restart();
    }
}

void FacetModel::showMore(const QString &path)
{
    if (const int row = rowOf(path); row >= 0) {
        int &limit = m_fields[static_cast<std::size_t>(row)].limit;
        limit = std::min(limit + 3 * page, maxValues);
        m_recount.restart();
    }
}

void FacetModel::count()
{
    if (m_fields.empty()) {
        setState(State::Ready);
        return;
    }
    const Recount::Turn turn = m_recount.begin();
    store::FacetRequest request;
    request.query = m_result.query();
    request.seqs = m_recount.seqs();
    request.rareFirst = m_rareFirst;
    request.limit = 0;
    for (const Field &field : m_fields) {
        request.paths.push_back(field.path.toStdString());
        request.limit = std::max(request.limit, field.limit);
    }
    whenEach(store::Facets(*m_store).count(std::move(request), turn.stop), this,
        [this, row = 0, number = turn.number, events = m_result.rows().size()](
            const event::Result<store::Facet> &facet) mutable {
            const bool isLast = !facet || row + 1 == rowCount();
            if (isLast ? !m_recount.end(number) : !m_recount.isCurrent(number)) {
                return;
            }
            if (facet) {
                take(row++, *facet, events);
            } else if (facet.error().kind != event::ErrorKind::Cancelled) {
                m_error = facet.error();
                setState(State::Failed);
            }
            if (facet && isLast) {
                setState(State::Ready);
            }
        });
}

void FacetModel::take(int row, const store::Facet &facet, qint64 events)
{
    Field &field = m_fields[static_cast<std::size_t>(row)];
    field.events = events;
    const bool wasStale = std::exchange(field.isStale, false);
    replace(row, facet);
    if (wasStale) {
        tellChanged(index(row, 0));
    }
}

void FacetModel::replace(int row, const store::Facet &facet)
{
    Field &field = m_fields[static_cast<std::size_t>(row)];
    std::vector<Row> next;
    for (const store::Store::ValueCount &value : facet.values) {
        if (static_cast<int>(next.size()) == field.limit) {
            break;
        }
        next.push_back({textOf(value.value), value.count, false});
    }
    const auto shown = static_cast<qint64>(next.size());
    if (facet.distinct + (facet.missing > 0 ? 1 : 0) > shown && field.limit < maxValues) {
        next.push_back({{}, 0, true});
    }
    const QModelIndex parent = index(row, 0);
    const auto before = static_cast<int>(field.rows.size());
    const auto after = static_cast<int>(next.size());
    if (after < before) {
        beginRemoveRows(parent, after, before - 1);
        field.rows.resize(next.size());
        endRemoveRows();
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(before, after));
    std::copy(next.begin(), next.begin() + kept, field.rows.begin());
    field.distinct = facet.distinct;
    Q_EMIT dataChanged(parent, parent);
    if (kept > 0) {
        Q_EMIT dataChanged(index(0, 0, parent), index(static_cast<int>(kept) - 1, 0, parent));
    }
    if (after > before) {
        beginInsertRows(parent, before, after - 1);
        field.rows.insert(field.rows.end(), next.begin() + kept, next.end());
        endInsertRows();
    }
}

void FacetModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void FacetModel::setOutdated()
{
    for (Field &field : m_fields) {
        field.isStale = true;
    }
    tellChanged({});
    for (int row = 0; row < rowCount(); ++row) {
        tellChanged(index(row, 0));
    }
    setState(m_result.state() == EventResult::State::Searching ? State::Counting : State::Unknown);
}

void FacetModel::tellChanged(const QModelIndex &parent)
{
    if (const int rows = rowCount(parent); rows > 0) {
        Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
    }
}

QModelIndex FacetModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent)) {
        return {};
    }
    // A value's id is its field's place from 1; a field's is 0.
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex FacetModel::parent(const QModelIndex &child) const
{
    return child.isValid() && child.internalId() > 0
        ? createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0))
        : QModelIndex();
}

int FacetModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_fields.size());
    }
    return parent.internalId() == 0 && parent.column() == 0
        ? static_cast<int>(m_fields[static_cast<std::size_t>(parent.row())].rows.size())
        : 0;
}

int FacetModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags FacetModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.internalId() > 0 ? flags | Qt::ItemNeverHasChildren : flags;
}

QVariant FacetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == 0) {
        return fieldData(m_fields[static_cast<std::size_t>(index.row())], role);
    }
    const Field &field = m_fields[index.internalId() - 1];
    return valueData(field, field.rows[static_cast<std::size_t>(index.row())], role);
}

QVariant FacetModel::fieldData(const Field &field, int role) const
{
    const QString distinct = QLocale().toString(field.distinct);
    if (field.isStale && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)) {
        return tr("%1, not counted yet").arg(caption(field.path));
    }
    switch (role) {
    case Qt::DisplayRole:
        return caption(field.path);
    case IsStaleRole:
        return field.isStale;
    case Qt::ToolTipRole:
        return toolTip(tr("%1: %2 different values").arg(singleLine(field.path, 200), distinct));
    case Qt::AccessibleTextRole:
        return tr("%1, %2 different values").arg(caption(field.path), distinct);
    case PathRole:
        return field.path;
    case IsFieldRole:
        return true;
    case IsMoreRole:
        return false;
    case CountRole:
        return field.distinct;
    default:
        return {};
    }
}

QVariant FacetModel::valueData(const Field &field, const Row &row, int role) const
{
    const auto text = [&row] { return row.value.isEmpty() ? tr("(no value)") : singleLine(row.value, 200); };
    const auto count = [&row] { return QLocale().toString(row.count); };
    switch (role) {
    case PathRole:
        return field.path;
    case IsFieldRole:
        return false;
    case FilterPathRole:
        return field.path == u"target"_s ? u"target.alternateId"_s : field.path;
    case IsMoreRole:
        return row.isMore;
    case IsStaleRole:
        return field.isStale;
    default:
        break;
    }
    if (row.isMore) {
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(tr("Show more")) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return text();
    case Qt::ToolTipRole:
        return toolTip(tr("%1: %2 events").arg(text(), count()));
    case Qt::AccessibleTextRole:
        return tr("%1, %2 events").arg(text(), count());
    case ValueRole:
        return row.value;
    case CountRole:
        return row.count;
    case PartRole:
        return field.events > 0 ? std::min(1.0, double(row.count) / double(field.events)) : 0.0;
    default:
        return {};
    }
}

} // namespace octotrail::ui
