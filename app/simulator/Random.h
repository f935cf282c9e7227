// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace octotrail::simulator {

/// Random numbers that are the same on every machine for a seed, which std's distributions do not promise.
/// The generator is SplitMix64: small, and good enough to invent people with.
class Random
{
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

    std::uint64_t next();
    /// In [0, 1).
    double unit();
    /// In [0, bound); 0 if bound is not positive.
    int below(int bound);
    /// In [from, to].
    int between(int from, int to) { return from + below(to - from + 1); }
    bool chance(double share) { return unit() < share; }

    template <class T>
    const T &pick(std::span<const T> choices)
    {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }
    template <class Container>
    const auto &pickFrom(const Container &choices)
    {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }

    std::string text(std::size_t length, std::string_view alphabet);
    std::string hex(std::size_t length);
    /// Digits and letters of both cases.
    std::string alphanumeric(std::size_t length);
    /// As Okta's ids look: a prefix for the kind (00u, 0oa, guo), twenty characters in all.
    std::string id(std::string_view prefix);
    std::string uuid();

private:
    std::uint64_t m_state;
};

} // namespace octotrail::simulator
