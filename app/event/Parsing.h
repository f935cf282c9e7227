// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

#include <memory>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

/// What the readers of this library share of simdjson; not for use outside of it.
namespace octotrail::event::parsing {

namespace ondemand = simdjson::ondemand;

/// Trims JSON's white space.
std::string_view trimmed(std::string_view text);

/// The canonical text of a value (see LogEvent), appended to out; nullopt for null and {} and for what cannot be read.
std::optional<JsonKind> appendText(ondemand::value value, std::string &out);

/// A document open for reading. Each lease has a parser and a padded copy of its own, so that a visitor may read
/// another document while one is being read; both are kept by the thread for the next lease.
class Lease
{
public:
    explicit Lease(std::string_view json);
    ~Lease();
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;

    /// The root, if there is one: to be read once.
    simdjson::simdjson_result<ondemand::value> root();

private:
    struct Slot;
    static std::vector<std::unique_ptr<Slot>> &slots();
    static std::size_t &depth();
    Slot *m_slot;
};

} // namespace octotrail::event::parsing
