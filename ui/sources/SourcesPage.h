// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SilenceWatch.h"
#include "collect/Supervisor.h"
#include "ui/models/TimeDisplay.h"
#include "ui/sources/DetectionPackChoice.h"
#include "ui/sources/SourceField.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace octotrail::ui {

class SourceCard;
class SourceWizard;

/// All sources of the store, live, and what can be done with them.
class SourcesPage : public QWidget
{
    Q_OBJECT

public:
    SourcesPage(collect::Supervisor &supervisor, secrets::Vault &vault, QWidget *parent = nullptr);

    /// The zone that whole times are shown in.
    void setTimeDisplay(const TimeDisplay &times);
    /// Marks the sources that are silent.
    void setSilenceWatch(const collect::SilenceWatch *watch);
    /// Whose ledger of gaps is shown. Of a store that is open for reading only, the sources are shown as they are
    /// stored, without anything that changes them.
    void setStore(std::shared_ptr<store::Store> store);
    void setDetectionPacks(const QList<DetectionPackChoice> &packs);

    /// Opens the source-setup form for a new source.
    void addSource();
    /// Opens it for this one.
    void editSource(store::SourceId id);
    /// Opens it at the field to be mended, with what is wrong.
    void mendSource(store::SourceId id, SourceField field, const QString &fault);

Q_SIGNALS:
    /// The form has stored a source, new or changed.
    void sourceSaved(const octotrail::store::SourceConfig &source);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void updateSources();
    void readStored();
    QList<store::SourceConfig> sources() const;
    void showSilence(store::SourceId id);
    void readFigures();
    SourceCard *makeCard(store::SourceId id);
    void remove(store::SourceId id, bool withItsEvents);
    SourceWizard *open(SourceWizard *wizard);

    collect::Supervisor &m_supervisor;
    secrets::Vault &m_vault;
    const collect::SilenceWatch *m_silence = nullptr;
    TimeDisplay m_times;
    QList<DetectionPackChoice> m_packs;
    QPointer<SourceWizard> m_wizard; ///< one at a time
    QHash<store::SourceId, SourceCard *> m_cards;
    QVBoxLayout *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QPushButton *m_add = nullptr;
    std::shared_ptr<store::Store> m_store;
    bool m_isReadOnly = false; ///< it
    QList<store::SourceConfig> m_stored; ///< its sources, if it is
    QTimer m_figureDelay;
    QTimer m_clock; ///< for times that are told from now
};

} // namespace octotrail::ui
