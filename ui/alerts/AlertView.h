// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "store/Entity.h"
#include "store/Store.h"
#include "ui/alerts/AlertModel.h"
#include "ui/style/Tones.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <set>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace octotrail::ui {

class AlertPane;
class Banner;
class StatePage;

/// The alerts: which, a table of them, what can be done with those that are chosen, and one of them in full.
class AlertView : public QWidget
{
    Q_OBJECT

public:
    AlertView(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent = nullptr);
    ~AlertView() override;

    AlertModel *model() const { return m_model; }
    QTreeView *table() const { return m_table; }
    AlertPane *pane() const { return m_pane; }

    struct Actions
    {
        QAction *acknowledge;
        QAction *resolve;
        QAction *falsePositive;
        QAction *reopen;
        QAction *assign;
        QAction *note;
        QAction *suppress;
        QAction *showEvents;
        QAction *openActor;
        QAction *openRule;
        QAction *copy;
        QAction *remove;
        QAction *undo;
        QAction *suppressions;
        QAction *exportAlerts;
    };
    const Actions &actions() const { return m_actions; }

    void focusFilter();
    /// Shows alerts of every state with these words.
    void search(const QString &words);
    /// Shows the alert, whatever the filter was.
    void showAlert(store::AlertId id);
    /// The one that the details show; 0 for none.
    store::AlertId currentAlert() const;
    void setTimeDisplay(const TimeDisplay &time);
    /// Writes the alerts that are shown, with their texts, to a file.
    void exportTo(const QString &file);

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    /// Open alerts, and the highest severity of them; after each change.
    void openChanged(const octotrail::store::AlertCounts &counts);
    /// Show the events of this alert, which the filter gives.
    void eventsRequested(octotrail::store::AlertId alert, const QString &title, const QString &filter);
    void entityRequested(const octotrail::store::Entity &entity);
    void ruleRequested(const QString &rule);

private:
    void makeBar();
    void makeActions();
    void makeTable();
    void stretchTitles();
    void makePages();
    void connectParts();
    QAction *addAction(QStringView iconName, const QString &text, const QKeySequence &key, void (AlertView::*what)());
    void applyQuery();
    void clearFilter();
    void showState();
    void showLoaded();
    void keepPlace();
    void updateActions();
    void showMenu(const QPoint &position);
    void countOpen();
    void readSources();
    std::vector<store::AlertId> selectedIds() const;
    void setState(store::AlertState state, const QString &one, const QString &many);
    void acknowledge();
    void resolve();
    void markFalsePositive();
    void reopen();
    void assign();
    void writeNote();
    void suppress();
    void showEvents();
    void openActor();
    void openRule();
    void copy();
    void remove();
    void undo();
    void showSuppressions();
    void askForExport();
    void tellUndo(const QString &sentence, const store::AlertUndo &undo);
    void say(Tone tone, const QString &sentence, bool canUndo);
    void tell(const QString &sentence);

    std::shared_ptr<store::Store> m_store;
    store::Alerts &m_alerts;
    AlertModel *m_model;
    TimeDisplay m_time;
    QComboBox *m_states;
    QComboBox *m_severity;
    QComboBox *m_grouping;
    QLineEdit *m_text;
    QLabel *m_count;
    Banner *m_banner;
    QWidget *m_tools;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    QTreeView *m_table;
    StatePage *m_empty;
    AlertPane *m_pane;
    Actions m_actions{};
    QAction *m_clear = nullptr;
    QAction *m_undoHere = nullptr; ///< beside a message that can be taken back
    QTimer m_typing;
    QTimer m_countTimer;
    store::AlertUndo m_undo;
    store::SuppressionId m_suppressed = 0; ///< or else what undo ends
    std::set<store::AlertId> m_selected; ///< to be chosen again once rows were read anew
    store::AlertId m_current = 0;
    store::AlertId m_wanted = 0; ///< to be shown once it has been read
    std::int64_t m_all = 0;
    bool m_tableWantsFocus = false; ///< as soon as it is shown (again)
};

} // namespace octotrail::ui
