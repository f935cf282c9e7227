// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventTools.h"

#include "filter/ProfilePath.h"
#include "ui/annotations/AnnotationPanel.h"
#include "ui/annotations/NoteDialog.h"
#include "ui/annotations/TagDialog.h"
#include "ui/details/DifferenceDialog.h"
#include "ui/details/HoverCard.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FindBar.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/layouts/ColorRulesDialog.h"
#include "ui/layouts/ColumnChooser.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::Seq;

EventTools::EventTools(std::shared_ptr<store::Store> store, EventView &view)
    : QObject(&view)
    , m_store(std::move(store))
    , m_view(view)
    , m_book(m_store)
    , m_annotator(m_book, m_undo)
    , m_colors(m_store)
    , m_shelf(m_store, *view.table(), m_colors, m_undo, &view)
    , m_finder(m_store, view.model().result())
    , m_alike(m_store, view.model().result())
    , m_findBar(new FindBar(FindBar::Kind::Typed, &view))
    , m_alikeBar(new FindBar(FindBar::Kind::Told, &view))
    , m_panel(new AnnotationPanel(m_store, m_book, m_annotator, &view))
    , m_card(new HoverCard(m_store, *view.table()))
{
    m_undo.setUndoLimit(200);
    m_panel->hide();
    makeActions();
    makeFindActions();
    connectParts();
    m_view.model().setBeside({&m_book, &m_colors, &m_finder, &m_alike});
}

EventTools::~EventTools()
{
    m_view.model().setBeside({});
}

void EventTools::makeActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key) {
        auto *action = new QAction(text, this);
        if (!iconName.isEmpty()) {
            action->setIcon(icon(iconName));
        }
        action->setShortcut(key);
        return action;
    };
    // Single letters belong to the table: elsewhere they are typed.
    const auto onTable = [this, make](const QString &text, QStringView iconName, const QKeySequence &key) {
        QAction *action = make(text, iconName, key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_view.table()->addAction(action);
        return action;
    };
    m_actions.undo = m_undo.createUndoAction(this, tr("Undo"));
    m_actions.redo = m_undo.createRedoAction(this, tr("Redo"));
    m_actions.undo->setIcon(icon(u"undo"));
    m_actions.undo->setShortcut(QKeySequence::Undo);
    m_actions.redo->setShortcut(QKeySequence(u"Ctrl+Shift+Z"_s));
    for (QAction *action : {m_actions.undo, m_actions.redo}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_view.addAction(action);
    }
    m_actions.bookmark = onTable(tr("&Bookmark"), u"bookmark", QKeySequence(Qt::Key_B));
    m_actions.tag = onTable(tr("&Tag\u2026"), u"tag", QKeySequence(Qt::Key_T));
    m_actions.note = onTable(tr("Write a &note\u2026"), u"note", QKeySequence(Qt::Key_N));
    m_actions.clearMarks = onTable(tr("Take all ma&rks away"), u"trash", QKeySequence(u"Shift+Delete"_s));
    m_actions.panel = make(tr("&List of marked events"), u"bookmark", QKeySequence(u"Ctrl+M"_s));
    m_actions.panel->setCheckable(true);
    m_actions.showBookmarked = make(tr("Show &bookmarked events only"), u"filter", {});
    m_actions.showTagged = make(tr("Show &tagged events only"), {}, {});
    m_actions.showNoted = make(tr("Show events with a &note only"), {}, {});
    m_actions.copyMarkdown = make(tr("Copy rows as &Markdown"), {}, QKeySequence(u"Ctrl+Alt+M"_s));
    m_actions.compare = onTable(tr("&Compare two events\u2026"), u"compare", QKeySequence(Qt::Key_C));
    m_actions.card = onTable(tr("Show who t&his is"), u"info", QKeySequence(Qt::Key_I));
    connect(m_actions.card, &QAction::triggered, m_card, &HoverCard::showForCurrent);
    connect(m_actions.compare, &QAction::triggered, this, &EventTools::compareTwo);
    m_actions.columns = make(tr("&Choose columns\u2026"), u"columns", QKeySequence(u"Ctrl+Shift+H"_s));
    m_actions.colorRules = make(tr("Colour &rules\u2026"), u"colors", QKeySequence(u"Ctrl+Shift+U"_s));
    m_actions.colorRuleOfFilter = make(tr("Colour what the &filter finds\u2026"), {}, {});
    m_actions.compact = make(tr("&Compact rows"), {}, {});
    m_actions.normal = make(tr("&Normal rows"), {}, {});
    m_actions.comfortable = make(tr("Co&mfortable rows, targets on two lines"), {}, {});

    connect(m_actions.bookmark, &QAction::triggered, this, [this] { m_annotator.toggleBookmark(chosen()); });
    connect(m_actions.tag, &QAction::triggered, this, &EventTools::askForTags);
    connect(m_actions.note, &QAction::triggered, this, &EventTools::askForNote);
    connect(m_actions.clearMarks, &QAction::triggered, this, [this] { m_annotator.clear(chosen()); });
    connect(m_actions.panel, &QAction::toggled, m_panel, &QWidget::setVisible);
    for (const auto &[action, filter] : {std::pair(m_actions.showBookmarked, "annotation.bookmarked eq true"),
             std::pair(m_actions.showTagged, "annotation.tag pr"),
             std::pair(m_actions.showNoted, "annotation.note pr")}) {
        connect(action, &QAction::triggered, this, [this, text = QString::fromLatin1(filter)] { m_view.narrow(text); });
    }
    connect(m_actions.copyMarkdown, &QAction::triggered, &m_view, &EventView::copyMarkdown);
    connect(m_actions.columns, &QAction::triggered, this, [this] {
        auto *dialog = new ColumnChooser(m_view.table()->layoutOfColumns(), &m_view);
        connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_shelf.arrange(dialog->layout(), tr("Choose columns")); });
        dialog->open();
    });
    connect(m_view.table(), &EventTable::chooserRequested, m_actions.columns, &QAction::trigger);
    connect(m_actions.colorRules, &QAction::triggered, &m_shelf, &LayoutShelf::askForRules);
    connect(m_actions.colorRuleOfFilter, &QAction::triggered, this, [this] {
        auto *dialog = new ColorRulesDialog(m_colors.rules(), &m_view);
        dialog->addRule(m_view.filterBar()->filter().trimmed());
        connect(dialog, &QDialog::accepted, this, [this, dialog] { m_shelf.setRules(dialog->rules()); });
        dialog->open();
    });
    auto *density = new QActionGroup(this);
    for (const auto &[action, value] : {std::pair(m_actions.compact, Density::Compact),
             std::pair(m_actions.normal, Density::Normal), std::pair(m_actions.comfortable, Density::Comfortable)}) {
        action->setCheckable(true);
        density->addAction(action);
        connect(action, &QAction::triggered, this, [this, value] { m_view.table()->setDensity(value); });
    }
}

QMenu *EventTools::makeDensityMenu(QWidget *parent)
{
    auto *menu = new QMenu(tr("Row &height"), parent);
    menu->addActions({m_actions.compact, m_actions.normal, m_actions.comfortable});
    connect(menu, &QMenu::aboutToShow, this, [this] {
        const Density density = m_view.table()->density();
        m_actions.compact->setChecked(density == Density::Compact);
        m_actions.normal->setChecked(density == Density::Normal);
        m_actions.comfortable->setChecked(density == Density::Comfortable);
    });
    return menu;
}

void EventTools::connectParts()
{
    EventTableModel &model = m_view.model();
    DetailsPane *details = m_view.details();
    details->setAnnotations(m_book);
    connect(details, &DetailsPane::columnRequested, m_view.table(), &EventTable::addColumn);
    connect(details, &DetailsPane::narrowRequested, &m_view, &EventView::narrow);
    connect(details, &DetailsPane::eventRequested, this, &EventTools::showEvent);
    connect(details, &DetailsPane::groupRequested, this,
        [this](const QString &filter, const event::TimeRange &range) { showInstead(filter, range); });
    connect(&m_book, &AnnotationBook::changed, this, [this, &model] {
        model.updateBeside();
        m_colors.forget();
        const QStringList &paths = model.pathColumns();
        if (std::ranges::any_of(paths, [](const QString &path) { return path.startsWith(u"annotation."_s); })) {
            model.reloadCells();
        }
        if (filter::usesAnnotations(model.result().query().expression)) {
            model.result().refresh();
        }
    });
    connect(&m_colors, &RowColors::changed, &model, &EventTableModel::updateBeside);
    connect(&m_finder, &ResultFinder::changed, &model, &EventTableModel::updateBeside);
    connect(&m_alike, &ResultFinder::changed, &model, &EventTableModel::updateBeside);
    connect(&m_book, &AnnotationBook::failed, this, &EventTools::problemOccurred);
    connect(&m_annotator, &Annotator::failed, this, &EventTools::problemOccurred);
    connect(&m_annotator, &Annotator::changed, this, &EventTools::told);
    connect(&m_colors, &RowColors::failed, this, &EventTools::problemOccurred);
    connect(&m_shelf, &LayoutShelf::failed, this, &EventTools::problemOccurred);
    connect(&m_shelf, &LayoutShelf::told, this, &EventTools::told);
    connect(&m_panel->model(), &AnnotationModel::failed, this, &EventTools::problemOccurred);
    connect(m_panel, &AnnotationPanel::eventRequested, this, &EventTools::showEvent);
    connect(m_panel, &AnnotationPanel::closeRequested, this, [this] { m_actions.panel->setChecked(false); });
    connect(
        m_panel, &AnnotationPanel::filterRequested, this, [this](const QString &filter) { showInstead(filter, {}); });
    connect(&model.result(), &EventResult::stateChanged, this, [this, &model] {
        if (m_pending && model.result().state() == EventResult::State::Complete) {
            if (const auto row = model.rowOf(*std::exchange(m_pending, std::nullopt))) {
                m_view.table()->goToRow(*row);
            }
        }
    });
}

std::vector<Seq> EventTools::chosen()
{
    std::vector<Seq> seqs = m_view.chosenEvents();
    if (seqs.size() > store::Annotations::mostAtOnce) {
        Q_EMIT problemOccurred(
            tr("%1 are too many to mark at once; %2 are the most. A saved search keeps them together "
               "without marks.")
                .arg(eventsInWords(seqs.size()), QLocale().toString(qulonglong{store::Annotations::mostAtOnce})));
        return {};
    }
    return seqs;
}

void EventTools::askForTags()
{
    const std::vector<Seq> seqs = chosen();
    if (seqs.empty()) {
        return;
    }
    auto *dialog = new TagDialog(m_book, seqs, &m_view);
    connect(dialog, &QDialog::accepted, this,
        [this, dialog, seqs] { m_annotator.setTags(seqs, dialog->added(), dialog->removed()); });
    dialog->open();
}

void EventTools::askForNote()
{
    const std::vector<Seq> seqs = chosen();
    if (seqs.empty()) {
        return;
    }
    auto *dialog = new NoteDialog(m_book, seqs, &m_view);
    connect(dialog, &QDialog::accepted, this, [this, dialog, seqs] { m_annotator.setNote(seqs, dialog->note()); });
    dialog->open();
}

void EventTools::showEvent(Seq seq, const QString &uuid)
{
    const auto row = seq > 0 ? m_view.model().rowOf(seq) : std::nullopt;
    if (row) {
        m_view.table()->goToRow(*row);
        m_view.table()->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (seq == 0) {
        Q_EMIT problemOccurred(
            tr("This event is not in this case: its source was removed, or its archive is not here."));
        return;
    }
    if (!uuid.isEmpty()) {
        goToEvent(seq, uuid);
        return;
    }
    whenFinished(
        m_store->rows({seq}, {"uuid"}), this, [this, seq](const event::Result<std::vector<store::EventRow>> &rows) {
            if (!rows || rows->empty()) {
                Q_EMIT problemOccurred(rows ? tr("This event is not in this case any more.") : rows.error().sentence);
                return;
            }
            goToEvent(seq, rows->front().cells.front());
        });
}

void EventTools::goToEvent(Seq seq, const QString &uuid)
{
    m_pending = seq;
    showInstead(QString::fromStdString(filter::comparisonText("uuid", filter::Operator::Eq, uuid.toStdString())), {});
}

/// Another result, in one step, so that one step back leads to what was shown.
void EventTools::showInstead(const QString &filter, const event::TimeRange &range)
{
    BarState state = m_view.filterBar()->state();
    state.filter = filter;
    state.disabled.clear();
    state.sources.clear();
    const bool isAll = !range.since && !range.until;
    state.time = {};
    state.time.preset = isAll ? TimeRangeChoice::Preset::All : TimeRangeChoice::Preset::Custom;
    state.time.range = range;
    m_view.filterBar()->setState(state);
}

void EventTools::compareTwo()
{
    const std::vector<Seq> seqs = chosen();
    if (seqs.size() != 2) {
        Q_EMIT problemOccurred(tr("Choose two events to compare: click one, then the other with Ctrl held down."));
        return;
    }
    auto *dialog = new DifferenceDialog(m_store, seqs.back(), seqs.front(), m_view.model().timeDisplay(), &m_view);
    connect(dialog, &DifferenceDialog::columnRequested, m_view.table(), &EventTable::addColumn);
    dialog->open();
}

} // namespace octotrail::ui
