// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleCheck.h"
#include "store/Documents.h"
#include "ui/editor/RuleOrigin.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <functional>
#include <memory>

class QAction;
class QLabel;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTabWidget;

namespace octotrail::ui {

class BackTestPane;
class BannerArea;
class CheckPane;
class CodeEdit;
class RuleChecker;
class VersionsPane;

/// Where a rule is written: its text, checked and tested while one types, what it would have done, and its versions.
class RuleEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~RuleEditor() override;

    /// What rules in Python may import.
    void setHelpers(const detect::PythonHelpers &helpers);
    void setTimeDisplay(const TimeDisplay &time);

    /// Begins with a rule in place of the one before. Of a new rule, isWorthKeeping says that leaving it unsaved loses
    /// something.
    void edit(const detect::RuleDraft &draft, const RuleOrigin &origin, bool isWorthKeeping = false);
    detect::RuleDraft draft() const;
    const RuleOrigin &origin() const { return m_origin; }
    bool isModified() const;
    /// The id of the rule as it was last checked; empty if it cannot be used.
    QString ruleId() const { return m_ruleId; }
    void save();
    /// Goes on with then at once, or, with unsaved changes, when the user has said what becomes of them.
    void leave(std::function<void()> then);
    void showVersions();

    CodeEdit *yaml() const { return m_yaml; }
    CodeEdit *python() const { return m_python; }
    CheckPane *checkPane() const { return m_check; }
    BackTestPane *backTest() const { return m_backTest; }
    VersionsPane *versions() const { return m_versions; }
    QString state() const;

    struct Actions
    {
        QAction *save;
        QAction *backTest;
        QAction *exportRule;
        QAction *versions;
        QAction *goToProblem;
        QAction *close;
    };
    const Actions &actions() const { return m_actions; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    /// The list of rules is wanted again; nothing is lost by it.
    void closed();
    void saved();
    void exportRequested(const octotrail::detect::RuleDraft &draft);
    void eventsRequested(const QString &filter, int days); ///< of so many days; 0 for all

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeActions();
    QWidget *makeHeader();
    QWidget *makeCode();
    void connectParts();
    void takeChange();
    void takeCheck(const std::shared_ptr<const detect::RuleCheck> &check);
    void showVerdictIcon();
    void takeSaved(const event::Status &done, const detect::RuleDraft &draft, const RuleOrigin &origin);
    void updateState();
    bool isKeptUnusable() const;
    void showUnusable();
    void showCode(bool python);
    void goTo(bool isOfPython, int line);
    void keepVersions(const detect::RuleDraft &before);
    void readVersions();
    void goOn();

    std::shared_ptr<store::Store> m_store;
    store::Documents m_documents;
    RuleChecker *m_checker;
    RuleOrigin m_origin;
    detect::RuleDraft m_saved; ///< what is kept already; of a new rule, what it began as
    detect::Rule::Format m_format = detect::Rule::Format::Sigma;
    bool m_isWorthKeeping = false;
    bool m_isSaving = false;
    std::shared_ptr<const detect::RuleCheck> m_lastCheck;
    QString m_savedAt;
    QString m_ruleId;
    std::function<void()> m_then; ///< waits for the changes to be saved or left
    TimeDisplay m_time;

    QLabel *m_title;
    QLabel *m_state;
    BannerArea *m_banners;
    QTabBar *m_languages;
    QStackedWidget *m_codes;
    CodeEdit *m_python;
    CodeEdit *m_yaml;
    QLabel *m_verdictIcon;
    QLabel *m_verdict; ///< the worst that there is to say
    QLabel *m_place;
    QTabWidget *m_results;
    CheckPane *m_check;
    BackTestPane *m_backTest;
    VersionsPane *m_versions;
    QSplitter *m_splitter;
    Actions m_actions{};
    detect::Remark m_worst;
    bool m_isChecked = false; ///< so that m_worst is of the draft
};

} // namespace octotrail::ui
