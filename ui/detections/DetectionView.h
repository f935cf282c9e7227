// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"
#include "detect/Engine.h"
#include "detect/RuleDraft.h"
#include "event/LogEvent.h"
#include "store/Documents.h"
#include "ui/editor/RuleOrigin.h"
#include "ui/models/TimeDisplay.h"

#include <QHash>
#include <QTimer>
#include <QWidget>
#include <memory>

class QAction;
class QLabel;
class QLineEdit;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace octotrail::store {
class Alerts;
}

namespace octotrail::ui {

class BannerArea;
class DetectionModel;
class RuleEditor;
class RulePane;

/// The detection rules: which there are, which are on, what they say and what they would have done; and where the
/// analyst's own are written.
class DetectionView : public QWidget
{
    Q_OBJECT

public:
    explicit DetectionView(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~DetectionView() override;

    /// Whose rules are shown; lives as long as the view does.
    void setEngine(detect::Engine *engine);

    QTreeView *tree() const { return m_tree; }
    DetectionModel &model() const { return *m_model; }
    RulePane &pane() const { return *m_pane; }
    RuleEditor &editor() const { return *m_editor; }
    BannerArea &banners() const { return *m_banners; }
    bool isEditing() const;
    void setTimeDisplay(const TimeDisplay &time);

    struct Actions
    {
        QAction *newRule;
        QAction *edit;
        QAction *copy;
        QAction *remove;
        QAction *importRules;
        QAction *exportRules;
        QAction *showAlerts;
        QAction *addFolder;
        QAction *removeFolder;
        QAction *reload;
    };
    const Actions &actions() const { return m_actions; }

    /// Asks what a new rule begins with.
    void askForNewRule();
    /// Opens the editor with a rule; with unsaved changes in it, once the user has said what becomes of them.
    void openEditor(const detect::RuleDraft &draft, const RuleOrigin &origin, bool isWorthKeeping);
    /// A rule on the events that a filter shows, or a message why there is none.
    void newRuleFromFilter(const QString &filter);
    /// Asks what of the event a rule looks for.
    void newRuleFromEvent(const event::LogEvent &event);
    /// Reads rules from files and keeps them in the case; those that it has are replaced.
    void importFiles(const QStringList &files);
    /// Looks at what is in the folder, and adds it; where programs are among it, once the user has agreed.
    void addRuleFolder(const QString &folder);
    /// Chooses the rule in the list.
    bool showRule(const QString &id);
    /// The same, whatever is searched for or being written; says so if there is none.
    void openRule(const QString &id);

    void saveState(QSettings &settings) const;
    void restoreState(QSettings &settings);

Q_SIGNALS:
    void eventsRequested(const QString &filter, int days); ///< of so many days; 0 for all
    /// The alerts that this rule has raised.
    void alertsRequested(const QString &title);
    /// The view is to be shown: a rule was begun from elsewhere.
    void editorRequested();
    /// Something that was asked for from elsewhere could not be done.
    void problemOccurred(const QString &sentence);

private:
    void makeActions();
    void makeLayout();
    void connectParts();
    bool showFirst(const std::function<bool(const QModelIndex &)> &isWanted);
    bool showFile(const QString &file);
    QString fileOf(const QModelIndex &index) const;
    QString currentFile() const;
    void updateActions();
    void editCurrent(bool asCopy);
    void removeCurrent();
    void exportCurrent();
    void exportDraft(const detect::RuleDraft &draft);
    void exportDrafts(std::vector<detect::RuleDraft> drafts);
    void askForImport();
    void keepFolder(const QString &folder);
    void showFolder();
    void tell(bool isGood, const QString &text, const QList<QAction *> &actions = {});
    void showPacks();
    void showStatus(const detect::EngineStatus &status);
    void showCurrent();
    void readSources();
    void readAlerts();
    void showNoise();
    void askForFolder();
    void removeFolder();

    std::shared_ptr<store::Store> m_store;
    detect::Engine *m_engine = nullptr;
    std::unique_ptr<store::Alerts> m_alerts;
    std::shared_ptr<const std::vector<detect::Pack>> m_packs;
    DetectionModel *m_model;
    QLineEdit *m_search;
    QLabel *m_status;
    QTreeView *m_tree;
    RulePane *m_pane;
    QSplitter *m_splitter;
    BannerArea *m_banners;
    QStackedWidget *m_pages;
    RuleEditor *m_editor;
    store::Documents m_documents;
    Actions m_actions{};
    QString m_wanted; ///< the rule to be chosen once it is there
    std::optional<event::Timestamp> m_oldest; ///< of all events
    int m_observed = 0; ///< days that alerts are counted of
    QString m_wantedFolder; ///< the folder to be chosen once its rules are there
    QString m_wantedFile; ///< or else what this file has
    QHash<QString, detect::AlertSeries> m_noise; ///< by rule
    bool m_hasNoise = false;
    QTimer m_alertsDue; ///< counts are read again when alerts have come, but not for each
};

} // namespace octotrail::ui
