// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowLoader.h"

#include "ui/models/EventColumns.h"
#include "ui/widgets/WhenFinished.h"

#include <QPointer>
#include <utility>

namespace octotrail::ui {

using store::EventRow;
using store::Seq;

RowLoader::RowLoader(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{ }

void RowLoader::want(std::vector<Seq> shown, std::vector<Seq> around)
{
    m_wanted = std::move(shown);
    m_around = std::move(around);
    if (!m_reading) {
        readWanted();
    }
}

void RowLoader::load(std::vector<Seq> seqs, QObject *context, std::function<void(const event::Status &)> done)
{
    seqs = missing(seqs);
    if (seqs.empty()) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
        return;
    }
    // Kept by this object, told to another one: either may go first.
    whenFinished(m_store->rows(std::move(seqs), paths()), this,
        [this, era = m_era, context = QPointer(context), done = std::move(done)](
            event::Result<std::vector<EventRow>> rows) {
            event::Status status;
            if (!rows) {
                status = tl::unexpected(rows.error());
            } else if (era == m_era) {
                keep(std::move(*rows));
            }
            if (context) {
                done(status);
            }
        });
}

void RowLoader::clear()
{
    ++m_era;
    m_rows.clear();
}

bool RowLoader::setWithProfiles(bool with)
{
    if (with == m_withProfiles) {
        return false;
    }
    m_withProfiles = with;
    clear();
    return true;
}

void RowLoader::setFurtherPaths(std::vector<std::string> paths)
{
    if (paths != m_further) {
        m_further = std::move(paths);
        clear();
    }
}

std::size_t RowLoader::furtherCells() const
{
    return eventCellPaths(m_withProfiles).size();
}

std::vector<std::string> RowLoader::paths() const
{
    std::vector<std::string> all = eventCellPaths(m_withProfiles);
    all.insert(all.end(), m_further.begin(), m_further.end());
    return all;
}

std::vector<Seq> RowLoader::missing(const std::vector<Seq> &seqs) const
{
    std::vector<Seq> result;
    for (const Seq seq : seqs) {
        if (!m_rows.object(seq)) { // also marks the others as used
            result.push_back(seq);
        }
    }
    return result;
}

void RowLoader::keep(std::vector<EventRow> rows)
{
    for (EventRow &row : rows) {
        const Seq seq = row.seq;
        m_rows.insert(seq, new EventRow(std::move(row))); // the cache owns it
    }
}

void RowLoader::readWanted()
{
    std::vector<Seq> seqs = missing(std::exchange(m_wanted, {}));
    if (seqs.empty()) {
        seqs = missing(std::exchange(m_around, {}));
    }
    if (seqs.empty()) {
        return;
    }
    m_reading = true;
    whenFinished(
        m_store->rows(std::move(seqs), paths()), this, [this, era = m_era](event::Result<std::vector<EventRow>> rows) {
            m_reading = false;
            if (!rows) {
                Q_EMIT failed(rows.error());
            } else if (era == m_era) {
                keep(std::move(*rows));
                Q_EMIT loaded();
            }
            readWanted();
        });
}

} // namespace octotrail::ui
