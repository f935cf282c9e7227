// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Engine.h"

#include <QTimer>
#include <QWidget>
#include <memory>

class QAction;
class QLabel;
class QLineEdit;
class QSettings;
class QSplitter;
class QTreeView;

namespace octotrail::store {
class Alerts;
}

namespace octotrail::ui {

class DetectionModel;
class RulePane;

/// The detection rules: which there are, which are on, what they say and what they would have done.
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

    void saveState(QSettings &settings) const;
    void restoreState(QSettings &settings);

Q_SIGNALS:
    void eventsRequested(const QString &filter);

private:
    void showPacks();
    void showStatus(const detect::EngineStatus &status);
    void showCurrent();
    void readSources();
    void readAlerts();
    void addFolder();
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
    QAction *m_addFolder;
    QAction *m_removeFolder;
    QAction *m_reload;
    QTimer m_alertsDue; ///< counts are read again when alerts have come, but not for each
};

} // namespace octotrail::ui
