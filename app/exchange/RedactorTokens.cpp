// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The quick way through an event: token by token, with what was made of the same token before. Whatever is out of the
// ordinary is left to the tree.
#include "event/JsonCursor.h"
#include "exchange/Redactor.h"

#include <algorithm>

namespace octotrail::exchange {

using event::JsonCursor;

namespace {

constexpr int deepestNesting = 48;

/// What a token that is not plain says; nothing if that is no text.
std::optional<std::string> decoded(std::string_view token)
{
    auto tree = event::readTree("[\"" + std::string(token) + "\"]");
    return tree && tree->children.size() == 1 ? std::optional(std::move(tree->children.front().text)) : std::nullopt;
}

void appendQuoted(std::string &json, std::string_view token)
{
    json += '"';
    json += token;
    json += '"';
}

/// A text as a token: between quotes, without them.
std::string tokenOf(std::string_view text)
{
    const std::string quoted = event::quoteJson(text);
    return quoted.substr(1, quoted.size() - 2);
}

/// Whether a token may be JSON in a string.
bool mayBeQuoted(std::string_view token)
{
    const auto first = token.find_first_not_of(' ');
    return first != std::string_view::npos && (token[first] == '{' || token[first] == '[' || token[first] == '\\');
}

} // namespace

bool Redactor::learnToken(std::string_view token, bool isPlain, const Place &place)
{
    if (place.isStructure || (!place.isChosen && !mayBeQuoted(token))) {
        return true;
    }
    TextMemo &heard = place.isChosen ? (place.isDebug ? m_heardInDebug : m_heard) : m_heardQuoted;
    if (heard.find(token)) {
        return true;
    }
    const auto text = isPlain ? std::string(token) : decoded(token);
    if (!text) {
        return false;
    }
    learnText(*text, place);
    heard.keep(token, {});
    return true;
}

bool Redactor::learnTokens(JsonCursor &json, const Place &place, int depth, int nesting)
{
    const char first = json.next();
    if (first == '"') {
        const auto token = json.takeString();
        return token && learnToken(*token, json.isPlain(), place);
    }
    if (first != '{' && first != '[') {
        return json.takeWord().has_value();
    }
    const bool isObject = json.take('{');
    const char close = isObject ? '}' : ']';
    if (nesting >= deepestNesting || (!isObject && !json.take('['))) {
        return false;
    }
    if (json.take(close)) {
        return true;
    }
    do {
        if (isObject) {
            const auto key = json.takeString();
            if (!key || !json.isPlain() || !json.take(':')
                || !learnTokens(json, step(place, *key, depth), depth + 1, nesting + 1)) {
                return false;
            }
        } else if (!learnTokens(json, place, depth, nesting + 1)) {
            return false;
        }
    } while (json.take(','));
    return json.take(close);
}

bool Redactor::redactToken(std::string_view token, bool isPlain, const Place &place, std::string &out) const
{
    if (isPlain && place.isStructure && isPlainWord(token)) {
        appendQuoted(out, token);
        return true;
    }
    // Not of structure: what stays there may be a secret elsewhere.
    TextMemo &made = place.isChosen ? m_madeOfChosen : m_madeOfOthers;
    if (const std::string *known = place.isStructure ? nullptr : made.find(token)) {
        appendQuoted(out, *known);
        return true;
    }
    const auto text = isPlain ? std::string(token) : decoded(token);
    if (!text) {
        return false;
    }
    const std::string redacted = tokenOf(redactedLeaf(*text, place));
    if (!place.isStructure) {
        made.keep(token, redacted);
    }
    appendQuoted(out, redacted);
    return true;
}

bool Redactor::redactKey(JsonCursor &json, std::string_view key, std::string &out) const
{
    if (!json.isPlain()) {
        return false;
    }
    if (isPlainName(key)) {
        appendQuoted(out, key);
    } else {
        out += event::quoteJson(redactedText(key));
    }
    out += ':';
    return json.take(':');
}

bool Redactor::redactTokens(JsonCursor &json, const Place &place, int depth, int nesting, std::string &out) const
{
    const char first = json.next();
    if (first == '"') {
        const auto token = json.takeString();
        return token && redactToken(*token, json.isPlain(), place, out);
    }
    if (first != '{' && first != '[') {
        const auto word = json.takeWord();
        if (!word) {
            return false;
        }
        const bool isNumber = *word != "true" && *word != "false" && *word != "null";
        out += place.isChosen || (isNumber && m_replacer.contains(*word)) ? std::string_view("null") : *word;
        return true;
    }
    const bool isObject = json.take('{');
    const char close = isObject ? '}' : ']';
    if (nesting >= deepestNesting || (!isObject && !json.take('['))) {
        return false;
    }
    out += first;
    if (json.take(close)) {
        out += close;
        return true;
    }
    do {
        if (isObject) {
            const auto key = json.takeString();
            if (!key || !redactKey(json, *key, out)
                || !redactTokens(json, step(place, *key, depth), depth + 1, nesting + 1, out)) {
                return false;
            }
        } else if (!redactTokens(json, place, depth, nesting + 1, out)) {
            return false;
        }
        out += ',';
    } while (json.take(','));
    out.back() = close;
    return json.take(close);
}

} // namespace octotrail::exchange
