// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "detect/RuleChoices.h"

#include <QAbstractItemModel>
#include <QHash>
#include <memory>

namespace octotrail::ui {

/// Packs, and in each its rules: those that raise alerts. A tick switches one on or off. Behind them stand the rules
/// that cannot be used, so that they can be found and mended.
class DetectionModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Severity, Techniques, Alerts, ColumnCount };

    explicit DetectionModel(QObject *parent = nullptr);

    void setPacks(std::shared_ptr<const std::vector<detect::Pack>> packs);
    void setChoices(const detect::RuleChoices &choices);
    /// The packs that some source has; imported archives have those that are on by default.
    void setPacksOfSources(const QStringList &ids, bool hasArchives = false);
    /// Alerts of the last 30 days, by rule.
    void setAlertCounts(const QHash<QString, int> &counts);
    /// Shows rules only that have all the words in their title, tags or event types.
    void setSearch(const QString &text);

    const detect::Pack *packAt(const QModelIndex &index) const;
    /// null for a pack.
    detect::RulePtr ruleAt(const QModelIndex &index) const;
    /// A rule that cannot be used: one that is written here, or a file.
    struct Broken
    {
        QString file; ///< as in detect::Problem
        QString title;
        QStringList reasons;
    };
    /// null for whatever can be used.
    const Broken *brokenAt(const QModelIndex &index) const;
    bool isOn(const detect::Pack &pack) const;
    int ruleCount() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void choicesChanged(const octotrail::detect::RuleChoices &choices);

private:
    struct Entry
    {
        const detect::Pack *pack = nullptr;
        std::vector<detect::RulePtr> rules;
        std::vector<Broken> broken;
    };

    void fill();
    void tellAll();
    QVariant packData(const Entry &entry, int column, int role) const;
    QVariant ruleData(const Entry &entry, const detect::Rule &rule, int column, int role) const;
    QVariant brokenData(const Broken &broken, int column, int role) const;
    int alertsOf(const Entry &entry) const;

    std::shared_ptr<const std::vector<detect::Pack>> m_packs;
    std::vector<Entry> m_entries;
    detect::RuleChoices m_choices;
    QStringList m_packsOfSources;
    bool m_hasArchives = false;
    QHash<QString, int> m_counts;
    QStringList m_words;
};

} // namespace octotrail::ui
