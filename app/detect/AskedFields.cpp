// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/AskedFields.h"

#include "detect/MatchWords.h"
#include "detect/SigmaFields.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

/// Of Travel.
constexpr const char *placeFields[]{"client.geographicalContext.geolocation.lat",
    "client.geographicalContext.geolocation.lon", "client.geographicalContext.city",
    "client.geographicalContext.country"};

void addCorrelated(std::vector<FieldName> &fields, const Correlation &correlation)
{
    for (const std::string &name : correlation.groupBy) {
        bool isField = true; // of some rule
        if (const auto alias = correlation.aliases.find(name); alias != correlation.aliases.end()) {
            for (const auto &[rule, field] : alias->second) {
                fields.push_back(field);
            }
            isField = std::ranges::any_of(
                correlation.rules, [&](const QString &rule) { return !alias->second.contains(rule); });
        }
        if (const auto field = isField ? sigmaField(name) : std::nullopt) {
            fields.push_back(*field);
        }
    }
    fields.insert(fields.end(), correlation.fields.begin(), correlation.fields.end());
    if (correlation.type == Correlation::Type::Travel) {
        for (const char *path : placeFields) {
            fields.push_back({event::FieldPath(path), filter::Reach::Exact});
        }
    }
}

} // namespace

std::vector<std::vector<FieldName>> askedFields(const std::vector<RulePtr> &rules)
{
    std::vector<std::vector<FieldName>> asked(rules.size());
    // Backwards: correlations stand after the rules that they refer to, and ask these for what they are asked.
    for (std::size_t i = rules.size(); i-- > 0;) {
        const Correlation *correlation = rules[i]->correlation();
        if (rules[i]->raises) {
            const auto words = MatchWords(*rules[i]).fields();
            asked[i].insert(asked[i].end(), words.begin(), words.end());
        }
        if (!correlation) {
            continue;
        }
        addCorrelated(asked[i], *correlation);
        for (std::size_t below = 0; below < i; ++below) {
            if (correlation->rules.contains(rules[below]->id)) {
                asked[below].insert(asked[below].end(), asked[i].begin(), asked[i].end());
            }
        }
    }
    return asked;
}

} // namespace octotrail::detect
