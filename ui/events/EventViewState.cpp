// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What EventView keeps from one start to the next, and what it shows at first.
#include "ui/annotations/AnnotationPanel.h"
#include "ui/cases/CaseSettings.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimelinePane.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QFuture>
#include <QHeaderView>
#include <QSettings>
#include <QSplitter>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

/// An archive of last year in a new case, or a case that is looked at for the first time: to show the last seven days
/// would be to show nothing.
void EventView::showFirstEvents()
{
    const TimeRangeChoice *range = m_bar->timeRange();
    const auto preset = range->preset();
    if (isFiltered() || preset == TimeRangeChoice::Preset::Custom || preset == TimeRangeChoice::Preset::All) {
        return;
    }
    whenFinished(m_store->count(m_bar->query()), this, [this, range, preset](const event::Result<std::int64_t> &shown) {
        if (!shown || *shown > 0 || isFiltered() || range->preset() != preset) {
            return;
        }
        Q_EMIT noteArose(tr("This case has no events in \u201c%1\u201d: all time is shown.").arg(range->title()));
        m_allTime->trigger();
        Q_EMIT onlyOldEventsFound();
    });
}

void EventView::saveState(QSettings &settings) const
{
    settings.beginGroup("events");
    m_bar->saveState(settings);
    settings.setValue("tableLayout", m_table->saveColumns());
    settings.setValue("layout", m_tools->shelf().currentId());
    settings.setValue("markedEvents", m_tools->actions().panel->isChecked());
    settings.setValue("sortColumn", m_model.column(m_table->horizontalHeader()->sortIndicatorSection()).key);
    settings.setValue("sortDescending", m_table->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder);
    settings.setValue("details", m_actions.details->isChecked());
    settings.setValue("detailsBelow", isDetailsBelow());
    settings.setValue("detailsTab", m_details->currentTab());
    settings.setValue("splitter", m_splitter->saveState());
    settings.setValue("timeline", m_actions.timeline->isChecked());
    settings.setValue("facetRail", m_actions.facets->isChecked());
    settings.setValue("facetSplitter", m_outer->saveState());
    m_timeline->saveState(settings);
    m_facets->saveState(settings);
    settings.endGroup();
    keepCaseGroup(settings, m_store->file());
    settings.beginGroup(caseGroup(m_store->file()));
    m_bar->saveQuery(settings);
    settings.endGroup();
}

void EventView::restoreState(QSettings &settings)
{
    settings.beginGroup("events");
    if (settings.contains("tableLayout")) {
        m_table->restoreColumns(settings.value("tableLayout").toByteArray());
    }
    m_tools->shelf().setCurrentId(settings.value("layout").toString());
    m_tools->actions().panel->setChecked(settings.value("markedEvents", false).toBool());
    if (const auto sorted = m_model.columnOf(settings.value("sortColumn").toString());
        sorted && !m_model.column(*sorted).sortPath.empty()) {
        m_table->horizontalHeader()->setSortIndicator(
            *sorted, settings.value("sortDescending", true).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    setDetailsBelow(settings.value("detailsBelow", isDetailsBelow()).toBool());
    m_actions.details->setChecked(settings.value("details", true).toBool());
    m_details->setCurrentTab(settings.value("detailsTab", 0).toInt());
    if (settings.contains("splitter")) {
        const Qt::Orientation orientation = m_splitter->orientation();
        m_splitter->restoreState(settings.value("splitter").toByteArray());
        m_splitter->setOrientation(orientation);
    }
    m_actions.timeline->setChecked(settings.value("timeline", true).toBool());
    m_actions.facets->setChecked(settings.value("facetRail", true).toBool());
    if (settings.contains("facetSplitter")) {
        m_outer->restoreState(settings.value("facetSplitter").toByteArray());
        m_outer->setOrientation(Qt::Horizontal);
    }
    m_timeline->restoreState(settings);
    m_facets->restoreState(settings);
    m_bar->restoreState(settings);
    settings.endGroup();
    // What was looked for in one case is no question to another one.
    settings.beginGroup(caseGroup(m_store->file()));
    m_isFirstLook = !settings.contains("range");
    m_bar->restoreQuery(settings);
    settings.endGroup();
    applyQuery();
}

} // namespace octotrail::ui
