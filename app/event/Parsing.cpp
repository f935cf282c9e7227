// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Parsing.h"

#include "event/Text.h"

#include <memory>
#include <vector>

namespace octotrail::event::parsing {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::optional<JsonKind> appendText(ondemand::value value, std::string &out)
{
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    switch (type) {
    case ondemand::json_type::string: {
        const std::string_view raw = value.raw_json_token();
        std::string_view text;
        if (value.get_string().get(text) == simdjson::SUCCESS) {
            out.append(text);
        } else if (const std::string_view token = trimmed(raw); token.size() >= 2) {
            // A broken escape such as a lone surrogate: shown as it was written.
            out.append(token.substr(1, token.size() - 2));
        }
        return JsonKind::String;
    }
    case ondemand::json_type::number:
        out.append(trimmed(value.raw_json_token()));
        return JsonKind::Number;
    case ondemand::json_type::boolean: {
        bool truth = false;
        if (value.get_bool().get(truth) != simdjson::SUCCESS) {
            return std::nullopt;
        }
        out.append(truth ? "true" : "false");
        return JsonKind::Boolean;
    }
    case ondemand::json_type::array:
    case ondemand::json_type::object: {
        std::string_view json;
        ondemand::array array;
        ondemand::object object;
        if (type == ondemand::json_type::array) {
            if (value.get_array().get(array) != simdjson::SUCCESS || array.raw_json().get(json) != simdjson::SUCCESS) {
                return std::nullopt;
            }
        } else if (value.get_object().get(object) != simdjson::SUCCESS
            || object.raw_json().get(json) != simdjson::SUCCESS) {
            return std::nullopt;
        }
        json = trimmed(json);
        if (json.size() < 2 || trimmed(json.substr(1, json.size() - 2)).empty()) {
            return std::nullopt;
        }
        out.append(json);
        return JsonKind::Object;
    }
    case ondemand::json_type::null:
        return std::nullopt;
    }
    return std::nullopt;
}

struct Lease::Slot
{
    ondemand::parser parser;
    std::string padded;
    ondemand::document document;
};

std::vector<std::unique_ptr<Lease::Slot>> &Lease::slots()
{
    thread_local std::vector<std::unique_ptr<Slot>> slots;
    return slots;
}

std::size_t &Lease::depth()
{
    thread_local std::size_t depth = 0;
    return depth;
}

Lease::Lease(std::string_view json)
{
    if (depth() == slots().size()) {
        slots().push_back(std::make_unique<Slot>());
    }
    m_slot = slots()[depth()++].get();
    m_slot->padded.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    m_slot->padded.assign(json);
}

Lease::~Lease()
{
    --depth();
    constexpr std::size_t keep = 1 << 20;
    if (m_slot->padded.capacity() > keep) {
        m_slot->padded = {};
    }
}

simdjson::simdjson_result<ondemand::value> Lease::root()
{
    auto view = [this] {
        return simdjson::padded_string_view(m_slot->padded.data(), m_slot->padded.size(), m_slot->padded.capacity());
    };
    auto error = m_slot->parser.iterate(view()).get(m_slot->document);
    if (error == simdjson::UTF8_ERROR) {
        std::string repaired = toValidUtf8(m_slot->padded);
        m_slot->padded.reserve(repaired.size() + simdjson::SIMDJSON_PADDING);
        m_slot->padded.assign(repaired);
        error = m_slot->parser.iterate(view()).get(m_slot->document);
    }
    if (error != simdjson::SUCCESS) {
        return error;
    }
    return m_slot->document.get_value();
}

} // namespace octotrail::event::parsing
