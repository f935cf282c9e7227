// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FieldCounts.h"

#include "event/FieldCatalogue.h"
#include "ui/widgets/WhenFinished.h"

#include <QTimer>
#include <algorithm>
#include <chrono>

namespace octotrail::ui {

namespace {

constexpr qint64 maxAge = 60'000; ///< milliseconds
/// So that a window that opens first shows its rows. Who completes something before that does not wait for it.
constexpr std::chrono::seconds notAtOnce{1};
constexpr qsizetype longestPath = 120; ///< a longer one is nothing to be picked from a list

/// A path as the language writes it; empty for one that is not to be shown.
QString writtenPath(const std::string &path)
{
    const std::size_t prefix = event::debugDataPrefix.size();
    if (!path.starts_with(event::debugDataPrefix)) {
        return QString::fromStdString(path);
    }
    const QString written = QString::fromStdString(
        filter::pathText(event::FieldPath({"debugContext", "debugData", path.substr(prefix)})));
    const bool isPlain = std::ranges::all_of(written, [](QChar c) { return c.isPrint(); });
    return isPlain && path.size() > prefix && written.size() <= longestPath ? written : QString();
}

} // namespace

FieldCounts::FieldCounts(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
    QTimer::singleShot(notAtOnce, this, &FieldCounts::refresh);
}

void FieldCounts::refresh()
{
    if (m_isReading || (m_age.isValid() && m_age.elapsed() < maxAge && m_events > 0)) {
        return;
    }
    m_isReading = true;
    whenFinished(
        store::FieldCensus(*m_store).fields(), this, [this](const event::Result<store::FieldCensus::Census> &census) {
            m_isReading = false;
            m_age.start();
            if (!census) {
                return; // a completion is nobody's work: there is none, then
            }
            m_counts.clear();
            m_further.clear();
            m_events = census->events;
            for (const store::FieldCensus::Occurrence &field : census->fields) {
                const QString path = writtenPath(field.path);
                m_counts.insert(path, field.events);
                const bool isKnown = event::fieldByPath(field.path) || !field.path.starts_with(event::debugDataPrefix);
                if (!isKnown && !path.isEmpty()) {
                    m_further << path;
                }
            }
            Q_EMIT changed();
        });
}

std::optional<int> FieldCounts::percent(const QString &path) const
{
    const auto found = m_counts.constFind(path);
    if (m_events == 0 || found == m_counts.constEnd()) {
        return std::nullopt;
    }
    // What is there at all is not nothing, and what is missing at all is not all.
    const qint64 rounded = (*found * 100 + m_events / 2) / m_events;
    return static_cast<int>(*found == 0 ? 0 : *found == m_events ? 100 : std::clamp<qint64>(rounded, 1, 99));
}

} // namespace octotrail::ui
