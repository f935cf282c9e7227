// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/OktaCsv.h"

#include "event/Json.h"
#include "event/Text.h"
#include "event/Timestamp.h"
#include "exchange/CsvScanner.h"
#include "exchange/Rebuilding.h"

#include <QByteArray>
#include <QObject>
#include <algorithm>
#include <cmath>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

/// Longer headers are none; nor are those with more columns or deeper ones.
constexpr std::size_t longestHeader = 64'000;
constexpr std::size_t mostColumns = 500;
constexpr std::size_t deepest = 8;

std::vector<std::string> split(std::string_view dotted)
{
    std::vector<std::string> parts;
    while (true) {
        const auto dot = dotted.find('.');
        parts.emplace_back(dotted.substr(0, dot));
        if (dot == std::string_view::npos) {
            return parts;
        }
        dotted.remove_prefix(dot + 1);
    }
}

bool isPlace(std::string_view text)
{
    return !text.empty() && text.size() < 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The column's path in an event, in the API's own spelling; "[0]" is a place in a list.
std::vector<std::string> pathOf(const std::string &name)
{
    if (name == "timestamp") {
        return {"published"};
    }
    std::vector<std::string> parts = split(name);
    for (std::string &part : parts) {
        part = camelCase(part);
    }
    std::string &first = parts.front();
    constexpr std::string_view target = "target";
    if (first.starts_with(target) && isPlace(std::string_view(first).substr(target.size()))) {
        const std::string place = '[' + first.substr(target.size()) + ']';
        first = target;
        parts.insert(parts.begin() + 1, place);
    } else if (parts.size() > 2 && first == "request" && parts[1] == "ipChain") {
        parts.insert(parts.begin() + 2, "[0]");
        // In the API, the state stands beside the coordinates.
        if (parts.size() > 5 && parts.back() == "state") {
            parts.erase(parts.end() - 2);
        }
    } else if (name == "authentication_context.issuer") {
        parts.emplace_back("id");
    }
    return parts;
}

/// The texts of numbers in CSV as JSON has them, or nothing.
bool isJsonNumber(const std::string &text)
{
    bool ok = false;
    const double number = QByteArray::fromStdString(text).toDouble(&ok);
    if (!ok || !std::isfinite(number)) {
        return false;
    }
    const auto tree = event::readTree(text);
    return tree && tree->kind == event::JsonNode::Kind::Number;
}

} // namespace

bool OktaCsv::isHeader(std::string_view textStart)
{
    const auto end = textStart.find('\n');
    const auto first = textStart.find_first_not_of("\xef\xbb\xbf \t\r\n");
    if (end == std::string_view::npos || end > longestHeader || first > end || textStart[first] == '{'
        || textStart[first] == '[') {
        return false;
    }
    bool is = false;
    CsvScanner scanner([&](const CsvScanner::Row &row) { is = is || create(row.cells).has_value(); }, longestHeader);
    scanner.feed(textStart.substr(0, end + 1));
    return is;
}

void OktaCsv::insert(Node &root, const std::string &name, std::size_t column)
{
    const std::vector<std::string> path = pathOf(name);
    if (path.size() > deepest) {
        return;
    }
    Node *node = &root;
    for (const std::string &step : path) {
        const auto found = std::ranges::find(node->children, step, &Node::key);
        if (found != node->children.end()) {
            node = &*found;
        } else {
            node->children.push_back({step, Node::Kind::Text, 0, {}});
            node = &node->children.back();
        }
    }
    const std::string &last = path.back();
    node->column = column;
    if (last == "lat" || last == "lon" || last == "authenticationStep" || last == "asNumber") {
        node->kind = Node::Kind::Number;
    } else if (last == "isProxy") {
        node->kind = Node::Kind::Boolean;
    }
}

std::optional<OktaCsv> OktaCsv::create(const std::vector<std::string> &header)
{
    const auto find
        = [&](const char *name) { return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin()); };
    OktaCsv csv;
    csv.m_columns = header.size();
    csv.m_uuid = find("uuid");
    csv.m_published = find("timestamp");
    if (csv.m_uuid == header.size() || csv.m_published == header.size() || find("event_type") == header.size()
        || header.size() > mostColumns) {
        return std::nullopt;
    }
    for (std::size_t column = 0; column < header.size(); ++column) {
        const std::string &name = header[column];
        const bool isSound = !name.empty() && name.front() != '.' && name.back() != '.'
            && name.find("..") == std::string::npos && name.find('[') == std::string::npos;
        if (isSound) {
            insert(csv.m_root, name, column);
        }
    }
    return csv;
}

/// Whether it has a value, which was appended then.
bool OktaCsv::append(std::string &json, const Node &node, const std::vector<std::string> &cells)
{
    if (node.children.empty()) {
        if (node.column >= cells.size() || cells[node.column].empty()) {
            return false;
        }
        const std::string &cell = cells[node.column];
        const bool isBare = (node.kind == Node::Kind::Number && isJsonNumber(cell))
            || (node.kind == Node::Kind::Boolean && (cell == "true" || cell == "false"));
        json += isBare ? cell : event::quoteJson(event::toValidUtf8(cell));
        return true;
    }
    const bool isList = std::ranges::all_of(node.children, [](const Node &child) { return child.key[0] == '['; });
    const std::size_t start = json.size();
    bool any = false;
    json += isList ? '[' : '{';
    for (const Node &child : node.children) {
        const std::size_t before = json.size();
        json += any ? "," : "";
        if (!isList) {
            json += event::quoteJson(child.key);
            json += ':';
        }
        if (append(json, child, cells)) {
            any = true;
        } else {
            json.resize(before);
        }
    }
    if (!any) {
        json.resize(start);
        return false;
    }
    json += isList ? ']' : '}';
    return true;
}

event::Result<std::string> OktaCsv::event(const std::vector<std::string> &cells) const
{
    // A row that is cut off must not stand for the event.
    if (cells.size() != m_columns) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("This row has %1 cells, but there are %2 columns. It was skipped.")
                .arg(cells.size())
                .arg(m_columns));
    }
    const auto has = [&](std::size_t column) { return column < cells.size() && !cells[column].empty(); };
    if (!has(m_uuid)) {
        return failure(ErrorKind::InvalidInput, QObject::tr("This row has no uuid. It was skipped."));
    }
    if (!has(m_published) || !event::parseTimestamp(cells[m_published])) {
        return failure(ErrorKind::InvalidInput, QObject::tr("This row has no time that can be read. It was skipped."));
    }
    std::string json;
    append(json, m_root, cells);
    json.back() = ',';
    return json + rebuiltMember("CSV of the Admin Console") + '}';
}

} // namespace octotrail::exchange
