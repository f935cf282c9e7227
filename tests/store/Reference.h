// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Text.h"
#include "filter/Matcher.h"
#include "store/Records.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::test {

/// What the store must say, worked out in memory.
struct Reference
{
    std::vector<event::LogEvent> events; ///< seq is the index and one
    std::map<store::Seq, store::SourceId> sources;

    store::SourceId source(store::Seq seq) const { return sources.at(seq); }
    const event::LogEvent &event(store::Seq seq) const { return events[static_cast<std::size_t>(seq - 1)]; }

    std::vector<store::Seq> matching(const store::EventQuery &query) const
    {
        const filter::Matcher matcher(query.expression, query.words);
        std::vector<store::Seq> seqs;
        for (store::Seq seq = 1; seq <= static_cast<store::Seq>(events.size()); ++seq) {
            const auto published = event(seq).published();
            const bool bounded = query.range.since || query.range.until;
            if (bounded && !(published && query.range.contains(*published))) {
                continue;
            }
            if (!query.sources.empty() && std::ranges::find(query.sources, source(seq)) == query.sources.end()) {
                continue;
            }
            if (matcher.matches(event(seq))) {
                seqs.push_back(seq);
            }
        }
        return seqs;
    }

    /// The text that a path is sorted by; nullopt comes last.
    std::optional<std::string> key(store::Seq seq, const std::string &path) const
    {
        if (path == "source") {
            return source(seq) == 1 ? "beta" : "alpha";
        }
        const auto folded
            = [](const auto &text) { return text ? std::optional(event::foldCase(*text)) : std::nullopt; };
        if (path == "target" || path == "target.id") {
            const auto targets = event(seq).targets();
            return targets.empty() ? std::nullopt : folded(path == "target" ? targets[0].alternateId : targets[0].id);
        }
        if (path == R"(debugContext.debugData."odd.key")") {
            const auto entries = event(seq).debugData();
            const auto entry = std::ranges::find(entries, "odd.key", [](const auto &each) { return each.first; });
            return entry == entries.end() ? std::nullopt : std::optional(event::foldCase(entry->second));
        }
        const auto text = event(seq).text(*event::fieldByPath(path));
        return text ? std::optional(event::foldCase(*text)) : std::nullopt;
    }

    std::vector<store::Seq> sorted(std::vector<store::Seq> seqs, const store::EventQuery &query) const
    {
        const bool numeric = query.sortPath == "securityContext.asNumber";
        const auto before = [&](store::Seq a, store::Seq b) {
            if (query.sortPath != "published") {
                const auto left = key(a, query.sortPath);
                const auto right = key(b, query.sortPath);
                if (left.has_value() != right.has_value()) {
                    return left.has_value();
                }
                if (left != right) {
                    const bool less = numeric ? std::stoll(*left) < std::stoll(*right) : *left < *right;
                    return less != query.descending;
                }
            }
            const auto left = event(a).published();
            const auto right = event(b).published();
            if (left != right) {
                if (!left || !right) {
                    return left.has_value();
                }
                return (*left < *right) != query.descending;
            }
            return (a < b) != query.descending;
        };
        std::ranges::sort(seqs, before);
        return seqs;
    }

    std::vector<store::Seq> result(const store::EventQuery &query) const { return sorted(matching(query), query); }
};

} // namespace octotrail::test
