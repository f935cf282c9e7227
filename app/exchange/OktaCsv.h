// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::exchange {

/// Events from the rows of the CSV file that Okta's Admin Console gives (Reports > System Log > Download CSV). Such a
/// file has a part of each event only, in columns such as actor.alternate_id and target0.type; what comes of it is
/// marked as rebuilt (see Rebuilding.h).
class OktaCsv
{
public:
    /// Whether a text begins with the header of such a file.
    static bool isHeader(std::string_view textStart);
    /// nullopt if these are not its columns.
    static std::optional<OktaCsv> create(const std::vector<std::string> &header);

    /// The event's JSON. InvalidInput for a row that has not a cell for each column, or lacks UUID or time.
    event::Result<std::string> event(const std::vector<std::string> &cells) const;

private:
    /// A member of the event: a column's value, or an object or a list of its children.
    struct Node
    {
        enum class Kind { Text, Number, Boolean };
        std::string key;
        Kind kind = Kind::Text;
        std::size_t column = 0;
        std::vector<Node> children;
    };
    static void insert(Node &root, const std::string &name, std::size_t column);
    static bool append(std::string &json, const Node &node, const std::vector<std::string> &cells);

    Node m_root;
    std::size_t m_columns = 0;
    std::size_t m_uuid = 0;
    std::size_t m_published = 0;
};

} // namespace octotrail::exchange
