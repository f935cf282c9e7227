// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Facets.h"

#include <QObject>
#include <QStringList>
#include <memory>
#include <stop_token>

namespace octotrail::ui {

/// Values that events have in a field, for completing what is typed: the most frequent first. Of several questions
/// asked quickly the last one is answered.
class ValueSuggestions : public QObject
{
    Q_OBJECT

public:
    explicit ValueSuggestions(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~ValueSuggestions() override;

    /// Asks for values that contain the word; an empty one asks for any. The newest events answer at once, all of them
    /// soon after, if they can be counted without reading every event.
    void ask(const QString &path, const QString &word);
    /// What was found last, and for what.
    bool isAnswered(const QString &path, const QString &word) const { return path == m_path && word == m_word; }
    const QStringList &values() const { return m_values; }
    /// How often each of them occurs, in the newest events or in all.
    const QList<qint64> &counts() const { return m_counts; }
    /// The values are of so many of the newest events; 0: of all.
    qint64 newest() const { return m_newest; }

Q_SIGNALS:
    void answered();

private:
    void take(
        const QString &path, const QString &word, const std::vector<store::Store::ValueCount> &values, qint64 newest);
    void askAll(const QString &path, const QString &word);

    std::shared_ptr<store::Store> m_store;
    std::stop_source m_stop;
    quint64 m_job = 0;
    QString m_asked; ///< path and word that are under way
    QString m_path;
    QString m_word;
    QStringList m_values;
    QList<qint64> m_counts;
    qint64 m_newest = 0;
};

} // namespace octotrail::ui
