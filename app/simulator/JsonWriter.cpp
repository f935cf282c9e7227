// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/JsonWriter.h"

#include "event/Json.h"

#include <array>
#include <charconv>

namespace octotrail::simulator {

namespace {

bool needsEscapes(std::string_view value)
{
    // A plain loop: this is most of what writing an event costs.
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
            return true;
        }
    }
    return false;
}

} // namespace

void JsonWriter::separate()
{
    if (!m_first) {
        m_out += ',';
    }
    m_first = false;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_out += '{';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_out += '}';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_out += '[';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_out += ']';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    separate();
    m_out += '"';
    m_out += name;
    m_out += "\":";
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::text(std::string_view value)
{
    separate();
    if (needsEscapes(value)) {
        m_out += event::quoteJson(value);
    } else {
        m_out += '"';
        m_out += value;
        m_out += '"';
    }
    return *this;
}

JsonWriter &JsonWriter::textOrNull(std::string_view value)
{
    return value.empty() ? null() : text(value);
}

JsonWriter &JsonWriter::number(double value)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

JsonWriter &JsonWriter::integer(long long value)
{
    return raw(std::to_string(value));
}

JsonWriter &JsonWriter::boolean(bool value)
{
    return raw(value ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    separate();
    m_out += json;
    return *this;
}

} // namespace octotrail::simulator
