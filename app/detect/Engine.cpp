// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Engine.h"

#include "detect/EngineWorker.h"

namespace octotrail::detect {

Engine::Engine(std::shared_ptr<store::Store> store, std::vector<Pack> packs)
    : m_store(std::move(store))
    , m_worker(new EngineWorker(m_store, std::move(packs)))
    , m_packs(std::make_shared<const std::vector<Pack>>())
{
    m_thread.setObjectName(QStringLiteral("detect"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_worker, &EngineWorker::start);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &EngineWorker::statusChanged, this, [this](const EngineStatus &status) {
        m_status = status;
        Q_EMIT statusChanged(m_status);
    });
    connect(m_worker, &EngineWorker::packsChanged, this,
        [this](const std::shared_ptr<const std::vector<Pack>> &loaded, const RuleChoices &choices) {
            m_packs = loaded;
            m_choices = choices;
            Q_EMIT packsChanged();
        });
    connect(m_worker, &EngineWorker::caughtUp, this, &Engine::caughtUp);
    m_thread.start();
}

Engine::~Engine()
{
    m_worker->requestStop();
    m_thread.quit();
    m_thread.wait();
}

void Engine::reload()
{
    QMetaObject::invokeMethod(m_worker, &EngineWorker::reload, Qt::QueuedConnection);
}

void Engine::setChoices(const RuleChoices &choices)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, choices] { worker->setChoices(choices); }, Qt::QueuedConnection);
}

QString Engine::engineName()
{
    return QStringLiteral("sigma");
}

} // namespace octotrail::detect
