// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "store/Profiles.h"

#include <QWidget>
#include <memory>
#include <vector>

class QToolButton;
class QGridLayout;

namespace octotrail::ui {

/// The users and devices of whom an event speaks, as far as the store knows their profiles: a button each, with what
/// matters most of them, which leads to the profile. Hidden while there are none.
class ProfileLinks : public QWidget
{
    Q_OBJECT

public:
    explicit ProfileLinks(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);

    /// nullptr for none.
    void setEvent(const event::LogEvent *event);
    const QList<QToolButton *> &buttons() const { return m_buttons; }

Q_SIGNALS:
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Party
    {
        store::ProfileKind kind;
        std::string id;
        QString role; ///< "Actor"
    };
    using Found = event::Result<std::vector<store::Profile>>;
    void find(const std::vector<Party> &parties);
    void showFound(const std::vector<Party> &parties, const std::vector<store::Profile> &found);
    void arrange();

    std::shared_ptr<store::Store> m_store;
    QGridLayout *m_layout;
    QList<QToolButton *> m_buttons;
    int m_columns = 1;
    quint64 m_job = 0;
};

} // namespace octotrail::ui
