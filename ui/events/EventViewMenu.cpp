// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's menu of a cell and its clipboard.
#include "ui/events/CellMenu.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/RowClipboard.h"
#include "ui/events/SourceChoice.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QHeaderView>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int maxCopiedRows = 10'000;
constexpr int maxCopiedEvents = 1'000;

} // namespace

void EventView::showCellMenu(const QPoint &position)
{
    QModelIndex index = m_table->indexAt(position);
    QPoint place = m_table->viewport()->mapToGlobal(position);
    if (!index.isValid()) {
        // The menu key: the current cell's.
        index = m_table->currentIndex();
        place = m_table->viewport()->mapToGlobal(m_table->visualRect(index).bottomLeft());
    }
    const std::optional<store::Seq> seq = m_model.seqAt(index.row());
    if (!index.isValid() || !seq) {
        return;
    }
    // The row has summaries: whom the event names is in the event.
    whenFinished(m_store->event(*seq), this,
        [this, index = QPersistentModelIndex(index), place](const event::Result<store::StoredEvent> &read) {
            if (index.isValid()) {
                openCellMenu(index, read ? &read->event : nullptr, place);
            }
        });
}

void EventView::openCellMenu(const QModelIndex &index, const event::LogEvent *event, const QPoint &globalPosition)
{
    auto *menu = new CellMenu(m_model, index, event, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (event) {
        for (const auto &target : event->targets()) {
            if (target.type == std::string_view("User") && target.id) {
                const QString id = QString::fromUtf8(target.id->data(), static_cast<qsizetype>(target.id->size()));
                const std::string_view name = target.alternateId.value_or(*target.id);
                const QString shown = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
                connect(menu->addAction(icon(u"user"), tr("Show the profile of %1").arg(actionText(shown))),
                    &QAction::triggered, this, [this, id] { Q_EMIT profileRequested(store::ProfileKind::User, id); });
            }
        }
    }
    if (event) {
        addEntities(*menu, static_cast<EventColumn>(index.column()), *event);
    }
    connect(menu->addAction(icon(u"detections"), tr("New rule from this event…")), &QAction::triggered, this,
        &EventView::requestRule);
    menu->addAction(m_actions.actorProfile);
    menu->addAction(m_actions.deviceProfile);
    menu->addSeparator();
    menu->addMenu(makeAroundMenu(menu));
    menu->addSeparator();
    menu->addAction(m_actions.copy);
    menu->addAction(m_actions.copyCsv);
    menu->addAction(m_actions.copyJson);
    const EventTools::Actions &tools = m_tools->actions();
    menu->addAction(tools.copyMarkdown);
    menu->addSeparator();
    menu->addActions({tools.bookmark, tools.tag, tools.note, tools.compare});
    QMenu *alike = menu->addMenu(icon(u"similar"), tr("Mark all of the same"));
    alike->addActions({tools.alikeTransaction, tools.alikeSession, tools.alikeActor, tools.alikeValue});
    connect(menu, &CellMenu::narrowRequested, this, &EventView::narrow);
    connect(menu, &CellMenu::rangeRequested, this,
        [this](const event::TimeRange &range) { m_bar->timeRange()->setCustomRange(range); });
    connect(menu, &CellMenu::sourceRequested, this, [this](store::SourceId source) {
        m_bar->sources()->setChosen({source});
        Q_EMIT m_bar->sources()->changed();
    });
    menu->popup(globalPosition);
}

void EventView::requestRule()
{
    const std::optional<store::Seq> seq = m_table->currentSeq();
    if (!seq) {
        Q_EMIT problemOccurred(tr("Choose an event first: the rule is made of what it has."));
        return;
    }
    whenFinished(m_store->event(*seq), this, [this](const event::Result<store::StoredEvent> &read) {
        if (read) {
            Q_EMIT ruleRequested(read->event);
        } else {
            Q_EMIT problemOccurred(read.error().sentence);
        }
    });
}

void EventView::requestProfile(store::ProfileKind kind)
{
    const std::optional<store::Seq> seq = m_table->currentSeq();
    if (!seq) {
        return;
    }
    whenFinished(m_store->event(*seq), this, [this, kind](const event::Result<store::StoredEvent> &read) {
        if (!read) {
            Q_EMIT problemOccurred(read.error().sentence);
            return;
        }
        const bool isUser = kind == store::ProfileKind::User;
        const auto field = isUser ? std::optional(event::field::ActorId) : event::fieldByPath("device.id");
        const std::string_view id = read->event.text(*field).value_or(std::string_view());
        if (id.empty()) {
            Q_EMIT problemOccurred(isUser ? tr("This event names no actor.") : tr("This event names no device."));
        } else {
            Q_EMIT profileRequested(kind, QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())));
        }
    });
}

QList<int> EventView::selectedRows() const
{
    QList<int> rows;
    // Ranges, not indexes: everything may be selected.
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && rows.size() <= maxCopiedRows; ++row) {
            rows << row;
        }
    }
    if (rows.isEmpty() && m_table->currentIndex().isValid()) {
        rows << m_table->currentIndex().row();
    }
    std::ranges::sort(rows);
    const auto tail = std::ranges::unique(rows);
    rows.erase(tail.begin(), tail.end());
    return rows;
}

QList<int> EventView::shownColumns() const
{
    QList<int> columns;
    const QHeaderView *header = m_table->horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int logical = header->logicalIndex(visual); !header->isSectionHidden(logical)) {
            columns << logical;
        }
    }
    return columns;
}

std::vector<std::string> EventView::shownPaths() const
{
    std::vector<std::string> paths;
    bool marks = false;
    for (const int column : shownColumns()) {
        if (column == static_cast<int>(EventColumn::Location)) {
            paths.insert(paths.end(), {"client.geographicalContext.city", "client.geographicalContext.country"});
        } else if (column == static_cast<int>(EventColumn::Marks)) {
            marks = !m_tools->book().all().empty();
        } else {
            const ColumnInfo info = m_model.column(column);
            paths.push_back(info.sortPath.empty() ? info.path.toStdString() : info.sortPath);
        }
    }
    if (marks) {
        paths.insert(paths.end(), {"annotation.bookmarked", "annotation.tag", "annotation.note"});
    }
    return paths;
}

void EventView::copyValue()
{
    if (selectedRows().size() > 1) {
        copyRows(rowsAsText);
        return;
    }
    const QVariant value = m_table->currentIndex().data(EventTableModel::CopyRole);
    QGuiApplication::clipboard()->setText(value.toString());
}

void EventView::copyMarkdown()
{
    copyRows(rowsAsMarkdown);
}

void EventView::copyRows(RowsAsText asText)
{
    QList<int> rows = selectedRows();
    if (rows.size() > maxCopiedRows) {
        Q_EMIT problemOccurred(
            tr("Only the first %1 of the chosen rows were copied. Export takes any number.").arg(maxCopiedRows));
        rows.resize(maxCopiedRows);
    }
    m_model.loadRows(rows, this, [this, asText](const QList<int> &loaded) {
        QGuiApplication::clipboard()->setText(asText(m_model, loaded, shownColumns()));
    });
}

void EventView::copyJson()
{
    QList<int> rows = selectedRows();
    if (rows.size() > maxCopiedEvents) {
        Q_EMIT problemOccurred(
            tr("Only the first %1 of the chosen events were copied. Export takes any number.").arg(maxCopiedEvents));
        rows.resize(maxCopiedEvents);
    }
    QList<QFuture<event::Result<store::StoredEvent>>> readings;
    for (const int row : rows) {
        if (const auto seq = m_model.seqAt(row)) {
            readings << m_store->event(*seq);
        }
    }
    if (readings.isEmpty()) {
        return;
    }
    whenFinished(QtFuture::whenAll(readings.begin(), readings.end()), this,
        [](const QList<QFuture<event::Result<store::StoredEvent>>> &done) {
            QString text;
            for (const auto &reading : done) {
                const auto result = reading.result();
                if (result) {
                    const std::string &bytes = result->event.bytes();
                    text += QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())) + u'\n';
                }
            }
            QGuiApplication::clipboard()->setText(text);
        });
}

} // namespace octotrail::ui
