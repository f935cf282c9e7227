// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/RuleChecker.h"

#include "ui/widgets/WhenFinished.h"

#include <QtConcurrentRun>

namespace octotrail::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto typingPause = 300ms;

} // namespace

RuleChecker::RuleChecker(QObject *parent)
    : QObject(parent)
    , m_pause(this)
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &RuleChecker::run);
}

RuleChecker::~RuleChecker()
{
    m_pool.waitForDone();
}

void RuleChecker::setHelpers(const detect::PythonHelpers &helpers)
{
    m_helpers = helpers;
}

void RuleChecker::check(const detect::RuleDraft &draft)
{
    m_draft = draft;
    m_pause.start();
    Q_EMIT started();
}

void RuleChecker::checkNow(const detect::RuleDraft &draft)
{
    m_draft = draft;
    m_pause.stop();
    Q_EMIT started();
    run();
}

void RuleChecker::run()
{
    if (m_isRunning) {
        m_isStale = true;
        return;
    }
    m_isRunning = true;
    m_isStale = false;
    const auto work = [draft = m_draft, helpers = m_helpers] {
        return std::make_shared<const detect::RuleCheck>(detect::checkDraft(draft, helpers));
    };
    whenFinished(QtConcurrent::run(&m_pool, work), this, [this](const std::shared_ptr<const detect::RuleCheck> &check) {
        m_isRunning = false;
        if (m_isStale && !m_pause.isActive()) {
            run();
        } else if (check->draft == m_draft) {
            Q_EMIT checked(check);
        }
    });
}

} // namespace octotrail::ui
