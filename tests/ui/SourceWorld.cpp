// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"

#include <QUuid>

namespace octotrail::tests {

SourceWorld::SourceWorld()
{
    restart();
}

simulator::Simulator::Options SourceWorld::smallOrganization()
{
    simulator::Simulator::Options options;
    options.users = 20;
    options.history = std::chrono::hours(2);
    options.live = false;
    return options;
}

std::unique_ptr<simulator::Simulator> SourceWorld::organization(const simulator::Simulator::Options &options)
{
    auto organization = simulator::Simulator::start(options);
    if (!organization) {
        qFatal("%s", qPrintable(organization.error().sentence));
    }
    (*organization)->log(); // waits until the history is made
    return *std::move(organization);
}

store::SourceConfig SourceWorld::addSource(const simulator::Simulator &organization, const QString &name,
    const QByteArray &token, const std::function<void(store::SourceConfig &)> &change)
{
    store::SourceConfig source;
    source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    source.name = name;
    source.origin = organization.origin();
    if (change) {
        change(source);
    }
    const auto stored = awaited(m_supervisor->put(source, token, secrets::Vault::Place::Session));
    if (!stored) {
        qFatal("%s", qPrintable(stored.error().sentence));
    }
    return *stored;
}

std::vector<store::SourceConfig> SourceWorld::storedSources()
{
    const auto sources = awaited(m_store->sources());
    return sources ? *sources : std::vector<store::SourceConfig>();
}

std::int64_t SourceWorld::storedEvents()
{
    const auto count = awaited(m_store->count({}));
    return count ? *count : -1;
}

QByteArray SourceWorld::keptToken(const store::SourceConfig &source)
{
    const auto token = awaited(m_vault->read(source.vaultKey()));
    return token ? *token : QByteArray();
}

void SourceWorld::restart()
{
    m_supervisor.reset();
    m_store.reset();
    auto store = store::Store::open(storeFile());
    if (!store) {
        qFatal("%s", qPrintable(store.error().sentence));
    }
    m_store = *store;
    m_vault = std::make_unique<secrets::Vault>();
    m_supervisor = std::make_unique<collect::Supervisor>(m_store, *m_vault);
    m_supervisor->start();
}

} // namespace octotrail::tests
