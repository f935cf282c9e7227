// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Documents.h"
#include "ui/dashboard/CardSpec.h"

#include <QObject>
#include <memory>

namespace octotrail::ui {

/// The cards of the case's dashboard, kept in the case. Each change is saved, and can be undone.
class DashboardModel : public QObject
{
    Q_OBJECT

public:
    explicit DashboardModel(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    /// Whether the cards have been read.
    bool isReady() const { return m_ready; }
    const std::vector<CardSpec> &cards() const { return m_cards; }

    void add(const CardSpec &card);
    void remove(int card);
    /// Up or down by one.
    void move(int card, int by);
    void rename(int card, const QString &title);
    void restoreUsual();
    bool canUndo() const { return !m_before.empty(); }
    void undo();

Q_SIGNALS:
    void changed();
    void problemOccurred(const QString &sentence);

private:
    void read();
    void change(std::vector<CardSpec> cards);
    void save();

    store::Documents m_documents;
    std::vector<CardSpec> m_cards;
    std::vector<std::vector<CardSpec>> m_before;
    int m_saving = 0; ///< what comes back of it is known already
    bool m_ready = false;
};

} // namespace octotrail::ui
