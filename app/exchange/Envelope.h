// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace octotrail::exchange {

/// The answers of search engines are one object that holds all events in an array: {"hits":{"hits":[...]}},
/// {"results":[...]}. If the start of a text is that of such an object and does not reach its end: where the array
/// begins, so that its elements can be read one by one, however many there are.
std::optional<std::size_t> envelopeArray(std::string_view textStart);

} // namespace octotrail::exchange
