// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ProfileTableModel.h"

#include "event/Json.h"
#include "ui/profiles/ProfileSummary.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/widgets/WorkFinished.h"

#include <QFont>
#include <QFuture>
#include <QGuiApplication>
#include <QtConcurrentRun>
#include <algorithm>
#include <limits>

namespace octotrail::ui {

using store::Profile;

ProfileTableModel::ProfileTableModel(std::shared_ptr<store::Store> store, store::ProfileKind kind, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(std::move(store))
    , m_kind(kind)
{ }

ProfileTableModel::~ProfileTableModel() = default;

void ProfileTableModel::setFilter(const filter::Input &filter)
{
    m_filter = filter;
    reload();
}

void ProfileTableModel::reload()
{
    m_loading = true;
    Q_EMIT loadingChanged();
    using Profiles = event::Result<std::vector<Profile>>;
    using Sorted = event::Result<std::shared_ptr<const Rows>>;
    const auto sort = [order = m_order, kind = m_kind](Profiles profiles) -> Sorted {
        return std::move(profiles).map([&](std::vector<Profile> &&found) {
            auto rows = std::make_shared<Rows>(read(std::move(found), kind));
            sortRows(*rows, order);
            return std::shared_ptr<const Rows>(std::move(rows));
        });
    };
    const auto profiles = m_store->profiles(m_kind, m_filter.expression, m_filter.words);
    whenWorkFinished(profiles, this, sort, [this, job = ++m_job](const Sorted &read) {
        if (job != m_job) {
            return;
        }
        m_loading = false;
        m_loaded = true;
        if (read) {
            beginResetModel();
            m_rows = *read;
            endResetModel();
        } else {
            Q_EMIT failed(read.error());
        }
        Q_EMIT loadingChanged();
    });
}

void ProfileTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount) {
        return;
    }
    m_order.column = column;
    m_order.descending = order == Qt::DescendingOrder;
    arrange();
}

void ProfileTableModel::arrange()
{
    if (m_loading) {
        reload(); // what is being read is sorted otherwise
        return;
    }
    auto arranged = QtConcurrent::run([rows = m_rows, order = m_order] {
        auto sorted = std::make_shared<Rows>(*rows);
        sortRows(*sorted, order);
        return std::shared_ptr<const Rows>(std::move(sorted));
    });
    whenFinished(arranged, this, [this, job = ++m_job](std::shared_ptr<const Rows> sorted) {
        if (job != m_job) {
            return;
        }
        beginResetModel();
        m_rows = std::move(sorted);
        endResetModel();
    });
}

ProfileTableModel::Rows ProfileTableModel::read(std::vector<Profile> profiles, store::ProfileKind kind)
{
    static const std::array<event::FieldPath, 3> ofUser{
        event::FieldPath("profile.department"), event::FieldPath("profile.title"), event::FieldPath("profile.manager")};
    static const std::array<event::FieldPath, 3> ofDevice{event::FieldPath("profile.platform"),
        event::FieldPath("profile.model"), event::FieldPath("_embedded.users.user.profile.login")};
    const auto &paths = kind == store::ProfileKind::User ? ofUser : ofDevice;
    Rows rows;
    rows.reserve(profiles.size());
    for (Profile &profile : profiles) {
        Row row{std::move(profile), {}};
        for (std::size_t i = 0; i < paths.size(); ++i) {
            event::visitValues(row.profile.bytes, paths[i], [&](std::string_view text, event::JsonKind) {
                constexpr std::size_t longest = 400;
                const std::string_view some = text.substr(0, longest);
                row.more[i] += (row.more[i].isEmpty() ? QString() : QStringLiteral(", "))
                    + QString::fromUtf8(some.data(), static_cast<qsizetype>(some.size()));
                return row.more[i].size() < static_cast<qsizetype>(longest);
            });
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void ProfileTableModel::sortRows(Rows &rows, const Order &order)
{
    const auto sourceOf = [&order](const Profile &p) {
        const auto hit = std::ranges::find(order.sources, p.source, &store::SourceConfig::id);
        return hit == order.sources.end() ? QString() : hit->name;
    };
    const auto text = [&](const Row &row) {
        switch (order.column) {
        case Login:
            return row.profile.login;
        case Status:
            return profileStatusText(row.profile);
        case First:
        case Second:
        case Third:
            return row.more[static_cast<std::size_t>(order.column - First)];
        case Source:
            return sourceOf(row.profile);
        default:
            return row.profile.name;
        }
    };
    const auto time = [&](const Row &row) { return order.column == Seen ? row.profile.seen : row.profile.lastUpdated; };
    const bool byTime = order.column == LastUpdated || order.column == Seen;
    std::ranges::stable_sort(rows, [&](const Row &a, const Row &b) {
        if (byTime) {
            return order.descending ? time(b) < time(a) : time(a) < time(b);
        }
        const int c = QString::compare(text(a), text(b), Qt::CaseInsensitive);
        return order.descending ? c > 0 : c < 0;
    });
}

void ProfileTableModel::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_order.sources = sources;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, Source), index(rowCount() - 1, Source));
    }
}

void ProfileTableModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, LastUpdated), index(rowCount() - 1, Seen));
    }
}

const Profile *ProfileTableModel::profile(int row) const
{
    return row >= 0 && row < rowCount() ? &(*m_rows)[static_cast<std::size_t>(row)].profile : nullptr;
}

int ProfileTableModel::rowOf(const QString &id) const
{
    const auto hit = std::ranges::find(*m_rows, id, [](const Row &row) -> const QString & { return row.profile.id; });
    return hit == m_rows->end() ? -1 : static_cast<int>(hit - m_rows->begin());
}

QString ProfileTableModel::filterPath(int column) const
{
    const bool users = m_kind == store::ProfileKind::User;
    switch (column) {
    case Name:
        return QStringLiteral("profile.displayName");
    case Login:
        return users ? QStringLiteral("profile.login") : QStringLiteral("profile.serialNumber");
    case Status:
        return QStringLiteral("status");
    case First:
        return users ? QStringLiteral("profile.department") : QStringLiteral("profile.platform");
    case Second:
        return users ? QStringLiteral("profile.title") : QStringLiteral("profile.model");
    case Third:
        return users ? QStringLiteral("profile.manager") : QStringLiteral("_embedded.users.user.profile.login");
    default:
        return {};
    }
}

QString ProfileTableModel::sourceName(store::SourceId id) const
{
    const auto hit = std::ranges::find(m_order.sources, id, &store::SourceConfig::id);
    return hit == m_order.sources.end() ? QString() : hit->name;
}

int ProfileTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid()
        ? 0
        : static_cast<int>(std::min<std::size_t>(m_rows->size(), std::numeric_limits<int>::max() / 64));
}

int ProfileTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProfileTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row &row = (*m_rows)[static_cast<std::size_t>(index.row())];
    const Profile &profile = row.profile;
    const bool isGone = profile.deleted || profile.status == u"DEPROVISIONED" || profile.status == u"DEACTIVATED";
    switch (role) {
    case Qt::DisplayRole:
        return singleLine(value(row, index.column()));
    case Qt::AccessibleTextRole:
        // A screen reader on the first column hears who it is, and whether they still are.
        return index.column() == Name ? singleLine(value(row, Name)) + QStringLiteral(", ") + profileStatusText(profile)
                                      : singleLine(value(row, index.column()));
    case Qt::ToolTipRole:
        return toolTip(singleLine(value(row, index.column())));
    case Qt::DecorationRole:
        if (index.column() == Status) {
            const ProfileMark mark = profileMark(profile);
            return icon(mark.iconName, mark.tone);
        }
        return {};
    case Qt::ForegroundRole:
        return isGone ? QVariant(toneColor(Tone::Muted, QGuiApplication::palette())) : QVariant();
    case Qt::FontRole:
        if (profile.deleted) {
            QFont font;
            font.setStrikeOut(index.column() == Name);
            font.setItalic(true);
            return font;
        }
        return {};
    case RawValueRole:
        return index.column() == Status ? profile.status : value(row, index.column());
    case CopyRole:
        return value(row, index.column());
    default:
        return {};
    }
}

QString ProfileTableModel::value(const Row &row, int column) const
{
    const Profile &profile = row.profile;
    switch (column) {
    case Name:
        return profile.name.isEmpty() ? profileTitle(profile) : profile.name;
    case Login:
        return profile.login;
    case Status:
        return profileStatusText(profile);
    case First:
    case Second:
    case Third:
        return row.more[static_cast<std::size_t>(column - First)];
    case LastUpdated:
        return profile.lastUpdated ? m_time.seconds(*profile.lastUpdated) : QString();
    case Seen:
        return profile.seen ? m_time.seconds(*profile.seen) : QString();
    case Source:
        return sourceName(profile.source);
    default:
        return {};
    }
}

QVariant ProfileTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const bool users = m_kind == store::ProfileKind::User;
    switch (section) {
    case Name:
        return tr("Name");
    case Login:
        return users ? tr("Login") : tr("Serial number");
    case Status:
        return tr("Status");
    case First:
        return users ? tr("Department") : tr("Platform");
    case Second:
        return users ? tr("Title") : tr("Model");
    case Third:
        return users ? tr("Manager") : tr("Users");
    case LastUpdated:
        return tr("Last updated");
    case Seen:
        return tr("Last received");
    case Source:
        return tr("Source");
    default:
        return {};
    }
}

} // namespace octotrail::ui
