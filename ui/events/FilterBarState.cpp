// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What FilterBar keeps from one start to the next.
#include "ui/events/ChipBar.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/SourceChoice.h"

#include <QMetaEnum>
#include <QSettings>
#include <QSignalBlocker>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void FilterBar::saveState(QSettings &settings) const
{
    settings.setValue("history", m_edit->history().entries());
    settings.setValue("chips", m_showsChips);
}

void FilterBar::restoreState(const QSettings &settings)
{
    m_edit->history().setEntries(settings.value("history").toStringList());
    setShowsChips(settings.value("chips").toBool());
}

void FilterBar::saveQuery(QSettings &settings) const
{
    settings.setValue("filter", m_applied);
    settings.setValue("range",
        QString::fromLatin1(
            QMetaEnum::fromType<TimeRangeChoice::Preset>().valueToKey(static_cast<int>(m_range->preset()))));
    const auto moment = [](const std::optional<event::Timestamp> &time) {
        return time ? QString::fromStdString(event::formatTimestamp(*time)) : QString();
    };
    const TimeRangeChoice::State time = m_range->state();
    settings.setValue("since", moment(time.range.since));
    settings.setValue("until", moment(time.range.until));
    settings.setValue("length", static_cast<qint64>(time.length.count()));
    QStringList off;
    for (const filter::TermList::Disabled &term : m_terms.disabled()) {
        off << u"%1 %2 %3"_s.arg(term.place).arg(term.isWord ? 1 : 0).arg(QString::fromStdString(term.text));
    }
    settings.setValue("switchedOff", off);
    QStringList ids;
    for (const store::SourceId id : m_sources->chosen()) {
        ids << QString::number(id);
    }
    settings.setValue("sources", ids);
}

void FilterBar::restoreQuery(const QSettings &settings)
{
    const QSignalBlocker blocker(this);
    constexpr qint64 longest = qint64{100} * 365 * 86'400;
    BarState state;
    state.time = m_range->state();
    const QByteArray name = settings.value("range").toString().toLatin1();
    bool known = false;
    const int preset = QMetaEnum::fromType<TimeRangeChoice::Preset>().keyToValue(name.constData(), &known);
    if (known) {
        state.time = {static_cast<TimeRangeChoice::Preset>(preset),
            std::chrono::seconds(std::clamp(settings.value("length").toLongLong(), qint64{0}, longest)),
            {event::parseTimestamp(settings.value("since").toString().toStdString()),
                event::parseTimestamp(settings.value("until").toString().toStdString())}};
    }
    for (const QString &term : settings.value("switchedOff").toStringList()) {
        const QString text = term.section(u' ', 2);
        const bool isWord = term.section(u' ', 1, 1) == u"1"_s;
        if (isWord || filter::parse(text.toStdString())) {
            state.disabled.push_back({term.section(u' ', 0, 0).toULongLong(), text.toStdString(), isWord});
        }
    }
    for (const QString &id : settings.value("sources").toStringList()) {
        state.sources.push_back(id.toInt());
    }
    state.filter = settings.value("filter").toString();
    setState(state);
}

} // namespace octotrail::ui
