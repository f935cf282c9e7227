// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <memory>
#include <string_view>

namespace octotrail::exchange {

/// Takes a text apart into records: JSON objects, told by its beginning, or the rows of the Admin Console's CSV, from
/// which events are rebuilt. For one thread.
class Cutter
{
public:
    struct Sink
    {
        std::function<void(std::string_view bytes, qint64 line)> record;
        std::function<void(qint64 line, const QString &sentence)> problem;
        std::function<void()> cutOff; ///< the text ended too early; told before the problem
    };

    /// As much of a text as is needed to tell what it is, unless it ends before.
    static constexpr std::size_t headSize = 64'000;
    /// Whether this beginning of a text says enough already.
    static bool isEnough(std::string_view head);

    /// The head is only looked at: it is to be fed as well.
    static std::unique_ptr<Cutter> create(std::string_view head, Sink sink);
    virtual ~Cutter();

    /// For people: "NDJSON".
    virtual QString format() const = 0;
    virtual bool isRebuilding() const { return false; }
    virtual void feed(std::string_view text) = 0;
    /// The text has ended.
    virtual void finish() = 0;
};

} // namespace octotrail::exchange
