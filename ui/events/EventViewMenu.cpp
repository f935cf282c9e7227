// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's menu of a cell and its clipboard.
#include "ui/events/CellMenu.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/style/Icons.h"
#include "ui/transfer/TransferJob.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QHeaderView>
#include <algorithm>

namespace octotrail::ui {

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
        addEntities(*menu, index.column(), *event);
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

void EventView::narrowToSource(const QString &name, bool exclude)
{
    SourceChoice *choice = m_bar->sources();
    const std::vector<store::SourceId> before = choice->chosen();
    std::vector<store::SourceId> chosen;
    for (const store::SourceConfig &source : choice->sources()) {
        const bool shown = before.empty() || std::ranges::find(before, source.id) != before.end();
        if (shown && (source.name == name) != exclude) {
            chosen.push_back(source.id);
        }
    }
    if (chosen.empty()) {
        Q_EMIT noteArose(tr("No source is left to choose: the filter stays as it is."));
        return;
    }
    choice->setChosen(chosen);
    Q_EMIT choice->changed();
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

std::vector<store::Seq> EventView::chosenEvents() const
{
    // Ranges, not indexes: everything may be selected.
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        ranges.emplace_back(range.top(), range.bottom());
    }
    if (ranges.empty() && m_table->currentIndex().isValid()) {
        ranges.emplace_back(m_table->currentIndex().row(), m_table->currentIndex().row());
    }
    std::ranges::sort(ranges);
    std::vector<store::Seq> seqs;
    int next = 0;
    for (const auto &[first, last] : ranges) {
        if (const int from = std::max(first, next); from <= last) {
            const auto part = m_model.result().rows().slice(from, last);
            seqs.insert(seqs.end(), part.begin(), part.end());
            next = last + 1;
        }
    }
    return seqs;
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
    if (std::vector<store::Seq> seqs = chosenEvents(); seqs.size() > 1) {
        copyRows(RowCopy::Form::Text, std::move(seqs));
        return;
    }
    m_table->whenCurrentIsRead([](const QModelIndex &cell) {
        QGuiApplication::clipboard()->setText(cell.data(EventTableModel::CopyRole).toString());
    });
}

void EventView::copyMarkdown()
{
    copyRows(RowCopy::Form::Markdown, chosenEvents());
}

void EventView::copyRows(RowCopy::Form form, std::vector<store::Seq> seqs)
{
    if (seqs.empty()) {
        return;
    }
    RowCopy copy;
    copy.form = form;
    copy.seqs = std::move(seqs);
    copy.text = m_model.text();
    copy.paths = m_model.cellPaths();
    copy.columns = shownColumns();
    for (const int column : copy.columns) {
        const ColumnInfo info = m_model.column(column);
        const QString path = !info.sortPath.empty() ? QString::fromStdString(info.sortPath) : info.path;
        copy.heads << (form == RowCopy::Form::Markdown ? m_model.headerData(column, Qt::Horizontal).toString()
                : path.isEmpty()                       ? info.key
                                                       : path);
    }
    if (copy.columns.contains(static_cast<int>(EventColumn::Marks))) {
        for (const store::Annotation &annotation : m_tools->book().all()) {
            copy.annotations.emplace(annotation.seq, annotation);
        }
    }
    if (m_copying) {
        m_copying->cancel(); // what is copied last counts
        m_copying->disconnect(this);
    }
    auto *job = TransferJob::copyRows(m_store, std::move(copy), this);
    m_copying = job;
    connect(job, &TransferJob::finished, this, [](const TransferJob::Outcome &outcome) {
        if (outcome.kind == TransferJob::Outcome::Kind::Done) {
            QGuiApplication::clipboard()->setText(outcome.text);
        }
    });
    Q_EMIT jobStarted(job);
}

} // namespace octotrail::ui
