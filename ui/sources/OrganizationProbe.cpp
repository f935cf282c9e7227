// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/OrganizationProbe.h"

namespace octotrail::ui {

using namespace std::chrono_literals;

OrganizationProbe::OrganizationProbe(QObject *parent)
    : QObject(parent)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(500ms);
    connect(&m_delay, &QTimer::timeout, this, &OrganizationProbe::start);
    connect(&m_check, &okta::ConnectionCheck::organizationFound, this, [this](const okta::OrganizationInfo &info) {
        m_info = info;
        m_answered = true;
    });
    connect(&m_check, &okta::ConnectionCheck::finished, this, &OrganizationProbe::finish);
}

void OrganizationProbe::ask(const QUrl &origin, bool soon)
{
    const bool mayHavePassed = m_state == State::Failed && !soon && !isHopeless();
    if (m_state != State::Idle && origin == m_origin && !mayHavePassed) {
        if (!soon && m_delay.isActive()) {
            start();
        }
        return;
    }
    m_check.cancel();
    m_origin = origin;
    m_state = State::Asking;
    m_answered = false;
    if (soon) {
        m_delay.start();
    } else {
        start();
    }
    Q_EMIT changed();
}

void OrganizationProbe::clear()
{
    if (m_state == State::Idle) {
        return;
    }
    m_delay.stop();
    m_check.cancel();
    m_state = State::Idle;
    m_origin.clear();
    Q_EMIT changed();
}

bool OrganizationProbe::isHopeless() const
{
    if (m_state != State::Failed) {
        return false;
    }
    switch (m_error.kind) {
    case event::ErrorKind::NotFound:
    case event::ErrorKind::Protocol:
    case event::ErrorKind::Refused:
    case event::ErrorKind::InvalidInput:
        return true;
    default:
        return false;
    }
}

void OrganizationProbe::start()
{
    m_delay.stop();
    okta::ConnectionCheck::Request request;
    request.origin = m_origin;
    request.route = m_route;
    m_check.start(request);
}

void OrganizationProbe::finish(bool ok)
{
    if (m_state != State::Asking) {
        return;
    }
    m_state = ok && m_answered ? State::Found : State::Failed;
    if (m_state == State::Failed) {
        m_error = {};
        for (const okta::CheckStep &step : m_check.steps()) {
            if (step.id == okta::CheckStep::Id::Organization) {
                m_error = {step.kind, step.sentence};
            }
        }
    }
    Q_EMIT changed();
}

} // namespace octotrail::ui
