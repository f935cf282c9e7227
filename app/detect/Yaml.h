// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Problem.h"

#include <string>
#include <string_view>
#include <vector>

namespace octotrail::detect {

/// A node of a YAML document, a plain value: aliases are copies of what they name.
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Map };

    Kind kind = Kind::Null;
    int line = 0; ///< 1-based
    std::string text; ///< of a scalar
    bool isPlain = false; ///< a scalar without quotes
    std::vector<YamlNode> items; ///< of a sequence; the values of a map
    std::vector<std::string> keys; ///< of a map, one for each item
    std::vector<int> keyLines;

    bool isNull() const { return kind == Kind::Null; }
    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMap() const { return kind == Kind::Map; }

    /// The map's value for the key, or null.
    const YamlNode *find(std::string_view key) const;
    QString string() const { return QString::fromStdString(text); }
    /// A scalar's text, each of a sequence's; nothing of others.
    QStringList strings() const;
};

/// Every document of the text. Bounded in size, depth and nodes (aliases count as often as they are used), so that
/// hostile YAML ends in a problem. Keys that occur twice in a map are one, too.
Checked<std::vector<YamlNode>> readYaml(std::string_view text);

/// The node as JSON, its keys in their order: plain scalars that are numbers, booleans or null as such, other ones as
/// strings.
std::string toJson(const YamlNode &node);

} // namespace octotrail::detect
