// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace octotrail::exchange {

/// Unpacks one format, step by step. For one thread.
class Decoder
{
public:
    struct Step
    {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        std::optional<QString> problem; ///< why it cannot go on; what was produced is good
    };

    static std::unique_ptr<Decoder> gzip();
    static std::unique_ptr<Decoder> zstd();
    /// Deflated bytes without a header, as in zip; complete at their end.
    static std::unique_ptr<Decoder> deflate();
    virtual ~Decoder();

    virtual Step step(std::string_view input, std::span<char> output) = 0;
    /// Whether the input may end here: between two members or frames.
    virtual bool isComplete() const = 0;
};

} // namespace octotrail::exchange
