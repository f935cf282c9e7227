// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace octotrail::event {

/// Lower case, code point by code point (Unicode's simple mapping, as DuckDB's lower() does it), so that texts that
/// differ only in case become equal. Any thread.
std::string foldCase(std::string_view utf8);

/// The text with every byte sequence that is no UTF-8 replaced by U+FFFD.
std::string toValidUtf8(std::string_view bytes);

/// Appends a code point as UTF-8; it is no surrogate.
void appendCodePoint(std::string &utf8, char32_t codePoint);

} // namespace octotrail::event
