// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/ConnectionCheck.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

namespace octotrail::ui {

/// Asks an organization who it is, without a token, while its address is being typed.
class OrganizationProbe : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Asking, Found, Failed };

    explicit OrganizationProbe(QObject *parent = nullptr);

    /// Asks in a moment, unless another origin comes first; at once if soon is false. An origin that has
    /// answered, or is being asked, is not asked again.
    void ask(const QUrl &origin, bool soon = true);
    void clear();
    /// The way to ask by, from the next question on.
    void setRoute(const okta::Route &route) { m_route = route; }

    State state() const { return m_state; }
    QUrl origin() const { return m_origin; }
    const okta::OrganizationInfo &info() const { return m_info; } ///< valid if Found
    const event::Error &error() const { return m_error; } ///< valid if Failed

    /// Whether what answers at the origin has shown that it is no organization that Octotrail could talk to, which
    /// waiting will not change.
    bool isHopeless() const;

Q_SIGNALS:
    void changed();

private:
    void start();
    void finish(bool ok);

    okta::ConnectionCheck m_check;
    okta::Route m_route;
    QTimer m_delay;
    State m_state = State::Idle;
    QUrl m_origin;
    okta::OrganizationInfo m_info;
    event::Error m_error;
    bool m_answered = false;
};

} // namespace octotrail::ui
