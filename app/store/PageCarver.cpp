// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PageCarver.h"

#include "store/FileChecksum.h"

#include <string>
#include <vector>

namespace octotrail::store {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view packedStart = "\x28\xb5\x2f\xfd"sv; // of every zstd frame

/// The values of a page of uncompressed texts, in their order; none if it is another kind of page.
std::vector<std::string_view> valuesOf(std::string_view page)
{
    constexpr std::size_t number = sizeof(std::uint32_t);
    constexpr std::size_t headerSize = 2 * number;
    if (page.size() < headerSize) {
        return {};
    }
    const std::uint32_t size = littleEndian32(page);
    const std::uint32_t end = littleEndian32(page.substr(number));
    if (size == 0 || end > page.size() || size > end) {
        return {};
    }
    std::vector<std::string_view> values;
    std::uint32_t before = 0;
    for (std::size_t at = headerSize; before < size; at += number) {
        if (at + number > end - size) {
            return {}; // the lengths would run into the values
        }
        const std::uint32_t offset = littleEndian32(page.substr(at));
        if (offset < before || offset > size || offset - before > partSize) {
            return {};
        }
        values.push_back(page.substr(end - offset, offset - before));
        before = offset;
    }
    return values;
}

} // namespace

event::Result<std::int64_t> carveBlocks(FilePages &pages, const std::function<event::Status(const Block &)> &visit,
    const std::function<void(qint64 page, qint64 pages)> &progress, const std::stop_token &stop)
{
    std::int64_t unreadable = 0;
    std::string packed;
    const auto finish = [&]() -> event::Status {
        if (packed.empty()) {
            return {};
        }
        const auto block = unpack(packed, 0);
        packed.clear();
        if (!block) {
            ++unreadable;
            return {};
        }
        return visit(**block);
    };
    const qint64 count = pages.count();
    for (qint64 index = 0; index < count; ++index) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, {});
        }
        progress(index + 1, count);
        const auto page = pages.page(index);
        if (!page) {
            continue;
        }
        for (const std::string_view value : valuesOf({page->constData(), static_cast<std::size_t>(page->size())})) {
            const bool begins = value.starts_with(packedStart);
            // A part that is not full is the last one.
            if (begins || packed.size() % partSize != 0) {
                if (event::Status status = finish(); !status) {
                    return tl::unexpected(status.error());
                }
            }
            if (begins || !packed.empty()) {
                packed.append(value);
            }
        }
    }
    return finish().map([&] { return unreadable; });
}

} // namespace octotrail::store
