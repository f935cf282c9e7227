// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ProfileTableModel.h"

#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFuture>
#include <QThreadPool>
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
    using Read = event::Result<Profiles>;
    auto sorted = m_store->profiles(m_kind, m_filter.expression, m_filter.words)
                      .then(QThreadPool::globalInstance(), [order = m_order](Read read) {
                          if (read) {
                              sortProfiles(*read, order);
                          }
                          return read;
                      });
    whenFinished(sorted, this, [this, job = ++m_job](Read read) {
        if (job != m_job) {
            return;
        }
        m_loading = false;
        m_loaded = true;
        if (read) {
            beginResetModel();
            m_profiles = std::make_shared<const Profiles>(std::move(*read));
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
    auto arranged = QtConcurrent::run([profiles = m_profiles, order = m_order] {
        auto sorted = std::make_shared<Profiles>(*profiles);
        sortProfiles(*sorted, order);
        return std::shared_ptr<const Profiles>(std::move(sorted));
    });
    whenFinished(arranged, this, [this, job = ++m_job](std::shared_ptr<const Profiles> sorted) {
        if (job != m_job) {
            return;
        }
        beginResetModel();
        m_profiles = std::move(sorted);
        endResetModel();
    });
}

void ProfileTableModel::sortProfiles(Profiles &profiles, const Order &order)
{
    const auto sourceOf = [&order](const Profile &p) {
        const auto hit = std::ranges::find(order.sources, p.source, &store::SourceConfig::id);
        return hit == order.sources.end() ? QString() : hit->name;
    };
    const auto text = [&](const Profile &p) {
        switch (order.column) {
        case Login:
            return p.login;
        case Status:
            return p.status;
        case Source:
            return sourceOf(p);
        default:
            return p.name;
        }
    };
    const auto time = [&](const Profile &p) { return order.column == Seen ? p.seen : p.lastUpdated; };
    const bool byTime = order.column == LastUpdated || order.column == Seen;
    std::ranges::stable_sort(profiles, [&](const Profile &a, const Profile &b) {
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
    return row >= 0 && row < rowCount() ? &(*m_profiles)[static_cast<std::size_t>(row)] : nullptr;
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
        : static_cast<int>(std::min<std::size_t>(m_profiles->size(), std::numeric_limits<int>::max() / 64));
}

int ProfileTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProfileTableModel::data(const QModelIndex &index, int role) const
{
    const Profile *profile = index.isValid() ? this->profile(index.row()) : nullptr;
    if (!profile) {
        return {};
    }
    const auto value = [&]() -> QString {
        switch (index.column()) {
        case Name:
            return profile->name;
        case Login:
            return profile->login;
        case Status:
            return profile->status;
        case LastUpdated:
            return profile->lastUpdated ? m_time.seconds(*profile->lastUpdated) : QString();
        case Seen:
            return profile->seen ? m_time.seconds(*profile->seen) : QString();
        case Source:
            return sourceName(profile->source);
        default:
            return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return singleLine(value());
    case Qt::ToolTipRole:
        return toolTip(singleLine(value()));
    case RawValueRole:
    case CopyRole:
        return value();
    default:
        return {};
    }
}

QVariant ProfileTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Login:
        return m_kind == store::ProfileKind::User ? tr("Login") : tr("Serial number");
    case Status:
        return tr("Status");
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
