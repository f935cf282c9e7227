// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventBytes.h"

#include "event/ThreadPriority.h"

#include <QObject>
#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <deque>
#include <future>
#include <memory>

namespace octotrail::store {

namespace {

/// Blocks fetched with one query; as many are unpacked at a time by one thread.
constexpr std::size_t step = 16;
/// Tasks that run or wait, for each thread: what is fetched ahead.
constexpr std::size_t tasksAThread = 2;

struct Place
{
    std::size_t block;
    std::size_t at;
};

/// Blocks with the places that are wanted of them, in the order of the blocks.
struct Task
{
    std::vector<BlockReader::Packed> blocks;
    std::span<const Place> places;
};

event::Status take(const Task &task, std::span<const Seq> seqs, std::span<std::string> bytes)
{
    Block unpacked;
    auto place = task.places.begin();
    for (const BlockReader::Packed &packed : task.blocks) {
        if (!packed.cached) {
            if (event::Status status = unpackInto(unpacked, packed.data, packed.extent.first); !status) {
                return status;
            }
        }
        const Block &block = packed.cached ? *packed.cached : unpacked;
        for (const std::size_t index = place->block; place != task.places.end() && place->block == index; ++place) {
            bytes[place->at] = block.find(seqs[place->at]);
        }
    }
    return {};
}

/// A screen's worth of blocks: they are kept, for their neighbours are asked for next.
event::Status takeFew(BlockReader &reader, std::span<const std::size_t> indexes, std::span<const Place> places,
    std::span<const Seq> seqs, std::span<std::string> bytes)
{
    const auto blocks = reader.blocks(indexes);
    if (!blocks) {
        return tl::unexpected(blocks.error());
    }
    auto block = indexes.begin();
    for (const Place &place : places) {
        block = std::ranges::find(block, indexes.end(), place.block);
        bytes[place.at] = (*blocks)[static_cast<std::size_t>(block - indexes.begin())]->find(seqs[place.at]);
    }
    return {};
}

/// Many blocks: this thread fetches them, others unpack each of them once.
event::Status takeMany(BlockReader &reader, std::span<const std::size_t> indexes, std::span<const Place> places,
    std::span<const Seq> seqs, std::span<std::string> bytes, const std::stop_token &stop)
{
    std::deque<std::future<event::Status>> underWay;
    QThreadPool pool; // after what its tasks write to: it waits for them
    pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
    event::Status status;
    const auto finishOne = [&] {
        event::Status finished = underWay.front().get();
        underWay.pop_front();
        if (status) {
            status = std::move(finished);
        }
    };
    auto place = places.begin();
    for (std::size_t first = 0; first < indexes.size() && status; first += step) {
        if (stop.stop_requested()) {
            status = event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
            break;
        }
        const auto some = indexes.subspan(first, std::min(step, indexes.size() - first));
        auto packed = reader.packed(some);
        if (!packed) {
            status = tl::unexpected(packed.error());
            break;
        }
        const auto end = std::ranges::upper_bound(place, places.end(), some.back(), {}, &Place::block);
        auto task = std::make_shared<std::packaged_task<event::Status()>>(
            [work = Task{std::move(*packed), {place, end}}, seqs, bytes] { return take(work, seqs, bytes); });
        place = end;
        underWay.push_back(task->get_future());
        pool.start([task] {
            event::giveWay(event::Courtesy::Reading);
            (*task)();
        });
        if (underWay.size() > static_cast<std::size_t>(pool.maxThreadCount()) * tasksAThread) {
            finishOne();
        }
    }
    while (!underWay.empty()) {
        finishOne();
    }
    return status;
}

} // namespace

event::Result<std::vector<std::string>> bytesOf(
    BlockReader &reader, std::span<const Seq> seqs, const std::stop_token &stop)
{
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
    const event::Status taken = indexes.size() <= step ? takeFew(reader, indexes, places, seqs, bytes)
                                                       : takeMany(reader, indexes, places, seqs, bytes, stop);
    if (!taken) {
        return tl::unexpected(taken.error());
    }
    return bytes;
}

} // namespace octotrail::store
