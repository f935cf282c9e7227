// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ProfileIndex.h"

#include <algorithm>

namespace octotrail::filter {

namespace {

constexpr std::size_t mostPathsKept = 16;

} // namespace

void DocumentIndex::add(std::string id, std::string json)
{
    m_byId.insert_or_assign(std::move(id), std::move(json));
}

std::string_view DocumentIndex::find(std::string_view id) const
{
    const auto hit = m_byId.find(id);
    return hit == m_byId.end() ? std::string_view() : std::string_view(hit->second);
}

std::vector<std::string_view> DocumentIndex::ids() const
{
    std::vector<std::string_view> ids;
    ids.reserve(m_byId.size());
    for (const auto &[id, json] : m_byId) {
        ids.push_back(id);
    }
    return ids;
}

std::shared_ptr<const DocumentIndex::Values> DocumentIndex::valuesOf(const event::FieldPath &path) const
{
    const std::scoped_lock lock(m_mutex);
    std::string key;
    for (const std::string &segment : path.segments()) {
        key += segment + '\n'; // a dot may be part of a name
    }
    const auto known
        = std::ranges::find(m_values, key, [](const auto &entry) -> const std::string & { return entry.first; });
    if (known != m_values.end()) {
        m_values.splice(m_values.begin(), m_values, known);
        return m_values.front().second;
    }
    auto values = std::make_shared<Values>();
    for (const auto &[id, json] : m_byId) {
        event::visitValues(json, path, [&values, &id = id](std::string_view text, event::JsonKind) {
            values->emplace_back(id, text);
            return true;
        });
    }
    m_values.emplace_front(std::move(key), values);
    if (m_values.size() > mostPathsKept) {
        m_values.pop_back();
    }
    return values;
}

std::vector<std::string_view> DocumentIndex::idsWith(
    const event::FieldPath &path, const std::function<bool(std::string_view value)> &wants) const
{
    std::vector<std::string_view> ids;
    const auto values = valuesOf(path);
    for (const auto &[id, value] : *values) {
        if ((ids.empty() || ids.back() != id) && wants(value)) {
            ids.push_back(id);
        }
    }
    return ids;
}

std::string_view ProfileIndex::find(std::string_view id) const
{
    const std::string_view profile = m_profiles->find(id);
    return profile.data() ? profile : m_annotations->find(id);
}

} // namespace octotrail::filter
