// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "secrets/Vault.h"
#include "store/Coverage.h"
#include "store/Records.h"
#include "ui/models/TimeDisplay.h"
#include "ui/sources/Panel.h"
#include "ui/sources/SourceField.h"

class QPushButton;
class QToolButton;

namespace octotrail::ui {

class FactsRow;
class Note;
class SourceHealth;
class SourceTest;
class StatusIcon;
class ToneLabel;

/// A source: how it stands, what it has read, and what can be done with it.
class SourceCard : public Panel
{
    Q_OBJECT

public:
    explicit SourceCard(QWidget *parent = nullptr);

    void setSource(const store::SourceConfig &source);
    void setStatus(const collect::SourceStatus &status);
    /// Only what is stored of it is shown, and nothing can be done with it: nobody collects.
    void setStored(const store::SourceCounts &counts);
    /// What is in the store of a source that collects: more than what came since the application was started.
    void setCounts(const store::SourceCounts &counts);
    store::SourceId sourceId() const { return m_source.id; }

    void setTimeDisplay(const TimeDisplay &times);
    /// Times are told from now.
    void updateTimes();
    /// Why no events come, if it is marked as silent; empty if it is not.
    void setSilence(const QString &sentence);
    void setGaps(const std::vector<store::Gap> &gaps);
    /// Tries the connection with what the vault has, and shows what comes of it.
    void test(secrets::Vault &vault);
    /// What was asked for did not work.
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void editRequested();
    /// To the field that the source needs mended.
    void mendRequested(octotrail::ui::SourceField field, const QString &fault);
    void pauseRequested();
    void resumeRequested();
    void pollRequested();
    void testRequested();
    void pauseBackfillRequested();
    void resumeBackfillRequested();
    void cancelBackfillRequested();
    void fillGapsRequested();
    void removeRequested(bool withItsEvents);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildActions();
    void buildRemoval();
    QToolButton *addAction(QStringView iconName, const QString &text, const char *objectName);
    void askRemoval();
    void endRemoval();
    void setRemoving(bool removing);
    void updateState();
    void updateEvents();
    void showClock();

    store::SourceConfig m_source;
    collect::SourceStatus m_status;
    TimeDisplay m_times;
    StatusIcon *m_icon;
    ToneLabel *m_name;
    ToneLabel *m_state;
    ToneLabel *m_origin;
    ToneLabel *m_credential;
    ToneLabel *m_sentence;
    Note *m_attention;
    QPushButton *m_mend;
    Note *m_silence;
    FactsRow *m_facts;
    FactsRow *m_storedFacts;
    SourceHealth *m_health;
    SourceTest *m_test;
    ToneLabel *m_users;
    ToneLabel *m_devices;
    QWidget *m_actions;
    QToolButton *m_poll = nullptr;
    QToolButton *m_pause = nullptr;
    QToolButton *m_tryConnection = nullptr;
    QToolButton *m_edit = nullptr;
    QToolButton *m_remove = nullptr;
    Note *m_removal;
    QPushButton *m_keepEvents = nullptr;
    QPushButton *m_removeEvents = nullptr;
    QPushButton *m_keepSource = nullptr;
    Note *m_problem;
    bool m_removing = false;
    store::SourceCounts m_counts;
    std::optional<store::SourceCounts> m_stored; ///< if that is all there is
};

} // namespace octotrail::ui
