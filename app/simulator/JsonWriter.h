// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace octotrail::simulator {

/// Writes JSON in the order in which it is told to, without spaces: Okta's own form.
class JsonWriter
{
public:
    JsonWriter() { m_out.reserve(3072); }

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    /// Names are the program's own and hold nothing to be escaped.
    JsonWriter &key(std::string_view name);
    JsonWriter &text(std::string_view value);
    /// null if empty: how Okta writes what it does not know.
    JsonWriter &textOrNull(std::string_view value);
    JsonWriter &number(double value);
    JsonWriter &integer(long long value);
    JsonWriter &boolean(bool value);
    JsonWriter &null();
    /// JSON that is ready to be put in place.
    JsonWriter &raw(std::string_view json);

    JsonWriter &member(std::string_view name, std::string_view value) { return key(name).textOrNull(value); }

    std::string take() { return std::move(m_out); }

private:
    void separate();

    std::string m_out;
    bool m_first = true; ///< nothing stands yet in the container, or a key stands before
};

} // namespace octotrail::simulator
