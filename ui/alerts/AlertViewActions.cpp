// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What AlertView does with the alerts that are chosen.
#include "exchange/AlertExport.h"
#include "ui/alerts/AlertPane.h"
#include "ui/alerts/AlertView.h"
#include "ui/alerts/SuppressDialog.h"
#include "ui/alerts/SuppressionsDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QTreeView>
#include <QtConcurrentRun>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::AlertState;

QAction *AlertView::addAction(
    QStringView iconName, const QString &text, const QKeySequence &key, void (AlertView::*what)())
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString title = QString(text).remove(u'&');
    action->setToolTip(
        ui::toolTip(key.isEmpty() ? title : title + u" ("_s + key.toString(QKeySequence::NativeText) + u')'));
    connect(action, &QAction::triggered, this, what);
    QWidget::addAction(action);
    return action;
}

void AlertView::makeActions()
{
    m_actions.acknowledge
        = addAction(u"acknowledged", tr("&Acknowledge"), QKeySequence(u"Ctrl+Shift+A"_s), &AlertView::acknowledge);
    m_actions.resolve = addAction(u"check", tr("&Resolve"), QKeySequence(u"Ctrl+Shift+R"_s), &AlertView::resolve);
    m_actions.falsePositive
        = addAction(u"cross", tr("&False positive"), QKeySequence(u"Ctrl+Shift+F"_s), &AlertView::markFalsePositive);
    m_actions.reopen = addAction(u"circle", tr("Re&open"), QKeySequence(u"Ctrl+Shift+O"_s), &AlertView::reopen);
    m_actions.assign = addAction(u"user", tr("Assi&gn\u2026"), QKeySequence(u"Ctrl+Shift+G"_s), &AlertView::assign);
    m_actions.note = addAction(u"edit", tr("Write a &note"), QKeySequence(u"Ctrl+Shift+N"_s), &AlertView::writeNote);
    m_actions.suppress
        = addAction(u"eye-off", tr("&Suppress\u2026"), QKeySequence(u"Ctrl+Shift+S"_s), &AlertView::suppress);
    m_actions.showEvents
        = addAction(u"events", tr("Show its &events"), QKeySequence(u"Ctrl+Shift+E"_s), &AlertView::showEvents);
    m_actions.openActor
        = addAction(u"entities", tr("Open the act&or"), QKeySequence(u"Alt+Return"_s), &AlertView::openActor);
    m_actions.openRule
        = addAction(u"detections", tr("Open its ru&le"), QKeySequence(u"Ctrl+Shift+J"_s), &AlertView::openRule);
    m_actions.copy = addAction(u"copy", tr("&Copy"), QKeySequence::Copy, &AlertView::copy);
    m_actions.remove = addAction(u"trash", tr("&Delete"), QKeySequence::Delete, &AlertView::remove);
    m_actions.undo = addAction(u"undo", tr("&Undo"), QKeySequence::Undo, &AlertView::undo);
    m_actions.suppressions = addAction(u"eye-off", tr("S&uppressions\u2026"), {}, &AlertView::showSuppressions);
    m_actions.exportAlerts = addAction(u"export", tr("E&xport alerts\u2026"), {}, &AlertView::askForExport);
    m_actions.undo->setEnabled(false);
}

void AlertView::openActor()
{
    const store::Alert *alert = m_model->alert(m_table->currentIndex());
    if (alert && !alert->actor.isEmpty()) {
        Q_EMIT entityRequested(store::Entity::actor(alert->actor.toStdString()));
    }
}

void AlertView::openRule()
{
    if (const store::Alert *alert = m_model->alert(m_table->currentIndex())) {
        Q_EMIT ruleRequested(alert->ruleId);
    }
}

std::vector<store::AlertId> AlertView::selectedIds() const
{
    std::vector<store::AlertId> ids;
    std::set<store::AlertId> known;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        for (const store::AlertId id : m_model->ids(index)) {
            if (known.insert(id).second) {
                ids.push_back(id);
            }
        }
    }
    return ids;
}

void AlertView::updateActions()
{
    const std::vector<store::AlertId> ids = selectedIds();
    bool has[store::alertStates] = {};
    for (const store::AlertId id : ids) {
        if (const store::Alert *alert = m_model->alert(m_model->indexOf(id))) {
            has[static_cast<int>(alert->state)] = true;
        }
    }
    const auto other = [&](AlertState state) {
        for (int i = 0; i < store::alertStates; ++i) {
            if (has[i] && i != static_cast<int>(state)) {
                return true;
            }
        }
        return false;
    };
    m_actions.acknowledge->setEnabled(
        has[static_cast<int>(AlertState::Open)] || has[static_cast<int>(AlertState::Recorded)]);
    m_actions.resolve->setEnabled(other(AlertState::Resolved));
    m_actions.falsePositive->setEnabled(other(AlertState::FalsePositive));
    m_actions.reopen->setEnabled(other(AlertState::Open));
    for (QAction *action : {m_actions.assign, m_actions.copy, m_actions.remove}) {
        action->setEnabled(!ids.empty());
    }
    const bool one = currentAlert() != 0;
    m_actions.note->setEnabled(one);
    const store::Alert *shown = m_model->alert(m_table->currentIndex());
    m_actions.openActor->setEnabled(shown && !shown->actor.isEmpty());
    m_actions.openRule->setEnabled(one);
    m_actions.suppress->setEnabled(one);
    const auto &details = m_pane->details();
    m_actions.showEvents->setEnabled(one && details && details->alert.id == currentAlert() && !details->seqs.empty());
}

void AlertView::showMenu(const QPoint &position)
{
    if (selectedIds().empty()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_actions.showEvents);
    menu->addAction(m_actions.openActor);
    menu->addAction(m_actions.openRule);
    menu->addSeparator();
    menu->addActions({m_actions.acknowledge, m_actions.resolve, m_actions.falsePositive, m_actions.reopen});
    menu->addSeparator();
    menu->addActions({m_actions.assign, m_actions.note, m_actions.suppress});
    menu->addSeparator();
    menu->addActions({m_actions.copy, m_actions.remove});
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void AlertView::say(Tone tone, const QString &sentence, bool canUndo)
{
    m_undoHere->setVisible(canUndo);
    m_banner->setMessage(tone, sentence);
    m_banner->show();
}

void AlertView::tell(const QString &sentence)
{
    say(Tone::Bad, sentence, false);
}

void AlertView::tellUndo(const QString &sentence, const store::AlertUndo &undo)
{
    if (undo.before.empty()) {
        return;
    }
    m_undo = undo;
    m_suppressed = 0;
    m_actions.undo->setEnabled(true);
    say(Tone::Good, sentence, true);
}

void AlertView::setState(AlertState state, const QString &one, const QString &many)
{
    whenFinished(
        m_alerts.setState(selectedIds(), state), this, [this, one, many](const event::Result<store::AlertUndo> &undo) {
            if (!undo) {
                tell(undo.error().sentence);
                return;
            }
            const auto count = static_cast<qint64>(undo->before.size());
            tellUndo(count == 1 ? one : many.arg(QLocale().toString(count)), *undo);
        });
}

void AlertView::acknowledge()
{
    setState(AlertState::Acknowledged, tr("1 alert is acknowledged."), tr("%1 alerts are acknowledged."));
}

void AlertView::resolve()
{
    setState(AlertState::Resolved, tr("1 alert is resolved."), tr("%1 alerts are resolved."));
}

void AlertView::markFalsePositive()
{
    setState(AlertState::FalsePositive, tr("1 alert is a false positive."), tr("%1 alerts are false positives."));
}

void AlertView::reopen()
{
    setState(AlertState::Open, tr("1 alert is open again."), tr("%1 alerts are open again."));
}

void AlertView::assign()
{
    const std::vector<store::AlertId> ids = selectedIds();
    if (ids.empty()) {
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Assign"));
    dialog->setLabelText(ids.size() == 1 ? tr("Who looks after this alert? Empty for nobody.")
                                         : tr("Who looks after these %1 alerts? Empty for nobody.").arg(ids.size()));
    if (const store::Alert *alert = m_model->alert(m_table->currentIndex())) {
        dialog->setTextValue(alert->assignee);
    }
    connect(dialog, &QInputDialog::textValueSelected, this, [this, ids](const QString &text) {
        const QString name = text.simplified().left(200);
        whenFinished(m_alerts.setAssignee(ids, name), this, [this, name](const event::Result<store::AlertUndo> &undo) {
            if (!undo) {
                tell(undo.error().sentence);
                return;
            }
            m_table->header()->showSection(AlertModel::Assignee); // it is hidden until it tells something
            const QString count = QLocale().toString(static_cast<qint64>(undo->before.size()));
            const bool single = undo->before.size() == 1;
            tellUndo(name.isEmpty() ? (single ? tr("1 alert is assigned to nobody.")
                                              : tr("%1 alerts are assigned to nobody.").arg(count))
                    : single        ? tr("1 alert is assigned to %1.").arg(singleLine(name, 100))
                                    : tr("%1 alerts are assigned to %2.").arg(count, singleLine(name, 100)),
                *undo);
        });
    });
    dialog->open();
}

void AlertView::writeNote()
{
    m_pane->writeNote();
}

void AlertView::suppress()
{
    const store::Alert *alert = m_model->alert(m_table->currentIndex());
    if (!alert) {
        return;
    }
    const auto &details = m_pane->details();
    const bool isShown = details && details->alert.id == alert->id;
    auto *dialog = new SuppressDialog(m_alerts, isShown ? details->alert : *alert, this);
    connect(dialog, &SuppressDialog::stored, this, [this](const store::Suppression &suppression) {
        say(Tone::Good,
            suppression.until ? tr("Suppressed until %1.").arg(m_time.seconds(*suppression.until))
                              : tr("Suppressed for good."),
            true);
        m_undo = {};
        m_suppressed = suppression.id;
        m_actions.undo->setEnabled(true);
    });
    dialog->open();
}

void AlertView::showEvents()
{
    const auto &details = m_pane->details();
    if (details && details->alert.id == currentAlert() && !details->seqs.empty()) {
        Q_EMIT eventsRequested(details->alert.id, details->alert.title, AlertPane::eventFilter(*details));
    }
}

/// Lines of the table's shown columns, with tabs between them.
void AlertView::copy()
{
    QStringList lines;
    const QHeaderView *header = m_table->header();
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int visual = 0; visual < header->count(); ++visual) {
            if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column)) {
                cells << index.siblingAtColumn(column).data().toString();
            }
        }
        lines << cells.join(u'\t');
    }
    if (!lines.isEmpty()) {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    }
}

void AlertView::remove()
{
    whenFinished(m_alerts.remove(selectedIds()), this, [this](const event::Result<store::AlertUndo> &undo) {
        if (!undo) {
            tell(undo.error().sentence);
            return;
        }
        const auto count = static_cast<qint64>(undo->before.size());
        tellUndo(count == 1 ? tr("1 alert is deleted. Its events stay.")
                            : tr("%1 alerts are deleted. Their events stay.").arg(QLocale().toString(count)),
            *undo);
    });
}

void AlertView::undo()
{
    if (m_undo.before.empty() && m_suppressed == 0) {
        return;
    }
    const auto undone = m_suppressed != 0 ? m_alerts.removeSuppression(std::exchange(m_suppressed, 0))
                                          : m_alerts.undo(std::exchange(m_undo, {}));
    whenFinished(undone, this, [this](const event::Status &status) {
        if (!status) {
            tell(status.error().sentence);
            return;
        }
        m_banner->hide();
    });
    m_tableWantsFocus = true; // not wherever the focus falls when the button goes
    showState();
    m_actions.undo->setEnabled(false);
}

void AlertView::showSuppressions()
{
    (new SuppressionsDialog(m_alerts, m_time, this))->open(); // deletes itself when closed
}

void AlertView::askForExport()
{
    auto *dialog = new QFileDialog(this, tr("Export alerts"), QString(),
        tr("CSV: a table for spreadsheets (*.csv);;JSON, with descriptions and context (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains("*.json"_L1) ? u"json"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &AlertView::exportTo);
    dialog->open();
}

void AlertView::exportTo(const QString &file)
{
    std::vector<store::AlertId> ids;
    QHash<store::SourceId, QString> sources;
    for (const store::Alert &alert : m_model->all()) {
        ids.push_back(alert.id);
        sources.insert(alert.source, m_model->sourceName(alert.source));
    }
    const auto format
        = file.endsWith(".json"_L1, Qt::CaseInsensitive) ? exchange::AlertFormat::Json : exchange::AlertFormat::Csv;
    whenFinished(m_alerts.alerts(std::move(ids)), this,
        [this, file, format, sources](event::Result<std::vector<store::Alert>> alerts) {
            if (!alerts) {
                tell(alerts.error().sentence);
                return;
            }
            const auto count = static_cast<qint64>(alerts->size());
            whenFinished(QtConcurrent::run([alerts = std::move(*alerts), sources, format, file] {
                return exchange::exportAlerts(alerts, sources, format, file);
            }),
                this, [this, file, count](const event::Status &status) {
                    if (!status) {
                        tell(status.error().sentence);
                        return;
                    }
                    say(Tone::Good,
                        count == 1 ? tr("1 alert was written to %1.").arg(QFileInfo(file).fileName())
                                   : tr("%1 alerts were written to %2.")
                                         .arg(QLocale().toString(count), QFileInfo(file).fileName()),
                        false);
                });
        });
}

} // namespace octotrail::ui
