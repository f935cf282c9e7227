// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BytesFilter.h"

#include <QObject>
#include <algorithm>

namespace octotrail::store {

namespace {

/// Candidates asked at a time: few at first, so that something shows at once.
constexpr std::size_t firstWindow = 512;
constexpr std::size_t fullWindow = 8192;

} // namespace

event::Status BytesFilter::run(std::span<const Seq> candidates, bool, const Found &found)
{
    if (const auto extents = m_blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::size_t window = firstWindow;
    for (std::size_t done = 0; done < candidates.size();) {
        const std::span<const Seq> part = candidates.subspan(done, std::min(window, candidates.size() - done));
        auto seqs = matching(part);
        if (!seqs) {
            return tl::unexpected(seqs.error());
        }
        done += part.size();
        found(std::move(*seqs), static_cast<double>(done) / static_cast<double>(candidates.size()));
        window = fullWindow;
    }
    return {};
}

event::Result<std::vector<Seq>> BytesFilter::matching(std::span<const Seq> window)
{
    std::vector<std::size_t> indexes;
    for (const Seq seq : window) {
        if (const auto index = m_blocks.indexOf(seq)) {
            indexes.push_back(*index);
        }
    }
    std::ranges::sort(indexes);
    const auto repeated = std::ranges::unique(indexes);
    indexes.erase(repeated.begin(), repeated.end());

    std::vector<bool> matches(window.size());
    constexpr std::size_t step = 16;
    for (std::size_t first = 0; first < indexes.size(); first += step) {
        if (m_stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        const auto some = std::span(indexes).subspan(first, std::min(step, indexes.size() - first));
        auto blocks = m_blocks.blocks(some);
        if (!blocks) {
            return tl::unexpected(blocks.error());
        }
        for (std::size_t i = 0; i < window.size(); ++i) {
            const auto index = m_blocks.indexOf(window[i]);
            const auto it = index ? std::ranges::lower_bound(some, *index) : some.end();
            if (it == some.end() || *it != *index) {
                continue;
            }
            const std::string_view bytes = (*blocks)[static_cast<std::size_t>(it - some.begin())]->find(window[i]);
            if (bytes.data()) {
                matches[i] = m_matcher.matches(m_reader.read(std::string(bytes)));
            }
        }
    }
    std::vector<Seq> seqs;
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (matches[i]) {
            seqs.push_back(window[i]);
        }
    }
    return seqs;
}

} // namespace octotrail::store
