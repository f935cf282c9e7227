// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Unwrapping.h"

#include "event/Json.h"
#include "event/Text.h"
#include "exchange/PantherMembers.h"
#include "exchange/Rebuilding.h"

#include <array>
#include <optional>

namespace octotrail::exchange {

namespace {

using event::FieldPath;
using event::JsonKind;

/// Wrappers inside wrappers: a hit with a source with a message with an event.
constexpr int deepest = 5;

struct Place
{
    FieldPath path;
    Wrapper wrapper;
};

/// Where an event stands as a text, with the names that only their tool uses first.
const std::vector<Place> &textPlaces()
{
    static const std::vector<Place> places{{FieldPath("_raw"), Wrapper::Splunk},
        {FieldPath("event.original"), Wrapper::Elastic},
        {FieldPath(std::vector<std::string>{"event.original"}), Wrapper::Elastic},
        {FieldPath(std::vector<std::string>{"fields", "event.original"}), Wrapper::Elastic},
        {FieldPath("message"), Wrapper::Elastic}, {FieldPath("event"), Wrapper::Other}};
    return places;
}

/// Where objects stand that are events or hold one.
const std::vector<Place> &objectPlaces()
{
    static const std::vector<Place> places{{FieldPath("hits.hits"), Wrapper::Elastic},
        {FieldPath("_source"), Wrapper::Elastic}, {FieldPath("event.original"), Wrapper::Elastic},
        {FieldPath("json"), Wrapper::Elastic}, {FieldPath("result"), Wrapper::Splunk},
        {FieldPath("results"), Wrapper::Splunk}, {FieldPath("data.events"), Wrapper::Hook},
        {FieldPath("detail"), Wrapper::EventBridge}, {FieldPath("event"), Wrapper::Other},
        {FieldPath("events"), Wrapper::Other}, {FieldPath("records"), Wrapper::Other},
        {FieldPath("Records"), Wrapper::Other}, {FieldPath("data"), Wrapper::Other}};
    return places;
}

bool isObject(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

bool hasText(std::string_view json, const FieldPath &path)
{
    bool has = false;
    event::visitValues(json, path, [&](std::string_view, JsonKind kind) {
        has = kind == JsonKind::String;
        return false;
    });
    return has;
}

bool isOktaEvent(std::string_view json)
{
    static const FieldPath type("eventType");
    static const FieldPath time("published");
    return hasText(json, type) && hasText(json, time);
}

class Search
{
public:
    /// Whether there was an event in it.
    bool look(std::string_view json, int depth)
    {
        if (depth > deepest) {
            return false;
        }
        // The original comes before what somebody made of it, which may have the same names.
        if (lookAtTexts(json, depth)) {
            return true;
        }
        if (isOktaEvent(json)) {
            return add(json);
        }
        if (lookAtObjects(json, depth)) {
            return true;
        }
        if (auto event = rebuildFromElastic(json)) {
            m_found.isRebuilt = true;
            note(Wrapper::Elastic);
            m_found.events.push_back(std::move(*event));
            return true;
        }
        return false;
    }

    Unwrapped found() && { return std::move(m_found); }

private:
    bool add(std::string_view json)
    {
        if (m_found.events.size() >= mostEventsOfRecord) {
            m_found.isBounded = true;
            return true;
        }
        std::string event = withoutPantherMembers(json);
        if (event.size() != json.size()) {
            note(Wrapper::Panther);
        }
        m_found.events.push_back(std::move(event));
        return true;
    }

    bool lookAtTexts(std::string_view json, int depth)
    {
        for (const Place &place : textPlaces()) {
            std::optional<std::string> text;
            event::visitValues(json, place.path, [&](std::string_view value, JsonKind kind) {
                if (kind == JsonKind::String && isObject(value)) {
                    text = value;
                }
                return !text;
            });
            if (text && look(*text, depth + 1)) {
                note(place.wrapper);
                return true;
            }
        }
        return false;
    }

    bool lookAtObjects(std::string_view json, int depth)
    {
        for (const Place &place : objectPlaces()) {
            std::vector<std::string> objects;
            event::visitObjects(json, place.path, [&](std::string_view object) {
                objects.emplace_back(object);
                m_found.isBounded = m_found.isBounded || objects.size() > mostEventsOfRecord;
                return objects.size() <= mostEventsOfRecord;
            });
            bool any = false;
            for (const std::string &object : objects) {
                any = look(object, depth + 1) || any;
            }
            if (any) {
                note(place.wrapper);
                return true;
            }
        }
        return false;
    }

    /// The outermost that has a name counts.
    void note(Wrapper wrapper)
    {
        if (wrapper != Wrapper::Other || m_found.wrapper == Wrapper::None) {
            m_found.wrapper = wrapper;
        }
    }

    Unwrapped m_found;
};

} // namespace

std::string_view wrapperName(Wrapper wrapper)
{
    static constexpr std::array<std::string_view, 7> names{
        "", "Panther", "Elastic", "Splunk", "Okta event hooks", "Amazon EventBridge", "another tool"};
    return names[static_cast<std::size_t>(wrapper)];
}

bool looksWrapped(std::string_view json)
{
    // Okta's own names have few underscores.
    for (auto at = json.find('_'); at != std::string_view::npos; at = json.find('_', at + 1)) {
        const std::string_view before = json.substr(0, at);
        const std::string_view after = json.substr(at + 1);
        if ((before.ends_with("\"p") && (after.starts_with("log_type\"") || after.starts_with("event_time\"")))
            || (before.ends_with('"') && after.starts_with("raw\""))) {
            return true;
        }
    }
    return false;
}

Unwrapped unwrap(std::string_view json)
{
    // What is no UTF-8 would come out with other bytes.
    if (event::toValidUtf8(json) != json) {
        return {};
    }
    Search search;
    search.look(json, 0);
    return std::move(search).found();
}

} // namespace octotrail::exchange
