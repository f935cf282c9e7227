// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/RelatedModel.h"

#include "ui/entities/EntityText.h"
#include "ui/events/EventMarks.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFont>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::minutes aroundActor(15);
constexpr quintptr topLevel = RelatedModel::GroupCount; ///< internal id of a group; of an event, its group
enum Cell : std::size_t { MessageCell, TypeCell, ActorCell, ActorNameCell, OutcomeCell };

} // namespace

RelatedModel::RelatedModel(std::shared_ptr<store::Store> store, QObject *parent)
    : QAbstractItemModel(parent)
    , m_store(std::move(store))
{ }

RelatedModel::~RelatedModel() = default;

void RelatedModel::clear()
{
    beginResetModel();
    ++m_job;
    m_seq = 0;
    for (Content &group : m_groups) {
        group = {};
    }
    endResetModel();
}

void RelatedModel::setEvent(store::Seq seq, const event::LogEvent &event)
{
    clear();
    m_seq = seq;
    const auto comparison = [&event](const char *path) {
        const auto field = event::fieldByPath(path);
        const std::string_view value = field ? event.text(*field).value_or(std::string_view()) : std::string_view();
        return namesNothing(value) ? QString()
                                   : QString::fromStdString(filter::comparisonText(path, filter::Operator::Eq, value));
    };
    start(Transaction, comparison("transaction.id"), {});
    start(Session, comparison("authenticationContext.externalSessionId"), {});
    if (const auto published = event.published()) {
        start(Actor, comparison("actor.id"), {*published - aroundActor, *published + aroundActor});
    } else {
        start(Actor, {}, {});
    }
}

void RelatedModel::start(Group group, const QString &filter, const event::TimeRange &range)
{
    Content &content = m_groups[group];
    content.filter = filter;
    content.range = range;
    const auto expression = filter::parse(filter.toStdString());
    if (filter.isEmpty() || !expression) {
        content.count = 0;
        Q_EMIT filled(group);
        return;
    }
    store::EventQuery query;
    query.expression = *expression;
    query.range = range;
    query.descending = false;
    content.search = m_store->search(query);
    connect(content.search.get(), &store::Search::found, this, [this, group](const store::SeqsPtr &seqs) {
        std::vector<store::Seq> &kept = m_groups[group].seqs;
        kept.insert(kept.end(), seqs->begin(), seqs->end());
    });
    connect(content.search.get(), &store::Search::finished, this, [this, group](qint64 total) {
        m_groups[group].search.release()->deleteLater();
        m_groups[group].count = total;
        readRows(group);
    });
    connect(content.search.get(), &store::Search::failed, this, [this, group](const event::Error &error) {
        m_groups[group].search.release()->deleteLater();
        m_groups[group].count = 0;
        Q_EMIT failed(error.sentence);
    });
}

void RelatedModel::readRows(Group group)
{
    // Of many those around the event itself.
    std::vector<store::Seq> &seqs = m_groups[group].seqs;
    const auto self = std::ranges::find(seqs, m_seq) - seqs.begin();
    if (seqs.size() > mostRows) {
        const auto first = std::clamp<std::ptrdiff_t>(
            self - static_cast<std::ptrdiff_t>(mostRows / 2), 0, static_cast<std::ptrdiff_t>(seqs.size() - mostRows));
        seqs = std::vector(seqs.begin() + first, seqs.begin() + first + static_cast<std::ptrdiff_t>(mostRows));
    }
    whenFinished(m_store->rows(
                     seqs, {"displayMessage", "eventType", "actor.alternateId", "actor.displayName", "outcome.result"}),
        this, [this, group, job = m_job](event::Result<std::vector<store::EventRow>> rows) {
            if (job != m_job) {
                return;
            }
            const QModelIndex parent = index(group, 0);
            if (!rows) {
                Q_EMIT failed(rows.error().sentence);
            }
            if (rows && !rows->empty()) {
                beginInsertRows(parent, 0, static_cast<int>(rows->size()) - 1);
                m_groups[group].rows = std::move(*rows);
                endInsertRows();
            }
            Q_EMIT dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
            Q_EMIT filled(group);
        });
}

bool RelatedModel::isReading() const
{
    return std::ranges::any_of(m_groups, [](const Content &group) { return !group.count; });
}

void RelatedModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    for (int group = 0; group < GroupCount; ++group) {
        const QModelIndex parent = index(group, 0);
        if (const int rows = rowCount(parent); rows > 0) {
            Q_EMIT dataChanged(index(0, Time, parent), index(rows - 1, Time, parent));
        }
    }
}

QModelIndex RelatedModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : topLevel);
}

QModelIndex RelatedModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == topLevel) {
        return {};
    }
    return createIndex(static_cast<int>(child.internalId()), 0, topLevel);
}

int RelatedModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return GroupCount;
    }
    return parent.internalId() == topLevel && parent.column() == 0
        ? static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size())
        : 0;
}

int RelatedModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString RelatedModel::title(Group group) const
{
    const Content &content = m_groups[group];
    const QString name = group == Transaction ? tr("Same transaction")
        : group == Session                    ? tr("Same session")
                                              : tr("Same actor, 15 min before and after");
    if (m_seq != 0 && content.filter.isEmpty()) {
        return group == Transaction ? tr("%1: the event names none").arg(name)
            : group == Session      ? tr("%1: the event names none").arg(name)
                                    : tr("%1: the event names no actor, or no time").arg(name);
    }
    if (!content.count) {
        return tr("%1: counting\u2026").arg(name);
    }
    const QString count = QLocale().toString(*content.count);
    if (static_cast<std::size_t>(*content.count) > content.rows.size() && !content.rows.empty()) {
        return tr("%1: %2 events, of which %3 are listed").arg(name, count).arg(content.rows.size());
    }
    return *content.count == 1 ? tr("%1: only this event").arg(name) : tr("%1: %2 events").arg(name, count);
}

QVariant RelatedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == topLevel) {
        const auto group = static_cast<Group>(index.row());
        if ((role == Qt::DisplayRole || role == Qt::AccessibleTextRole) && index.column() == What) {
            return title(group);
        }
        if (role == FilterRole) {
            return m_groups[group].filter;
        }
        if (role == Qt::FontRole && index.column() == What) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    }
    const store::EventRow &row
        = m_groups[static_cast<std::size_t>(index.internalId())].rows[static_cast<std::size_t>(index.row())];
    const auto cell = [&row](Cell which) { return row.cells.size() > which ? row.cells[which] : QString(); };
    const bool self = row.seq == m_seq;
    switch (role) {
    case SeqRole:
        return static_cast<qint64>(row.seq);
    case IsSelfRole:
        return self;
    case Qt::FontRole: {
        QFont font;
        font.setItalic(self);
        return font;
    }
    case Qt::DecorationRole:
        return index.column() == Outcome && !cell(OutcomeCell).isEmpty()
            ? QVariant(markIcon(outcomeMark(cell(OutcomeCell))))
            : QVariant();
    case Qt::ToolTipRole:
        return index.column() == What ? QVariant(toolTip(cell(TypeCell))) : QVariant();
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case What: {
        const QString what = singleLine(cell(MessageCell).isEmpty() ? cell(TypeCell) : cell(MessageCell), 200);
        return self ? tr("%1 (this event)").arg(what) : what;
    }
    case Time:
        return row.published ? m_time.table(*row.published) : tr("no time");
    case ActorName:
        return singleLine(cell(ActorCell).isEmpty() ? cell(ActorNameCell) : cell(ActorCell), 120);
    case Outcome:
        return singleLine(cell(OutcomeCell), 60);
    default:
        return {};
    }
}

QVariant RelatedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Event");
    case Time:
        return tr("Time");
    case ActorName:
        return tr("Actor");
    default:
        return tr("Outcome");
    }
}

} // namespace octotrail::ui
