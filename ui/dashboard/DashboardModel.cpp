// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/DashboardModel.h"

#include "ui/widgets/WhenFinished.h"

#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostUndone = 50;
const QString kind = u"dashboard"_s;
const QString id = u"main"_s;

} // namespace

DashboardModel::DashboardModel(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_documents(std::move(store))
{
    connect(&m_documents, &store::Documents::changed, this, [this](const QString &changedKind) {
        if (changedKind == kind && m_saving == 0) {
            read();
        }
    });
    read();
}

void DashboardModel::read()
{
    whenFinished(m_documents.list(kind), this, [this](const event::Result<std::vector<store::Document>> &found) {
        if (!found) {
            Q_EMIT problemOccurred(found.error().sentence);
            return;
        }
        if (m_saving > 0) {
            return;
        }
        const auto ours = std::ranges::find(*found, id, &store::Document::id);
        if (ours == found->end()) {
            m_cards = usualCards();
        } else if (auto cards = cardsFromBody(ours->body)) {
            m_cards = std::move(*cards);
        } else {
            Q_EMIT problemOccurred(
                tr("The dashboard could not be read and shows its usual cards: %1").arg(cards.error().sentence));
            m_cards = usualCards();
        }
        m_ready = true;
        Q_EMIT changed();
    });
}

void DashboardModel::change(std::vector<CardSpec> cards)
{
    if (!m_ready || cards == m_cards) {
        return;
    }
    m_before.push_back(std::move(m_cards));
    if (m_before.size() > mostUndone) {
        m_before.erase(m_before.begin());
    }
    m_cards = std::move(cards);
    save();
}

void DashboardModel::save()
{
    ++m_saving;
    store::Document document{kind, id, {}, tr("Dashboard"), cardsToBody(m_cards), {}};
    whenFinished(m_documents.save(std::move(document)), this, [this](const event::Status &saved) {
        --m_saving;
        if (!saved) {
            Q_EMIT problemOccurred(tr("The dashboard could not be saved: %1").arg(saved.error().sentence));
        }
    });
    Q_EMIT changed();
}

void DashboardModel::add(const CardSpec &card)
{
    std::vector<CardSpec> cards = m_cards;
    cards.push_back(card);
    change(std::move(cards));
}

void DashboardModel::remove(int card)
{
    std::vector<CardSpec> cards = m_cards;
    if (card >= 0 && card < static_cast<int>(cards.size())) {
        cards.erase(cards.begin() + card);
        change(std::move(cards));
    }
}

void DashboardModel::move(int card, int by)
{
    std::vector<CardSpec> cards = m_cards;
    const int to = card + by;
    const auto count = static_cast<int>(cards.size());
    if (card >= 0 && card < count && to >= 0 && to < count) {
        std::swap(cards[static_cast<std::size_t>(card)], cards[static_cast<std::size_t>(to)]);
        change(std::move(cards));
    }
}

void DashboardModel::rename(int card, const QString &title)
{
    std::vector<CardSpec> cards = m_cards;
    if (card >= 0 && card < static_cast<int>(cards.size()) && !title.trimmed().isEmpty()) {
        cards[static_cast<std::size_t>(card)].title = title.trimmed();
        change(std::move(cards));
    }
}

void DashboardModel::restoreUsual()
{
    std::vector<CardSpec> cards = m_cards;
    for (const CardSpec &usual : usualCards()) {
        if (std::ranges::find(cards, usual) == cards.end()) {
            cards.push_back(usual);
        }
    }
    change(std::move(cards));
}

void DashboardModel::undo()
{
    if (m_before.empty()) {
        return;
    }
    m_cards = std::move(m_before.back());
    m_before.pop_back();
    save();
}

} // namespace octotrail::ui
