// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::event {

/// A path into JSON: client.userAgent.os. Arrays on the way are fanned out: target.id names every target's id.
class FieldPath
{
public:
    FieldPath() = default;
    /// Splits at dots; a segment that begins with a quote is a JSON string: a."b.c". An empty segment, or a string that
    /// is none, makes the path invalid (isValid() is false).
    explicit FieldPath(std::string_view dotted);
    /// From segments that may hold dots themselves.
    explicit FieldPath(std::vector<std::string> segments);

    bool isValid() const { return !m_segments.empty(); }
    const std::vector<std::string> &segments() const { return m_segments; }
    /// The segments with dots between them: for paths of plain names.
    std::string toString() const;
    bool operator==(const FieldPath &) const = default;

private:
    std::vector<std::string> m_segments;
};

enum class JsonKind { String, Number, Boolean, Object };

/// Calls visit with the canonical text (see LogEvent) of every value that the path names in this JSON document,
/// until visit returns false. null and {} are no value; of a key that occurs twice the last one counts.
/// Key names are matched exactly. Bytes that are no JSON give no value. Any thread.
void visitValues(std::string_view json, const FieldPath &path,
    const std::function<bool(std::string_view text, JsonKind kind)> &visit);

/// The same for a path whose names may differ in ASCII case: where an object has no member of exactly that name, the
/// last one that differs in case counts. What is left of the path may also be one key with dots in it.
void visitValuesInAnyCase(std::string_view json, const FieldPath &path,
    const std::function<bool(std::string_view text, JsonKind kind)> &visit);

/// Calls visit with the JSON of every object that the path names: the elements of target for target[...].
void visitObjects(
    std::string_view json, const FieldPath &path, const std::function<bool(std::string_view json)> &visit);

/// Calls visit with the canonical text of every scalar value anywhere in the document, until visit returns false.
/// Bytes that are no JSON are visited once, whole. For keyword search.
void visitTexts(std::string_view json, const std::function<bool(std::string_view text)> &visit);

/// Calls visit with every value that some path names, and with its last name: the canonical text of a scalar; of an
/// object no text, its members come besides. What of a key that occurs twice does not count comes as well. False if
/// the document was not read to its end: then paths may name values that did not come.
bool visitMembers(std::string_view json,
    const std::function<void(std::string_view name, std::string_view text, JsonKind kind)> &visit);

/// The elements of a JSON array as views on their bytes, exactly as written. Only brackets and strings are
/// looked at, so one malformed element does not hide its neighbours. Fails if there is no array or it is not closed:
/// a truncated page.
Result<std::vector<std::string_view>> splitArray(std::string_view json);

/// A node of a JSON document for showing it as a tree, bounded in depth and size by the caller's limit.
struct JsonNode
{
    std::string key; ///< member name, or the index in an array
    std::string text; ///< canonical text of a scalar, empty for containers
    enum class Kind { Null, String, Number, Boolean, Object, Array } kind = Kind::Null;
    std::vector<JsonNode> children;
};

/// The document as a tree; deeper than maxDepth, children are left out and text holds their JSON.
Result<JsonNode> readTree(std::string_view json, int maxDepth = 64);

/// The document with two-space indentation, its values unchanged to the byte; the input itself if it is no JSON.
std::string prettyPrint(std::string_view json);

/// Quotes text as a JSON string, with its quotes.
std::string quoteJson(std::string_view text);

} // namespace octotrail::event
