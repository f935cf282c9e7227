// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BytesFilter.h"

#include "event/ThreadPriority.h"

#include <QObject>
#include <QThread>
#include <algorithm>
#include <deque>
#include <future>
#include <iterator>
#include <limits>
#include <memory>

namespace octotrail::store {

namespace {

/// Candidates asked at a time: few at first, so that something shows at once, then ever more, up to what a search that
/// was cancelled may still take the time for.
constexpr std::size_t firstWindow = 512;
constexpr std::size_t fullWindow = 32'768;
constexpr std::size_t growth = 4;
/// Windows of candidates that are looked at without asking filters.
constexpr std::size_t windowsBeforeFilters = 2;
/// Blocks are named in a condition in SQL if no more than one in this many is left: they are joined with.
constexpr std::size_t leastPassedOver = 8;
/// Blocks fetched with one query, ...
constexpr std::size_t blocksAQuery = 32;
/// ... and those of them that one thread unpacks in a row.
constexpr std::size_t blocksATask = 4;
/// Tasks that run or wait, for each thread: what is fetched ahead.
constexpr std::size_t tasksAThread = 3;

tl::unexpected<event::Error> cancelled()
{
    return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
}

} // namespace

BytesFilter::BytesFilter(BlockReader &blocks, const filter::Expression *expression,
    const std::vector<std::string> &words, const filter::ProfileIndexPtr &profiles, std::stop_token stop)
    : m_blocks(blocks)
    , m_required(expression ? *expression : filter::Expression(), words)
    , m_question(expression ? *expression : filter::Expression(), m_required)
    , m_words(words)
    , m_stop(std::move(stop))
{
    if (expression) {
        m_matcher.emplace(*expression, std::vector<std::string>(), profiles);
    }
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
}

event::Status BytesFilter::run(std::vector<Seq> candidates, const Found &found, bool isFirst)
{
    if (const auto extents = m_blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::size_t window = firstWindow;
    for (std::size_t done = 0, windows = 0; done < candidates.size(); ++windows) {
        // What is found in the first windows shows at once; for many more it pays to ask the filters.
        if (windows == (isFirst ? windowsBeforeFilters : 0)) {
            candidates.erase(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(done));
            done = 0;
            if (event::Status left = leaveToFilters(candidates); !left) {
                return left;
            }
        }
        const auto part = std::span(candidates).subspan(done, std::min(window, candidates.size() - done));
        auto seqs = matching(part);
        if (!seqs) {
            return tl::unexpected(seqs.error());
        }
        done += part.size();
        const double fraction
            = candidates.empty() ? 1.0 : static_cast<double>(done) / static_cast<double>(candidates.size());
        found(std::move(*seqs), fraction);
        window = std::min(window * growth, fullWindow);
    }
    return {};
}

event::Result<std::string> BytesFilter::condition()
{
    if (m_question.isEmpty()) {
        return std::string(anything);
    }
    const auto extents = m_blocks.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    auto mayHold = m_blocks.mayHold(m_question, std::numeric_limits<Seq>::min(), std::numeric_limits<Seq>::max());
    if (!mayHold) {
        return tl::unexpected(mayHold.error());
    }
    m_mayHold = std::move(*mayHold);
    const auto left = static_cast<std::size_t>(std::ranges::count(*m_mayHold, true));
    if (left == 0) {
        return std::string(nothing);
    }
    if (left > extents->size() / leastPassedOver) {
        return std::string(anything);
    }
    std::string blocks;
    for (std::size_t i = 0; i < extents->size(); ++i) {
        if ((*m_mayHold)[i]) {
            blocks += (blocks.empty() ? "(" : ", (") + std::to_string((*extents)[i].first) + ", "
                + std::to_string((*extents)[i].last) + ")";
        }
    }
    return "seq IN (SELECT unnest(range(first, last + 1)) FROM (VALUES " + blocks + ") AS blocks(first, last))";
}

/// Leaves the candidates in blocks that may hold a match.
event::Status BytesFilter::leaveToFilters(std::vector<Seq> &candidates)
{
    std::optional<std::vector<bool>> ofThese;
    if (!m_mayHold) {
        const auto [first, last] = std::ranges::minmax(candidates);
        auto mayHold = m_blocks.mayHold(m_question, first, last);
        if (!mayHold) {
            return tl::unexpected(mayHold.error());
        }
        ofThese = std::move(*mayHold);
    }
    const std::vector<bool> &mayHold = m_mayHold ? *m_mayHold : *ofThese;
    std::erase_if(candidates, [&](Seq seq) {
        const auto block = m_blocks.indexOf(seq);
        return !block || !mayHold[*block];
    });
    return {};
}

event::Result<std::vector<Seq>> BytesFilter::matching(std::span<const Seq> window)
{
    std::vector<Place> places;
    places.reserve(window.size());
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (const auto block = m_blocks.indexOf(window[i])) {
            places.push_back({*block, i});
        }
    }
    std::ranges::stable_sort(places, {}, &Place::block);

    std::vector<char> matches(window.size()); // not bool: threads write neighbours
    std::deque<std::future<event::Status>> underWay;
    event::Status status;
    const auto finishOne = [&] {
        event::Status finished = underWay.front().get();
        underWay.pop_front();
        if (status) {
            status = std::move(finished);
        }
    };
    const auto start = [&](std::span<BlockReader::Packed> blocks, std::span<const Place> candidates) {
        auto task = std::make_shared<std::packaged_task<event::Status()>>(
            [this, &matches, window,
                work = Task{{std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end())},
                    candidates}] { return judge(work, window, matches); });
        underWay.push_back(task->get_future());
        m_pool.start([task] {
            event::giveWay(event::Courtesy::Reading);
            (*task)();
        });
        if (underWay.size() > static_cast<std::size_t>(m_pool.maxThreadCount()) * tasksAThread) {
            finishOne();
        }
    };
    for (auto place = places.cbegin(); place != places.cend() && status;) {
        std::vector<std::size_t> indexes;
        for (auto it = place; it != places.cend() && (indexes.size() < blocksAQuery || it->block == indexes.back());
             ++it) {
            if (indexes.empty() || indexes.back() != it->block) {
                indexes.push_back(it->block);
            }
        }
        auto blocks = m_stop.stop_requested() ? cancelled() : m_blocks.packed(indexes);
        if (!blocks) {
            status = tl::unexpected(blocks.error());
            break;
        }
        for (std::size_t first = 0; first < blocks->size() && status; first += blocksATask) {
            const std::size_t count = std::min(blocksATask, blocks->size() - first);
            const auto end = std::ranges::find_if(
                place, places.cend(), [last = indexes[first + count - 1]](std::size_t block) { return block > last; },
                &Place::block);
            start(std::span(*blocks).subspan(first, count), std::span(place, end));
            place = end;
        }
    }
    while (!underWay.empty()) {
        finishOne();
    }
    if (!status) {
        return tl::unexpected(status.error());
    }
    std::vector<Seq> seqs;
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (matches[i]) {
            seqs.push_back(window[i]);
        }
    }
    return seqs;
}

event::Status BytesFilter::judge(const Task &task, std::span<const Seq> window, std::span<char> matches) const
{
    event::EventReader reader;
    Block unpacked;
    auto place = task.places.begin();
    for (const BlockReader::Packed &packed : task.blocks) {
        if (m_stop.stop_requested()) {
            return cancelled();
        }
        if (!packed.cached) {
            if (event::Status status = unpackInto(unpacked, packed.data, packed.extent.first); !status) {
                return status;
            }
        }
        const Block &block = packed.cached ? *packed.cached : unpacked;
        for (const std::size_t index = place->block; place != task.places.end() && place->block == index; ++place) {
            // Thousands of terms take a second for one event of megabytes, and a block has hundreds.
            if (m_stop.stop_requested()) {
                return cancelled();
            }
            const std::string_view bytes = block.find(window[place->at]);
            matches[place->at] = bytes.data() && isMatch(bytes, reader) ? 1 : 0;
        }
    }
    return {};
}

bool BytesFilter::isMatch(std::string_view bytes, event::EventReader &reader) const
{
    // What is asked without reading the event comes first.
    return m_required.mayMatch(bytes) && (m_words.areEmpty() || m_words.areIn(bytes))
        && (!m_matcher || m_matcher->matches(reader.read(std::string(bytes))));
}

} // namespace octotrail::store
