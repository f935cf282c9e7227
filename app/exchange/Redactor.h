// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "exchange/Redaction.h"
#include "exchange/TextMemo.h"
#include "exchange/TextReplacer.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace octotrail::event {
class JsonCursor;
}

namespace octotrail::exchange {

/// Pseudonymises chosen fields of events, and what they say wherever it stands elsewhere: in messages, in JSON that is
/// a string, in addresses with %40. So all events are learnt before the first is written. For one thread.
///
/// Texts below a chosen path become pseudonyms, numbers and truth values null; "unknown", which is what Okta writes for
/// nobody, and types stay. What the fields said is replaced in all other texts, but not in what makes the event one:
/// uuid, published, eventType, severity, version, outcome.result and types, where these are plain words. Of
/// debugContext, only addresses and IDs are looked for elsewhere: "LOW" is everywhere.
class Redactor
{
public:
    explicit Redactor(const Redaction &redaction);
    Redactor(const Redactor &) = delete; // what it replaces by comes of its own key
    Redactor &operator=(const Redactor &) = delete;

    void learn(std::string_view event);
    /// The event without what is redacted, as compact JSON; nullopt if it is no JSON and so cannot be looked through.
    std::optional<std::string> redacted(std::string_view event) const;
    /// A text that is not the event's own, such as a note or the name of the source.
    std::string redactedText(std::string_view text) const;
    std::string redactedSource(std::string_view name) const;

private:
    /// The chosen paths, name by name, in lower case.
    struct Chosen
    {
        std::map<std::string, Chosen, std::less<>> below;
        bool isEnd = false;
    };
    /// Where in an event one is.
    struct Place
    {
        const Chosen *chosen = nullptr; ///< what may still be chosen below; none
        bool isChosen = false;
        bool isDebug = false;
        bool isStructure = false;
        bool isOutcome = false;
        int quotation = 0; ///< how often it is JSON in a string
    };
    Place step(const Place &place, std::string_view key, int depth) const;
    void learnFrom(const event::JsonNode &node, const Place &place, int depth);
    void redact(event::JsonNode &node, const Place &place, int depth) const;
    void learnText(std::string_view said, const Place &place);
    std::string redactedLeaf(const std::string &text, const Place &place) const;

    // The quick way. false: only the tree can tell.
    bool learnTokens(event::JsonCursor &json, const Place &place, int depth, int nesting);
    bool learnToken(std::string_view token, bool isPlain, const Place &place);
    bool redactTokens(event::JsonCursor &json, const Place &place, int depth, int nesting, std::string &out) const;
    bool redactToken(std::string_view token, bool isPlain, const Place &place, std::string &out) const;
    bool redactKey(event::JsonCursor &json, std::string_view key, std::string &out) const;
    static bool isPlainWord(std::string_view text);
    static bool isPlainName(std::string_view key);

    Place top() const
    {
        Place place;
        place.chosen = &m_chosen;
        return place;
    }

    mutable Pseudonyms m_pseudonyms;
    Chosen m_chosen;
    bool m_redactsSource = false;
    TextReplacer m_replacer;
    TextMemo m_heard, m_heardInDebug, m_heardQuoted; ///< tokens that were learnt
    mutable TextMemo m_madeOfChosen, m_madeOfOthers; ///< tokens and what they became
    mutable std::string m_quick;
};

} // namespace octotrail::exchange
