// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventBytes.h"

#include <QObject>
#include <algorithm>

namespace octotrail::store {

namespace {

/// Blocks unpacked at a time.
constexpr std::size_t step = 16;

} // namespace

event::Result<std::vector<std::string>> bytesOf(
    BlockReader &reader, std::span<const Seq> seqs, const std::stop_token &stop)
{
    struct Place
    {
        std::size_t block;
        std::size_t at;
    };
    std::vector<Place> places;
    places.reserve(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i) {
        if (const auto block = reader.indexOf(seqs[i])) {
            places.push_back({*block, i});
        }
    }
    std::ranges::sort(places, {}, &Place::block);
    std::vector<std::size_t> indexes;
    for (const Place &place : places) {
        if (indexes.empty() || indexes.back() != place.block) {
            indexes.push_back(place.block);
        }
    }
    std::vector<std::string> bytes(seqs.size());
    auto place = places.begin();
    for (std::size_t first = 0; first < indexes.size(); first += step) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        const auto some = std::span(indexes).subspan(first, std::min(step, indexes.size() - first));
        const auto blocks = reader.blocks(some);
        if (!blocks) {
            return tl::unexpected(blocks.error());
        }
        for (std::size_t i = 0; i < some.size(); ++i) {
            for (; place != places.end() && place->block == some[i]; ++place) {
                bytes[place->at] = (*blocks)[i]->find(seqs[place->at]);
            }
        }
    }
    return bytes;
}

} // namespace octotrail::store
