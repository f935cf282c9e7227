// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Redactor.h"

#include "event/JsonCursor.h"
#include "event/Text.h"

#include <QByteArray>
#include <QString>
#include <algorithm>
#include <array>
#include <cctype>

namespace octotrail::exchange {

using event::JsonNode;

namespace {

/// A string in JSON in a string ... No log goes further, and a hostile one shall not.
constexpr int deepestQuotation = 8;
constexpr int mostDecodings = 4;
constexpr std::string_view nobody = "unknown";

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](unsigned char c) { return std::isspace(c) != 0; };
    while (!text.empty() && isBlank(static_cast<unsigned char>(text.front()))) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(static_cast<unsigned char>(text.back()))) {
        text.remove_suffix(1);
    }
    return text;
}

bool isLetterOfName(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

bool Redactor::isPlainWord(std::string_view text)
{
    constexpr std::size_t longest = 100;
    return text.size() <= longest && std::ranges::all_of(text, [](unsigned char c) {
        return isLetterOfName(c) || c == '.' || c == ':' || c == '-';
    });
}

bool Redactor::isPlainName(std::string_view key)
{
    return std::ranges::all_of(key, isLetterOfName);
}

namespace {

/// Whether that is the name, which is ASCII in lower case.
bool isCalled(std::string_view key, std::string_view name)
{
    return std::ranges::equal(key, name, {}, [](unsigned char c) { return std::tolower(c); });
}

bool isNobody(std::string_view text)
{
    return text.empty() || isCalled(text, nobody);
}

/// Whether a word of a longer text says who or where by itself.
bool isTelling(std::string_view word)
{
    const auto at = word.find('@');
    return at != std::string_view::npos ? at > 0 && at + 1 < word.size() : isAddress(word) || isOktaId(word);
}

template <class F>
void forEachTellingWord(std::string_view text, F take)
{
    const auto belongs = [](unsigned char c) {
        return std::isalnum(c) != 0 || c >= 0x80
            || std::string_view("._%+@:-").find(static_cast<char>(c)) != std::string_view::npos;
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && belongs(static_cast<unsigned char>(text[end]))) {
            ++end;
        }
        std::string_view word = text.substr(at, end - at);
        while (!word.empty() && std::string_view(".:-").find(word.back()) != std::string_view::npos) {
            word.remove_suffix(1);
        }
        if (isTelling(word)) {
            take(word);
        }
        at = std::max(end, at + 1);
    }
}

std::string percentDecoded(const std::string &text)
{
    return text.find('%') == std::string::npos
        ? text
        : QByteArray::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
}

std::string withBlanks(std::string text)
{
    std::ranges::replace(text, '+', ' ');
    return text;
}

/// What a cut off piece of JSON says, without its escapes.
std::string unescaped(const std::string &text)
{
    std::string result;
    char32_t high = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            result += text[i];
            continue;
        }
        constexpr std::size_t digits = 4;
        if (text[i + 1] == 'u' && i + 1 + digits < text.size()) {
            bool ok = false;
            const char32_t unit = QByteArray::fromRawData(text.data() + i + 2, digits).toUInt(&ok, 16);
            if (ok) {
                i += 1 + digits;
                if (QChar::isHighSurrogate(unit)) {
                    high = unit;
                } else if (QChar::isLowSurrogate(unit)) {
                    if (high != 0) {
                        event::appendCodePoint(
                            result, QChar::surrogateToUcs4(static_cast<char16_t>(high), static_cast<char16_t>(unit)));
                    }
                    high = 0;
                } else {
                    event::appendCodePoint(result, unit);
                }
                continue;
            }
        }
        result += text[++i];
    }
    return result;
}

void write(std::string &json, const JsonNode &node)
{
    const char open = node.kind == JsonNode::Kind::Object ? '{' : '[';
    switch (node.kind) {
    case JsonNode::Kind::Null:
        json += "null";
        return;
    case JsonNode::Kind::String:
        json += event::quoteJson(node.text);
        return;
    case JsonNode::Kind::Number:
    case JsonNode::Kind::Boolean:
        json += node.text;
        return;
    case JsonNode::Kind::Object:
    case JsonNode::Kind::Array:
        break;
    }
    json += open;
    for (const JsonNode &child : node.children) {
        if (&child != &node.children.front()) {
            json += ',';
        }
        if (node.kind == JsonNode::Kind::Object) {
            json += event::quoteJson(child.key);
            json += ':';
        }
        write(json, child);
    }
    json += open == '{' ? '}' : ']';
}

std::string written(const JsonNode &node)
{
    std::string json;
    write(json, node);
    return json;
}

/// What readTree() left as text because it lies too deep.
bool isUnread(const JsonNode &node)
{
    return (node.kind == JsonNode::Kind::Object || node.kind == JsonNode::Kind::Array) && node.children.empty()
        && !node.text.empty();
}

bool readOn(JsonNode &node)
{
    auto rest = event::readTree(node.text);
    if (!rest) {
        return false;
    }
    rest->key = node.key;
    node = std::move(*rest);
    return true;
}

std::optional<JsonNode> quotedJson(std::string_view text, int depth)
{
    const std::string_view start = trimmed(text);
    if (depth >= deepestQuotation || start.empty() || (start.front() != '{' && start.front() != '[')) {
        return std::nullopt;
    }
    auto tree = event::readTree(start);
    return tree ? std::optional(std::move(*tree)) : std::nullopt;
}

} // namespace

Redactor::Redactor(const Redaction &redaction)
    : m_pseudonyms(redaction.key)
    , m_replacer([this](std::string_view value) { return m_pseudonyms.of(trimmed(value)); })
{
    for (const std::string &field : redaction.fields) {
        if (field == "source") {
            m_redactsSource = true;
            continue;
        }
        Chosen *at = &m_chosen;
        const event::FieldPath path(field);
        for (const std::string &segment : path.segments()) {
            at = &at->below[event::foldCase(segment)];
        }
        at->isEnd = true;
    }
}

Redactor::Place Redactor::step(const Place &place, std::string_view key, int depth) const
{
    Place next = place;
    if (depth > 0 && !place.chosen) {
        // Most of an event lies below what is not chosen.
        next.isStructure = isCalled(key, "type") || (place.isOutcome && isCalled(key, "result"));
        next.isOutcome = false;
        return next;
    }
    const std::string folded = event::foldCase(key);
    if (place.chosen) {
        const auto found = place.chosen->below.find(folded);
        next.chosen = found == place.chosen->below.end() ? nullptr : &found->second;
        next.isChosen = place.isChosen || (next.chosen && next.chosen->isEnd);
    }
    if (depth == 0) {
        constexpr std::array<std::string_view, 5> structure{"uuid", "published", "eventtype", "severity", "version"};
        next.isStructure = std::ranges::find(structure, folded) != structure.end();
        next.isDebug = folded == "debugcontext";
        next.isOutcome = folded == "outcome";
    } else {
        next.isStructure = folded == "type" || (place.isOutcome && folded == "result");
        next.isOutcome = false;
    }
    return next;
}

void Redactor::learnFrom(const JsonNode &node, const Place &place, int depth)
{
    if (isUnread(node)) {
        JsonNode rest = node;
        if (readOn(rest)) {
            learnFrom(rest, place, depth);
        }
        return;
    }
    for (const JsonNode &child : node.children) {
        const bool isMember = node.kind == JsonNode::Kind::Object;
        learnFrom(child, isMember ? step(place, child.key, depth) : place, isMember ? depth + 1 : depth);
    }
    if (node.kind == JsonNode::Kind::String && !place.isStructure) {
        learnText(node.text, place);
    }
}

void Redactor::learnText(std::string_view said, const Place &place)
{
    const std::string_view text = trimmed(said);
    if (place.isChosen && !isNobody(text)) {
        if (place.isDebug) {
            forEachTellingWord(text, [this](std::string_view word) { m_replacer.add(word); });
        } else {
            m_replacer.add(text);
        }
    } else if (const auto quoted = quotedJson(said, place.quotation)) {
        Place inside = top();
        inside.quotation = place.quotation + 1;
        learnFrom(*quoted, inside, 0);
    }
}

void Redactor::learn(std::string_view event)
{
    m_madeOfOthers.clear();
    event::JsonCursor json(event);
    if (learnTokens(json, top(), 0, 0) && json.next() == 0) {
        return;
    }
    if (const auto tree = event::readTree(event)) {
        learnFrom(*tree, top(), 0);
    }
}

std::string Redactor::redactedLeaf(const std::string &text, const Place &place) const
{
    const std::string_view value = trimmed(text);
    if (place.isStructure && isPlainWord(value)) {
        return text;
    }
    if (place.isChosen) {
        return isNobody(value) ? text : m_pseudonyms.of(value);
    }
    if (auto quoted = quotedJson(text, place.quotation)) {
        const std::string before = written(*quoted);
        Place inside = top();
        inside.quotation = place.quotation + 1;
        redact(*quoted, inside, 0);
        const std::string after = written(*quoted);
        return before == after ? text : after;
    }
    return redactedText(text);
}

std::string Redactor::redactedText(std::string_view given) const
{
    std::string text = m_replacer.replaced(given);
    // What stands there in another spelling is written plainly, if there is something to be replaced in it.
    const auto tryAs = [&](const std::string &plain) {
        if (plain == text) {
            return false;
        }
        std::string replaced = m_replacer.replaced(plain);
        if (replaced == plain) {
            return false;
        }
        text = std::move(replaced);
        return true;
    };
    std::string plain = text;
    for (int i = 0; i < mostDecodings; ++i) {
        std::string decoded = percentDecoded(plain);
        if (tryAs(decoded)) {
            decoded = text;
        }
        if (tryAs(withBlanks(decoded))) {
            decoded = text;
        }
        if (decoded == plain) {
            break;
        }
        plain = std::move(decoded);
    }
    if (text.find('\\') != std::string::npos) {
        tryAs(unescaped(text));
    }
    return text;
}

std::string Redactor::redactedSource(std::string_view name) const
{
    return m_redactsSource ? m_pseudonyms.of(trimmed(name)) : redactedText(name);
}

void Redactor::redact(JsonNode &node, const Place &place, int depth) const
{
    if (isUnread(node) && !readOn(node)) {
        node = {node.key, {}, JsonNode::Kind::Null, {}};
    }
    const bool isObject = node.kind == JsonNode::Kind::Object;
    for (JsonNode &child : node.children) {
        redact(child, isObject ? step(place, child.key, depth) : place, isObject ? depth + 1 : depth);
        if (isObject && !isPlainName(child.key)) {
            child.key = redactedText(child.key);
        }
    }
    switch (node.kind) {
    case JsonNode::Kind::String:
        node.text = redactedLeaf(node.text, place);
        break;
    case JsonNode::Kind::Number:
    case JsonNode::Kind::Boolean:
        if (place.isChosen || (node.kind == JsonNode::Kind::Number && m_replacer.contains(node.text))) {
            node.kind = JsonNode::Kind::Null;
        }
        break;
    default:
        break;
    }
}

std::optional<std::string> Redactor::redacted(std::string_view event) const
{
    event::JsonCursor json(event);
    m_quick.clear();
    if (redactTokens(json, top(), 0, 0, m_quick) && json.next() == 0) {
        return m_quick;
    }
    auto tree = event::readTree(event);
    if (!tree) {
        return std::nullopt;
    }
    redact(*tree, top(), 0);
    return written(*tree);
}

} // namespace octotrail::exchange
