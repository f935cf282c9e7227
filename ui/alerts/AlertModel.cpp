// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertModel.h"

#include "ui/alerts/AlertLook.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFont>
#include <QGuiApplication>
#include <QLocale>
#include <algorithm>
#include <unordered_set>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::Alert;
using store::AlertId;
using store::AlertOrder;

namespace {

constexpr std::array orders{AlertOrder::Severity, AlertOrder::Title, AlertOrder::Rule, AlertOrder::Actor,
    AlertOrder::Source, AlertOrder::Matches, AlertOrder::First, AlertOrder::Last, AlertOrder::State,
    AlertOrder::Assignee};
constexpr std::size_t actorsInToolTip = 20;
static_assert(orders.size() == AlertModel::ColumnCount);

bool looksAlike(const Alert &a, const Alert &b)
{
    return a.state == b.state && a.severity == b.severity && a.assignee == b.assignee && a.matches == b.matches
        && a.actor == b.actor && a.actors == b.actors && a.actorCount == b.actorCount && a.events == b.events
        && a.first == b.first && a.last == b.last;
}

} // namespace

AlertModel::AlertModel(store::Alerts &alerts, QObject *parent)
    : QAbstractItemModel(parent)
    , m_alerts(alerts)
    , m_groups(1)
{
    m_reload.setSingleShot(true);
    m_reload.setInterval(std::chrono::milliseconds(100));
    connect(&m_reload, &QTimer::timeout, this, &AlertModel::reload);
    connect(&m_alerts, &store::Alerts::changed, this, [this](const store::AlertChange &change) {
        if ((!change.raised.empty() || !change.updated.empty() || !change.removed.empty()) && !m_reload.isActive()) {
            m_reload.start();
        }
    });
}

AlertModel::~AlertModel() = default;

void AlertModel::setQuery(store::AlertQuery query)
{
    query.order = m_query.order;
    query.descending = m_query.descending;
    m_query = std::move(query);
    m_isNewQuery = true;
    reload();
}

void AlertModel::setGrouping(Grouping grouping)
{
    if (grouping != m_grouping) {
        m_grouping = grouping;
        m_isNewQuery = true;
        reload();
    }
}

void AlertModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount) {
        return;
    }
    const AlertOrder wanted = orders.at(static_cast<std::size_t>(column));
    const bool descending = order == Qt::DescendingOrder;
    if (wanted != m_query.order || descending != m_query.descending || !m_loaded) {
        m_query.order = wanted;
        m_query.descending = descending;
        m_isNewQuery = true;
        reload();
    }
}

void AlertModel::reload()
{
    m_reload.stop();
    whenFinished(m_alerts.list(m_query), this,
        [this, job = ++m_job, isNew = m_isNewQuery](event::Result<store::AlertList> list) {
            if (job != m_job) {
                return;
            }
            m_loaded = true;
            m_failure = list ? QString() : list.error().sentence;
            if (list) {
                m_isNewQuery = false;
                take(std::move(*list), isNew);
            }
            Q_EMIT loaded();
        });
}

void AlertModel::take(store::AlertList list, bool isNewQuery)
{
    m_total = list.total;
    std::vector<Group> wanted = groupsOf(std::move(list.alerts));
    if (isNewQuery) {
        beginResetModel();
        m_groups = std::move(wanted);
        endResetModel();
    } else if (m_grouping == Grouping::None) {
        mergeAlerts(m_groups.front(), std::move(wanted.front().alerts));
    } else {
        mergeGroups(std::move(wanted));
    }
}

std::vector<AlertModel::Group> AlertModel::groupsOf(std::vector<Alert> alerts)
{
    std::vector<Group> groups;
    if (m_grouping == Grouping::None) {
        groups.push_back({0, {}, std::move(alerts)});
        return groups;
    }
    QHash<quintptr, std::size_t> places;
    for (Alert &alert : alerts) {
        const QString key = (m_grouping == Grouping::Rule ? u"rule:"_s : u"actor:"_s)
            + (m_grouping == Grouping::Rule ? alert.ruleId : alert.actor);
        quintptr &number = m_numbers[key];
        if (number == 0) {
            number = static_cast<quintptr>(m_numbers.size());
        }
        if (!places.contains(number)) {
            places.insert(number, groups.size());
            groups.push_back({number, m_grouping == Grouping::Rule ? alert.ruleTitle : alert.actor, {}});
        }
        groups[places.value(number)].alerts.push_back(std::move(alert));
    }
    return groups;
}

/// Makes the rows what is wanted, with as few changes as there are.
void AlertModel::mergeAlerts(Group &group, std::vector<Alert> wanted)
{
    std::vector<Alert> &rows = group.alerts;
    const QModelIndex parent = parentOf(group);
    std::unordered_set<AlertId> kept;
    for (const Alert &alert : wanted) {
        kept.insert(alert.id);
    }
    for (int row = static_cast<int>(rows.size()); row-- > 0;) {
        if (!kept.contains(rows[static_cast<std::size_t>(row)].id)) {
            beginRemoveRows(parent, row, row);
            rows.erase(rows.begin() + row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        Alert &alert = wanted[static_cast<std::size_t>(row)];
        const auto found = std::find_if(rows.begin() + std::min<std::ptrdiff_t>(row, std::ssize(rows)), rows.end(),
            [&](const Alert &old) { return old.id == alert.id; });
        const int from = static_cast<int>(found - rows.begin());
        if (found == rows.end()) {
            beginInsertRows(parent, row, row);
            rows.insert(rows.begin() + row, std::move(alert));
            endInsertRows();
            continue;
        }
        if (from != row) {
            beginMoveRows(parent, from, from, parent, row);
            std::rotate(rows.begin() + row, found, found + 1);
            endMoveRows();
        }
        Alert &current = rows[static_cast<std::size_t>(row)];
        if (!looksAlike(current, alert)) {
            current = std::move(alert);
            Q_EMIT dataChanged(index(row, 0, parent), index(row, ColumnCount - 1, parent));
        }
    }
}

void AlertModel::mergeGroups(std::vector<Group> wanted)
{
    const auto isWanted
        = [&](quintptr number) { return std::ranges::find(wanted, number, &Group::number) != wanted.end(); };
    for (int row = static_cast<int>(m_groups.size()); row-- > 0;) {
        if (!isWanted(m_groups[static_cast<std::size_t>(row)].number)) {
            beginRemoveRows({}, row, row);
            m_groups.erase(m_groups.begin() + row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        Group &group = wanted[static_cast<std::size_t>(row)];
        const auto found = std::ranges::find(m_groups, group.number, &Group::number);
        const int from = static_cast<int>(found - m_groups.begin());
        if (found == m_groups.end()) {
            beginInsertRows({}, row, row);
            m_groups.insert(m_groups.begin() + row, std::move(group));
            endInsertRows();
            continue;
        }
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_groups.begin() + row, found, found + 1);
            endMoveRows();
        }
        mergeAlerts(m_groups[static_cast<std::size_t>(row)], std::move(group.alerts));
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void AlertModel::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_sources.clear();
    for (const store::SourceConfig &source : sources) {
        m_sources.insert(source.id, source.name);
    }
    setTimeDisplay(m_time); // the same rows are to be read again
}

void AlertModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    const auto tell = [this](const QModelIndex &parent) {
        if (const int rows = rowCount(parent); rows > 0) {
            Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, ColumnCount - 1, parent));
        }
    };
    tell({});
    for (int row = 0; m_grouping != Grouping::None && row < rowCount(); ++row) {
        tell(index(row, 0));
    }
}

QString AlertModel::sourceName(store::SourceId id) const
{
    return m_sources.value(id);
}

// Where things are

int AlertModel::groupRow(quintptr number) const
{
    return static_cast<int>(std::ranges::find(m_groups, number, &Group::number) - m_groups.begin());
}

/// The group that an index of an alert lies in.
const AlertModel::Group *AlertModel::groupOf(const QModelIndex &index) const
{
    const auto found = std::ranges::find(m_groups, index.internalId(), &Group::number);
    return found == m_groups.end() ? nullptr : &*found;
}

QModelIndex AlertModel::parentOf(const Group &group) const
{
    return group.number == 0 ? QModelIndex() : createIndex(groupRow(group.number), 0, quintptr{0});
}

const Alert *AlertModel::alert(const QModelIndex &index) const
{
    if (!index.isValid() || (index.internalId() == 0 && m_grouping != Grouping::None)) {
        return nullptr;
    }
    const Group *group = groupOf(index);
    return group && index.row() < std::ssize(group->alerts) ? &group->alerts[static_cast<std::size_t>(index.row())]
                                                            : nullptr;
}

std::vector<AlertId> AlertModel::ids(const QModelIndex &index) const
{
    if (const Alert *one = alert(index)) {
        return {one->id};
    }
    std::vector<AlertId> ids;
    if (index.isValid() && index.row() < std::ssize(m_groups)) {
        std::ranges::transform(
            m_groups[static_cast<std::size_t>(index.row())].alerts, std::back_inserter(ids), &Alert::id);
    }
    return ids;
}

QModelIndex AlertModel::indexOf(AlertId id) const
{
    for (const Group &group : m_groups) {
        const auto found = std::ranges::find(group.alerts, id, &Alert::id);
        if (found != group.alerts.end()) {
            return index(static_cast<int>(found - group.alerts.begin()), 0, parentOf(group));
        }
    }
    return {};
}

std::vector<Alert> AlertModel::all() const
{
    std::vector<Alert> alerts;
    for (const Group &group : m_groups) {
        alerts.insert(alerts.end(), group.alerts.begin(), group.alerts.end());
    }
    return alerts;
}

int AlertModel::shown() const
{
    int rows = 0;
    for (const Group &group : m_groups) {
        rows += static_cast<int>(group.alerts.size());
    }
    return rows;
}

QModelIndex AlertModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? m_groups[static_cast<std::size_t>(parent.row())].number : 0);
}

QModelIndex AlertModel::parent(const QModelIndex &child) const
{
    return !child.isValid() || child.internalId() == 0 ? QModelIndex()
                                                       : createIndex(groupRow(child.internalId()), 0, quintptr{0});
}

int AlertModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return m_grouping == Grouping::None || (m_groups.size() == 1 && m_groups.front().number == 0)
            ? static_cast<int>(m_groups.empty() ? 0 : m_groups.front().alerts.size())
            : static_cast<int>(m_groups.size());
    }
    const bool isGroup = parent.column() == 0 && parent.internalId() == 0 && !alert(parent);
    return isGroup && parent.row() < std::ssize(m_groups)
        ? static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].alerts.size())
        : 0;
}

int AlertModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

// What is shown

QVariant AlertModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (const Alert *one = alert(index)) {
        return alertData(*one, index.column(), role);
    }
    return index.row() < std::ssize(m_groups)
        ? groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role)
        : QVariant();
}

QVariant AlertModel::groupData(const Group &group, int column, int role) const
{
    if (role == IsGroupRole) {
        return true;
    }
    if (role == Qt::FontRole) {
        QFont font = QGuiApplication::font();
        font.setWeight(QFont::DemiBold);
        return font;
    }
    const auto highest = std::ranges::max_element(group.alerts, {}, &Alert::severity);
    if (highest == group.alerts.end()) {
        return {};
    }
    if (column == Severity && (role == Qt::DecorationRole || role == Qt::DisplayRole || role == Qt::ForegroundRole)) {
        return alertData(*highest, column, role);
    }
    if (role == Qt::TextAlignmentRole && column == Matches) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const auto count = static_cast<qint64>(group.alerts.size());
    switch (column) {
    case Title: {
        const QString name = group.key.isEmpty() ? tr("No actor") : singleLine(group.key, 200);
        return count == 1 ? tr("%1 (1 alert)").arg(name) : tr("%1 (%2 alerts)").arg(name, QLocale().toString(count));
    }
    case Matches: {
        qint64 matches = 0;
        for (const Alert &alert : group.alerts) {
            matches += alert.matches;
        }
        return QLocale().toString(matches);
    }
    case First:
        return m_time.seconds(std::ranges::min_element(group.alerts, {}, &Alert::first)->first);
    case Last:
        return m_time.seconds(std::ranges::max_element(group.alerts, {}, &Alert::last)->last);
    default:
        return {};
    }
}

QVariant AlertModel::alertData(const Alert &alert, int column, int role) const
{
    const AlertLook severity = alertLook(alert.severity);
    const AlertLook state = alertLook(alert.state);
    switch (role) {
    case AlertIdRole:
        return QVariant::fromValue(alert.id);
    case IsGroupRole:
        return false;
    case Qt::DecorationRole:
        return column == Severity ? QVariant(severity.icon()) : column == State ? QVariant(state.icon()) : QVariant();
    case Qt::ForegroundRole:
        if (column == Severity && alert.severity >= store::AlertSeverity::Medium) {
            return toneColor(severity.tone, QGuiApplication::palette());
        }
        return column == Rule || column == Source ? QVariant(toneColor(Tone::Muted, QGuiApplication::palette()))
                                                  : QVariant();
    case Qt::TextAlignmentRole:
        return column == Matches ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return column == Title                        ? QVariant(toolTip(multiLine(alert.title, 1000)))
            : column == Actor && alert.actorCount > 1 ? QVariant(toolTip(actorsInFull(alert, actorsInToolTip)))
                                                      : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case Severity:
        return severity.word;
    case Title:
        return singleLine(alert.title);
    case Rule:
        return singleLine(alert.ruleTitle, 200);
    case Actor:
        return actorsText(alert);
    case Source:
        return singleLine(sourceName(alert.source), 200);
    case Matches:
        return QLocale().toString(static_cast<qint64>(alert.matches));
    case First:
        return m_time.seconds(alert.first);
    case Last:
        return m_time.seconds(alert.last);
    case State:
        return state.word;
    case Assignee:
        return singleLine(alert.assignee, 100);
    default:
        return {};
    }
}

QVariant AlertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && section == Matches) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Severity:
        return tr("Severity");
    case Title:
        return tr("Alert");
    case Rule:
        return tr("Rule");
    case Actor:
        return tr("Actor");
    case Source:
        return tr("Source");
    case Matches:
        return tr("Count");
    case First:
        return tr("First");
    case Last:
        return tr("Last");
    case State:
        return tr("State");
    case Assignee:
        return tr("Assignee");
    default:
        return {};
    }
}

} // namespace octotrail::ui
